import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { createInteractionLog, createJudgedTasks, type Dataset } from '@rppkit/datasets';
import { createRandomStream, InvalidArgumentError, type TextMessage } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { behaviours } from './answering/behaviour.ts';
import { createKnowledge, type Knowledge } from './knowledge/knowledge.ts';
import { SimulatedChatModel } from './simulated-chat-model.ts';
import { createSimulatedTextModel } from './simulated-text-model.ts';
import { createWorld } from './worlds/world.ts';

interface PromptParts {
  readonly role?: string;
  readonly history: readonly string[];
  readonly candidates: readonly string[];
  readonly reasoning?: string;
  readonly format?: string;
}

function compose({
  role,
  history,
  candidates,
  reasoning = 'Order the candidates.',
  format = 'List all titles.',
}: PromptParts): TextMessage[] {
  const text = [
    [
      'These are the movies I watched most recently, the oldest first:',
      ...history.map((title, index) => `${index + 1}. ${title}`),
    ].join('\n'),
    [
      'These are candidate movies for what I watch next:',
      ...candidates.map((title, index) => `[${index + 1}] ${title}`),
    ].join('\n'),
    reasoning,
    format,
  ].join('\n\n');
  return [...(role === undefined ? [] : [{ role: 'system' as const, text: role }]), { role: 'user', text }];
}

/** Ten dramas and ten comedies, half of each famous; the letter tells the genre. */
const titles = Array.from(
  { length: 20 },
  (_, index) => `${index < 10 ? 'Drama' : 'Comedy'} ${String.fromCharCode(65 + (index % 10))}`,
);
const isFamous = (title: string): boolean => title.charCodeAt(title.length - 1) % 2 === 0;
function createDataset(prefix: string): Dataset {
  const items = titles.map((title) => ({
    id: `${prefix}${title}`,
    title,
    attributes: { genres: [title.split(' ')[0]!] },
  }));
  const rows = items.flatMap(({ id, title }, index) =>
    Array.from({ length: isFamous(title) ? 30 + index : 1 }, (_, user) => ({ user: `u${user}`, item: id })),
  );
  return { name: 'tiny', order: 'column', log: createInteractionLog(rows, items) };
}
const knowledge: Knowledge = createKnowledge(createDataset('a'), { users: 'all' });
const model = createSimulatedTextModel({ knowledge });
const ask = async (messages: readonly TextMessage[], sampleIndex = 0, textModel = model): Promise<string> =>
  (await textModel.generate({ messages, sampleIndex, purpose: 'rank' })).text;

const dramas = titles.slice(0, 10);
const comedies = titles.slice(10);
const parts: PromptParts = {
  history: [...dramas.slice(0, 6), ...comedies.slice(0, 2)],
  candidates: [6, 7, 8, 9].flatMap((index) => [dramas[index]!, comedies[index]!]),
};

/** Mean place (1 is best) in the answers of those candidates that `counts`, over 400 draws; what an answer leaves out is skipped. */
async function computeMeanPlace(messages: readonly TextMessage[], counts: (title: string) => boolean): Promise<number> {
  let sum = 0;
  let listed = 0;
  for (let sampleIndex = 0; sampleIndex < 400; sampleIndex++) {
    for (const [, place, title] of (await ask(messages, sampleIndex)).matchAll(/^(\d+)\. (.+)$/gm)) {
      if (!parts.candidates.includes(title!) || !counts(title!)) continue;
      sum += Number(place);
      listed++;
    }
  }
  return sum / listed;
}

