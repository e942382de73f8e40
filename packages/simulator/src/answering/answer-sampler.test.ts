import { createInteractionLog } from '@rppkit/datasets';
import { createRandomStream, InvalidArgumentError, type TextMessage } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { type AnswerRequest, createAnswerSampler } from './answer-sampler.ts';
import {
  composeTinyPrompt,
  createTinyDataset,
  type PromptParts,
  readListedTitles,
  tinyKnowledge,
  tinyParts,
  tinyTitles,
} from './tiny-prompts.fixture.ts';

const sampler = createAnswerSampler({ knowledge: tinyKnowledge });
const compose = (parts: Partial<PromptParts> = {}): TextMessage[] => composeTinyPrompt({ ...tinyParts, ...parts });
const ask = (
  messages: readonly TextMessage[],
  seed = 0,
  { model = sampler, ...rest }: Partial<AnswerRequest> & { readonly model?: typeof sampler } = {},
): string => model.sample({ messages, seed, ...rest }).text;
const seeds = Array.from({ length: 40 }, (_, seed) => seed);
const askAll = (messages: readonly TextMessage[]): string[] => seeds.map((seed) => ask(messages, seed));

describe('what an answer depends on', () => {
  it('is the seed, and nothing but the seed from draw to draw', () => {
    expect(askAll(compose())).toEqual(askAll(compose()));
    // Draws of eight titles may coincide, hardly ever more than once or twice.
    expect(new Set(askAll(compose())).size).toBeGreaterThan(25);
  });

  it('is not the seed at temperature 0, of the model or of the request', () => {
    const cold = createAnswerSampler({ knowledge: tinyKnowledge, temperature: 0 });
    expect(new Set(seeds.map((seed) => ask(compose(), seed, { model: cold }))).size).toBe(1);
    expect(ask(compose(), 1, { temperature: 0 })).toBe(ask(compose(), 2, { model: cold }));
    expect(ask(compose(), 1, { model: cold, temperature: 0.7 })).toBe(ask(compose(), 1));
  });

  it('is what was read: a sentence that says nothing changes nothing', () => {
    const said = askAll(compose());
    expect(askAll(compose({ reasoning: 'Order the candidates. The weather is fine in the mountains.' }))).toEqual(said);
    expect(askAll(compose({ role: 'The weather is fine in the mountains.' }))).toEqual(said);
    expect(askAll(compose({ reasoning: 'Let the latest movies decide.' }))).not.toEqual(said);
  });

  it('is not the place where something is said', () => {
    const role = 'You love obscure, underrated films.';
    const reasoning = 'Let the latest movies decide.';
    expect(askAll(compose({ role, reasoning }))).toEqual(askAll(compose({ role: reasoning, reasoning: role })));
  });

  it('is every title of both lists, in its order', () => {
    const said = askAll(compose());
    expect(askAll(compose({ history: tinyParts.history.toReversed() }))).not.toEqual(said);
    expect(askAll(compose({ history: ['Unheard Of', ...tinyParts.history.slice(1)] }))).not.toEqual(said);
    expect(askAll(compose({ candidates: tinyParts.candidates.toReversed() }))).not.toEqual(said);
  });

  it('is no id in the data: the model sees the messages alone', () => {
    const knowledge = createKnowledge(createTinyDataset('other-'), { users: 'all' });
    const other = createAnswerSampler({ knowledge });
    expect(seeds.map((seed) => ask(compose(), seed, { model: other }))).toEqual(askAll(compose()));
  });
});