describe('simulated model', () => {
  it('answers the same for the same messages and seed, and differently for other seeds', async () => {
    const messages = compose(parts);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, sampleIndex) => ask(messages, sampleIndex)));
    expect(await ask(messages, 3, createSimulatedTextModel({ knowledge }))).toBe(answers[3]);
    expect(new Set(answers).size).toBe(8);
  });

  it('gives one answer whatever the seed at temperature 0', async () => {
    const cold = createSimulatedTextModel({ knowledge, temperature: 0 });
    expect(await ask(compose(parts), 1, cold)).toBe(await ask(compose(parts), 2, cold));
  });

  it('sees only the messages: ids in the data do not matter', async () => {
    const other = createSimulatedTextModel({ knowledge: createKnowledge(createDataset('other-'), { users: 'all' }) });
    for (let sampleIndex = 0; sampleIndex < 20; sampleIndex++) {
      expect(await ask(compose(parts), sampleIndex, other)).toBe(await ask(compose(parts), sampleIndex));
    }
  });

  it('lists the candidates under the titles of the prompt', async () => {
    const lines = (
      await ask(compose({ ...parts, format: 'Be brief: a numbered list of all titles, no other words.' }))
    ).split('\n');
    expect(lines.map((line) => line.replace(/^\d+\. /, '')).toSorted()).toEqual(parts.candidates.toSorted());
    expect(lines[0]).toMatch(/^1\. /);
  });

  it('answers in numbers where asked', async () => {
    const answer = await ask(compose({ ...parts, format: 'Write one line in the form [B] > [C] > [A], briefly.' }));
    expect(answer).toMatch(/^\[\d\]( > \[\d\]){5,7}$/);
  });

  it('has the documented position bias: the mean place by slot of unknown titles follows Plackett-Luce', async () => {
    const candidates = Array.from({ length: 10 }, (_, index) => `Unknown ${index}`);
    const { positionBias, drawNoise } = behaviours.weak;
    const sums = new Float64Array(10);
    let complete = 0;
    const messages = compose({ history: [], candidates });
    for (let sampleIndex = 0; sampleIndex < 4000; sampleIndex++) {
      const places = [...(await ask(messages, sampleIndex)).matchAll(/^(\d+)\. Unknown (\d)$/gm)];
      if (new Set(places.map(([, , slot]) => slot)).size !== 10) continue;
      complete++;
      for (const [, place, slot] of places) sums[Number(slot)]! += Number(place);
    }
    expect(complete).toBeGreaterThan(3600);
    for (let slot = 0; slot < 10; slot++) {
      // P(a before b) = 1 / (1 + exp((score b - score a) / noise)) for every pair.
      let expected = 1;
      for (let other = 0; other < 10; other++) {
        if (other !== slot) expected += 1 / (1 + Math.exp((positionBias * (other - slot)) / 9 / (drawNoise * 0.7)));
      }
      // Standard deviation of a place is below 2.9: four standard errors are below 0.2.
      expect(Math.abs(sums[slot]! / complete - expected)).toBeLessThan(0.2);
    }
    expect(sums[9]! - sums[0]!).toBeGreaterThan(complete);
  });

  it.each([
    'Let the movies I watched most recently count most.',
    'Give what I saw lately more weight than the rest.',
    'My mood is shifting: look at the end of my list above all.',
    'The latest titles tell you where I am going.',
  ])('ranks the genre of the last items higher when told: %s', async (reasoning) => {
    const plain = await computeMeanPlace(compose(parts), (title) => title.startsWith('Comedy'));
    const told = await computeMeanPlace(compose({ ...parts, reasoning }), (title) => title.startsWith('Comedy'));
    expect(told).toBeLessThan(plain - 0.3);
  });

  it.each([
    ['You follow closely which movies are popular with most people.', -1],
    ['You know the hits that everyone talks about.', -1],
    ['You are an expert in film who also knows its lesser-known corners.', 1],
    ['You are a critic with a love of obscure, underrated films.', 1],
  ])('shifts famous titles with the role: %s', async (role, direction) => {
    const plain = await computeMeanPlace(compose(parts), isFamous);
    const shifted = await computeMeanPlace(compose({ ...parts, role }), isFamous);
    expect((shifted - plain) * direction).toBeGreaterThan(0.2);
  });

  it('thinks aloud when told to, but not when told to be brief, and then loses the list more often', async () => {
    const reasoning = 'Think step by step.';
    const count = async (format: string, test: (answer: string) => boolean): Promise<number> => {
      let hits = 0;
      for (let sampleIndex = 0; sampleIndex < 300; sampleIndex++) {
        if (test(await ask(compose({ ...parts, reasoning, format }), sampleIndex))) hits++;
      }
      return hits / 300;
    };
    const brief = 'Be brief: a numbered list with no explanation and no other words.';
    const thinks = (answer: string): boolean => answer.startsWith('Let me think');
    const listless = (answer: string): boolean => !/^1\. /m.test(answer);
    expect(await count('List all titles.', thinks)).toBeGreaterThan(0.35);
    expect(await count(brief, thinks)).toBeLessThan(0.25);
    expect(await count('List all titles.', listless)).toBeLessThan(0.05);
    expect(await count(brief, listless)).toBeGreaterThan(0.07);
  });

  it.each([
    ['ids', (index: number) => `b${index}`],
    ['numbered items', (index: number) => `Item ${index}`],
    ['a title in brackets among them', (index: number) => (index === 6 ? '[REC]' : `Movie ${index}`)],
  ])('ranks titles that look like placeholders: %s', async (_, computeTitle) => {
    const items = Array.from({ length: 9 }, (_, index) => ({ id: `${index}`, title: computeTitle(index) }));
    const log = createInteractionLog(
      items.map(({ id }) => ({ user: 'u', item: id })),
      items,
    );
    const odd = createKnowledge({ name: 'odd', order: 'column', log }, { users: 'all' });
    const listed = items.map(({ title }) => title);
    for (const known of [odd, knowledge]) {
      const answer = await ask(
        compose({ history: listed.slice(0, 4), candidates: listed.slice(4) }),
        0,
        createSimulatedTextModel({ knowledge: known }),
      );
      expect([...answer.matchAll(/^\d+\. (.+)$/gm)].map(([, title]) => title!).toSorted()).toEqual(
        listed.slice(4).toSorted(),
      );
    }
  });

  it('says so where there is nothing to rank', async () => {
    expect(await ask([{ role: 'user', text: 'Hello.' }])).toMatch(/^I am sorry/);
  });

  it('refuses options out of range', async () => {
    expect(() => createSimulatedTextModel({ knowledge, temperature: 3 })).toThrow(InvalidArgumentError);
    expect(() => createSimulatedTextModel({ knowledge, profile: 'huge' as 'weak' })).toThrow("'weak'");
    await expect(ask(compose(parts), -1)).rejects.toThrow('sampleIndex');
  });

  it('stops for an aborted signal', async () => {
    const call = model.generate({
      messages: compose(parts),
      sampleIndex: 0,
      purpose: 'rank',
      signal: AbortSignal.abort(),
    });
    await expect(call).rejects.toMatchObject({ failure: 'aborted' });
  });
});