describe('forms of answers', () => {
  const complete = (titles: readonly string[]): boolean =>
    titles.toSorted().join() === tinyParts.candidates.toSorted().join();

  it('lists the candidates under the titles of the prompt', () => {
    const messages = compose({ format: 'Be brief: a numbered list of all titles, no other words.' });
    const answers = askAll(messages);
    // One in a hundred answers has no list, one in ten a slip in it, and a few have a line in front.
    expect(answers.filter((answer) => answer.startsWith('1. ')).length).toBeGreaterThan(28);
    expect(answers.filter((answer) => complete(readListedTitles(answer, tinyTitles))).length).toBeGreaterThan(25);
  });

  it('answers in numbers where asked', () => {
    const messages = compose({ format: 'Write one line in the form [B] > [C] > [A], briefly.' });
    expect(seeds.filter((seed) => /^\[\d\]( > \[\d\]){5,7}$/m.test(ask(messages, seed))).length).toBeGreaterThan(35);
  });

  it('answers in JSON where asked, now and then in a fence or broken', () => {
    const messages = compose({ format: 'Write a JSON array of strings with all titles, and nothing else.' });
    const answers = Array.from({ length: 300 }, (_, seed) => ask(messages, seed));
    const isJson = (text: string): boolean => {
      try {
        return Array.isArray(JSON.parse(text));
      } catch {
        return false;
      }
    };
    expect(answers.filter(isJson).length).toBeGreaterThan(120);
    expect(answers.some((text) => /^```json\n\[.*\]\n```$/ms.test(text))).toBe(true);
    expect(answers.some((text) => /,\s*\]/.test(text))).toBe(true);
    expect(answers.some((text) => /\['/.test(text))).toBe(true);
  });

  it('thinks in the language of the prompt', () => {
    const text = [
      '我最近看过的电影：',
      ...tinyParts.history.map((title, index) => `${index + 1}. ${title}`),
      '',
      '候选电影：',
      ...tinyParts.candidates.map((title, index) => `[${index + 1}] ${title}`),
      '',
      '请一步一步地推理，然后排序。',
    ].join('\n');
    const answers = askAll([{ role: 'user', text }]);
    expect(answers.filter((answer) => answer.startsWith('让我想一想。')).length).toBeGreaterThan(8);
    expect(answers.every((answer) => !answer.includes('Let me think'))).toBe(true);
  });

  it('says so where there is nothing to rank', () => {
    expect(ask([{ role: 'user', text: 'Hello.' }])).toMatch(/^I am sorry/);
  });

  it.each([
    ['ids', (index: number) => `b${index}`],
    ['numbered items', (index: number) => `Item ${index}`],
    ['a title in brackets among them', (index: number) => (index === 6 ? '[REC]' : `Movie ${index}`)],
  ])('ranks titles that look like placeholders: %s', (_, computeTitle) => {
    const items = Array.from({ length: 9 }, (_, index) => ({ id: `${index}`, title: computeTitle(index) }));
    const log = createInteractionLog(
      items.map(({ id }) => ({ user: 'u', item: id })),
      items,
    );
    const odd = createKnowledge({ name: 'odd', order: 'column', log }, { users: 'all' });
    const listed = items.map(({ title }) => title);
    for (const knowledge of [odd, tinyKnowledge]) {
      const model = createAnswerSampler({ knowledge });
      const messages = compose({ history: listed.slice(0, 4), candidates: listed.slice(4) });
      const answers = seeds.map((seed) => readListedTitles(ask(messages, seed, { model }), listed.slice(4)));
      const whole = answers.filter((titles) => titles.toSorted().join() === listed.slice(4).toSorted().join());
      expect(whole.length).toBeGreaterThan(30);
    }
  });
});

describe('limits', () => {
  const thinking = compose({ reasoning: 'Think step by step, at length.' });

  it('cut an answer, so that thinking aloud costs the list', () => {
    const limited = createAnswerSampler({ knowledge: tinyKnowledge, maxTokens: 60 });
    const answers = seeds.map((seed) => limited.sample({ messages: thinking, seed }));
    const cut = answers.filter(({ text }) => text.startsWith('Let me think'));
    expect(cut.length).toBeGreaterThan(10);
    for (const { text, outputTokens, finishReason } of cut) {
      expect([outputTokens, finishReason]).toEqual([60, 'length']);
      expect(readListedTitles(text, tinyTitles)).toEqual([]);
    }
    const whole = sampler.sample({ messages: thinking, seed: seeds[answers.indexOf(cut[0]!)]! });
    expect(whole.text.startsWith(cut[0]!.text)).toBe(true);
    expect(whole.finishReason).toBe('stop');
  });

  it('of a request come before those of the model', () => {
    const limited = createAnswerSampler({ knowledge: tinyKnowledge, maxTokens: 60 });
    expect(limited.sample({ messages: compose(), seed: 0, maxTokens: 2 }).outputTokens).toBe(2);
  });

  it('are stop sequences too', () => {
    const { text, finishReason } = sampler.sample({ messages: compose(), seed: 0, stop: ['\n2. '] });
    expect(text).toMatch(/1\. [^\n]+$/);
    expect(finishReason).toBe('stop');
  });
});

describe('answers by schema', () => {
  const ranking = (items: object): object => ({ type: 'object', properties: { ranking: { type: 'array', items } } });

  it('hold numbers or titles, and no other words even where thoughts were asked for', () => {
    const messages = compose({ reasoning: 'Think step by step.' });
    const numbers = seeds.map((seed) => ask(messages, seed, { schema: { ...ranking({ type: 'integer' }) } }));
    for (const answer of numbers) expect(answer).toMatch(/^\{"ranking":\[[1-8](,[1-8])*\]\}$/);
    const titles = JSON.parse(ask(messages, 0, { schema: { ...ranking({ type: 'string' }) } })) as {
      ranking: string[];
    };
    expect(titles.ranking.every((title) => tinyTitles.includes(title))).toBe(true);
  });

  it('agree with the answer in words: the order is the same', () => {
    const quiet = compose({ format: 'Only the numbered list.' });
    const seed = seeds.find((draw) => complete(readListedTitles(ask(quiet, draw), tinyParts.candidates)))!;
    const { ranking: first } = JSON.parse(ask(quiet, seed, { schema: { ...ranking({ type: 'string' }) } })) as {
      ranking: string[];
    };
    expect(new Set(first)).toEqual(new Set(tinyParts.candidates));
  });

  it('have the field of the prompt in JSON mode, else `ranking`', () => {
    const named = compose({ format: 'Answer with a JSON object whose field "order" is an array of the titles.' });
    expect(Object.keys(JSON.parse(ask(named, 0, { schema: 'any-object' })) as object)).toEqual(['order']);
    expect(Object.keys(JSON.parse(ask(compose(), 0, { schema: 'any-object' })) as object)).toEqual(['ranking']);
    const numbers = compose({ format: 'Answer with the candidate numbers only.' });
    expect(ask(numbers, 0, { schema: 'any-object' })).toMatch(/^\{"ranking":\[\d(,\d)*\]\}$/);
  });

  it('give reasons and prose in strings', () => {
    const schema = { type: 'object', properties: { reasoning: { type: 'string' }, answer: { type: 'string' } } };
    const { reasoning, answer } = JSON.parse(ask(compose(), 0, { schema })) as Record<string, string>;
    expect(reasoning).toMatch(/^Let me think/);
    expect(answer).toMatch(/^1\. /);
  });

  it('have titles of the history where one slipped in', () => {
    const answers = Array.from({ length: 2000 }, (_, seed) => {
      const text = ask(compose(), seed, { schema: { ...ranking({ type: 'string' }) } });
      return (JSON.parse(text) as { ranking: string[] }).ranking;
    });
    expect(answers.flat().some((title) => tinyParts.history.includes(title))).toBe(true);
  });

  const complete = (titles: readonly string[]): boolean => new Set(titles).size === tinyParts.candidates.length;
});

describe('rewrites', () => {
  const sentence = 'Perhaps you could look a little at the {itemsNoun} I watched lately.';
  const messages: TextMessage[] = [
    { role: 'user', text: `Rewrite the following sentence in other words, keep its slots.\nSentence: "${sentence}"` },
  ];

  it('are given where a sentence is to be rewritten, as a function of the seed', () => {
    const answers = askAll(messages);
    expect(askAll(messages)).toEqual(answers);
    expect(new Set(answers).size).toBeGreaterThan(3);
    expect(answers.filter((answer) => answer.includes('{itemsNoun}')).length).toBe(seeds.length);
    expect(answers.some((answer) => answer.startsWith('Here is a rewrite: '))).toBe(true);
    expect(answers.some((answer) => /^".*"$/.test(answer))).toBe(true);
    expect(ask(messages, 1, { temperature: 0 })).toBe(ask(messages, 2, { temperature: 0 }));
  });

  it('stand alone in the string of a schema, or in the field of JSON mode', () => {
    const schema = { type: 'object', properties: { rewrite: { type: 'string' } }, required: ['rewrite'] };
    for (const seed of seeds) {
      const { rewrite } = JSON.parse(ask(messages, seed, { schema })) as { rewrite: string };
      expect(rewrite).not.toMatch(/^Here is|^"/);
      expect(rewrite).toContain('{itemsNoun}');
    }
    expect(Object.keys(JSON.parse(ask(messages, 0, { schema: 'any-object' })) as object)).toEqual(['sentence']);
  });

  it('have the faults of their manner', () => {
    const malicious = createAnswerSampler({ knowledge: tinyKnowledge, rewriting: 'malicious' });
    expect(seeds.map((seed) => ask(messages, seed, { model: malicious }))).not.toEqual(askAll(messages));
  });
});

describe('createAnswerSampler', () => {
  it('names all that determines answers', () => {
    expect(sampler.id).toBe(`simulated:weak temperature=0.7 knowledge=${tinyKnowledge.id}`);
    const options = { knowledge: tinyKnowledge, temperature: 0, maxTokens: 9, rewriting: 'sloppy' } as const;
    expect(createAnswerSampler(options).id).toBe(
      `simulated:weak temperature=0 maxTokens=9 rewriting=sloppy knowledge=${tinyKnowledge.id}`,
    );
  });

  it.each([
    [{ temperature: 3 }, 'temperature'],
    [{ temperature: Number.NaN }, 'temperature'],
    [{ maxTokens: 0 }, 'maxTokens'],
    [{ maxTokens: 1.5 }, 'maxTokens'],
    [{ profile: 'huge' as 'weak' }, "profile to be 'weak' or 'strong'"],
    [{ rewriting: 'kind' as 'sloppy' }, 'rewriting'],
  ])('refuses %j', (options, argument) => {
    const create = (): unknown => createAnswerSampler({ knowledge: tinyKnowledge, ...options });
    expect(create).toThrow(InvalidArgumentError);
    expect(create).toThrow(`Expected ${argument}`);
  });

  it('counts the tokens of messages and answer', () => {
    // "user\nOne two three four five." has 29 characters, 7.25 tokens.
    const answer = sampler.sample({ messages: [{ role: 'user', text: 'One two three four five.' }], seed: 0 });
    expect(answer.inputTokens).toBe(8);
    expect(answer.outputTokens).toBe(Math.ceil(answer.text.length / 4));
  });
});

describe('what is drawn', () => {
  it('is a stream of its own for each prompt: answers to two prompts are unrelated', () => {
    const random = createRandomStream('pairs');
    let equal = 0;
    for (let pair = 0; pair < 200; pair++) {
      const seed = random.integer(1000);
      const unknown = (name: string): TextMessage[] =>
        compose({ history: [], candidates: Array.from({ length: 4 }, (_, index) => `${name} ${pair} ${index}`) });
      const [left, right] = ['Left', 'Right'].map((name) =>
        [...ask(unknown(name), seed).matchAll(/^\d\. .*?(\d)(?!.*\d)/gm)].map(([, slot]) => slot).join(),
      );
      if (left === right) equal++;
    }
    // Of 24 orders, some likelier than others for their place.
    expect(equal / 200).toBeLessThan(0.2);
  });
});