describe('SimulatedChatModel', () => {
  const chat = new SimulatedChatModel({ knowledge });
  const toMessages = (messages: readonly TextMessage[]): (SystemMessage | HumanMessage)[] =>
    messages.map(({ role, text }) => (role === 'system' ? new SystemMessage(text) : new HumanMessage(text)));

  it('gives the text of the plain text model for the seed of the sample index', async () => {
    const world = createWorld({ preset: 'diverse', users: 20, random: createRandomStream(1) }).dataset;
    const users = Int32Array.from({ length: 20 }, (_, user) => user);
    const worldKnowledge = createKnowledge(world, { users: 'all' });
    const plain = createSimulatedTextModel({ knowledge: worldKnowledge });
    const langChain = new SimulatedChatModel({ knowledge: worldKnowledge });
    for (const { task } of createJudgedTasks(world, { users, target: 'test', random: createRandomStream(2) })) {
      const messages = compose({
        role: 'You are an expert.',
        history: task.history.map(({ item }) => item.title),
        candidates: task.candidates.map(({ title }) => title),
      });
      // As `fromLangChain` derives it.
      const body = messages.map(({ role, text }) => `${role}\n${text}`).join('\n');
      const seed = createRandomStream(body).split(5).bits() >>> 1;
      const { text, usage_metadata: usage } = await langChain.invoke(toMessages(messages), { seed });
      const response = await plain.generate({ messages, sampleIndex: 5, purpose: 'rank' });
      expect(text).toBe(response.text);
      expect(usage).toMatchObject({
        input_tokens: response.usage.inputTokens,
        output_tokens: response.usage.outputTokens,
      });
    }
  });

  it('depends on the call seed, and on its own seed without one', async () => {
    const messages = toMessages(compose(parts));
    const text = async (seed?: number, own = 0): Promise<string> =>
      (await new SimulatedChatModel({ knowledge, seed: own }).invoke(messages, seed === undefined ? {} : { seed }))
        .text;
    expect(await text(7)).toBe(await text(7, 3));
    expect(await text(7)).not.toBe(await text(8));
    expect(await text()).toBe(await text(0));
    expect(await text(undefined, 8)).toBe(await text(8));
  });

  it('reports tokens, the end and what identifies it', async () => {
    const message = await chat.invoke('One two three four five.');
    // "user\nOne two three four five." has 29 characters, 7.25 tokens.
    expect(message.usage_metadata).toMatchObject({
      input_tokens: 8,
      output_tokens: Math.ceil(message.text.length / 4),
    });
    expect(message.response_metadata).toMatchObject({ finish_reason: 'stop' });
    expect(chat._llmType()).toBe('rppkit-simulated');
    const parameters = (temperature: number): unknown =>
      new SimulatedChatModel({ knowledge, temperature })._identifyingParams();
    expect(parameters(0.2)).toEqual({ _type: 'rppkit-simulated', profile: 'weak', temperature: 0.2, seed: 0 });
    expect(parameters(0.2)).not.toEqual(parameters(0.3));
  });

  it('refuses a seed that is no integer', async () => {
    expect(() => new SimulatedChatModel({ knowledge, seed: 0.5 })).toThrow(InvalidArgumentError);
    await expect(chat.invoke('Hello.', { seed: 0.5 })).rejects.toThrow('seed');
  });
});
