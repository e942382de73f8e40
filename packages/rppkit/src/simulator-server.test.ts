import { ChatOpenAI } from '@langchain/openai';
import { createJudgedTasks } from '@rppkit/datasets';
import { guardTextModel } from '@rppkit/env';
import { fromLangChain, type StructuredOutputOptions } from '@rppkit/env/langchain';
import {
  composePrompt,
  createPatternSpace,
  defaultPatterns,
  extendPattern,
  formatPattern,
  movies,
  structuredFormatExpression,
} from '@rppkit/patterns';
import { createKnowledge, createSimulatedTextModel, createWorld, SimulatedChatModel } from '@rppkit/simulator';
import { type SimulatorServer, type SimulatorServerOptions, startSimulatorServer } from '@rppkit/simulator/node';
import { createRandomStream, type TextModel, type TextModelError, type TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import { initChatModel } from 'langchain';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

const { dataset } = createWorld({ preset: 'diverse', users: 40, random: createRandomStream('simulator server') });
const knowledge = createKnowledge(dataset, { users: 'all' });
const patterns = defaultPatterns.map((pattern) =>
  pattern === formatPattern ? extendPattern(pattern, [structuredFormatExpression]) : pattern,
);
const space = createPatternSpace({ domain: movies, patterns });
const structured = formatPattern.expressions.length;
const tasks = createJudgedTasks(dataset, {
  users: Int32Array.from({ length: 10 }, (_, user) => user),
  target: 'test',
  random: createRandomStream('tasks'),
}).map(({ task }) => task);

/** Prompts for titles; the last format asks for an object of numbers by schema. */
const createRequest = (index: number, format = 0): TextRequest => ({
  ...composePrompt(space, [1, 2, index % 9, format], tasks[index % tasks.length]!),
  sampleIndex: index,
  purpose: 'rank',
});

let server: SimulatorServer;
const start = async (options: Partial<SimulatorServerOptions> = {}): Promise<SimulatorServer> => {
  server = await startSimulatorServer({ knowledge, ...options });
  return server;
};
afterEach(() => server?.close());

const createChat = ({ url }: SimulatorServer, model = 'simulated-weak'): ChatOpenAI =>
  new ChatOpenAI({ model, apiKey: 'none', maxRetries: 0, configuration: { baseURL: url } });
const createModel = (chat: ChatOpenAI, structuredOutput: StructuredOutputOptions = {}): TextModel =>
  fromLangChain(chat, { id: 'server', seed: 'from-sample-index', structuredOutput });
const fail = async (call: Promise<unknown>): Promise<TextModelError> =>
  call.then(
    () => expect.fail('Expected a failure, received an answer'),
    (error: TextModelError) => error,
  );
const readOutputTokens = (usage: object | undefined): number =>
  (usage as { readonly output_tokens: number } | undefined)?.output_tokens ?? 0;

describeTextModel({
  name: 'ChatOpenAI on the simulator server',
  async create() {
    const own = await startSimulatorServer({ knowledge });
    return { model: createModel(createChat(own)), close: () => own.close() };
  },
  repeatable: true,
});

describe('the simulator server', () => {
  it.each(['weak', 'strong'] as const)('gives ChatOpenAI the texts of the %s model in memory', async (profile) => {
    const model = createModel(createChat(await start(), `simulated-${profile}`));
    const direct = createSimulatedTextModel({ knowledge, profile });
    const inMemory = fromLangChain(new SimulatedChatModel({ knowledge, profile }), {
      id: 'memory',
      seed: 'from-sample-index',
    });
    for (let index = 0; index < 10; index++) {
      const request = createRequest(index);
      const { text, usage, finishReason } = await model.generate(request);
      expect(await direct.generate(request)).toMatchObject({ text, usage, finishReason });
      expect((await inMemory.generate(request)).text).toBe(text);
    }
  });

  it('works with initChatModel', async () => {
    const { url } = await start();
    const chat = await initChatModel('openai:simulated-weak', {
      apiKey: 'none',
      maxRetries: 0,
      configuration: { baseURL: url },
    });
    const request = createRequest(1);
    const model = fromLangChain(chat, { id: 'server', seed: 'from-sample-index' });
    const { text } = await createSimulatedTextModel({ knowledge }).generate(request);
    expect((await model.generate(request)).text).toBe(text);
  });

  it.each(['jsonSchema', 'functionCalling', 'jsonMode'] as const)('answers by schema through %s', async (method) => {
    const chat = createChat(await start());
    const inMemory = fromLangChain(new SimulatedChatModel({ knowledge }), {
      id: 'memory',
      structuredOutput: { method },
    });
    for (let index = 0; index < 5; index++) {
      const request = createRequest(index, structured);
      const asked = request.messages.map(({ role, text }) => ({ role, content: text }));
      const answer = await chat.withStructuredOutput(request.responseSchema!, { method }).invoke(asked);
      const { text, finishReason } = await inMemory.generate(request);
      expect(finishReason).toBe('stop');
      for (const { ranking } of [answer, JSON.parse(text)] as { readonly ranking: readonly number[] }[]) {
        expect(ranking.length).toBeGreaterThan(6);
        expect(ranking.every((number) => Number.isInteger(number) && number >= 1 && number <= 10)).toBe(true);
      }
    }
  });

  it.each(['jsonSchema', 'functionCalling'] as const)(
    'gives the answer by schema that the text model gives, through %s',
    async (method) => {
      const model = createModel(createChat(await start()), { method });
      const direct = createSimulatedTextModel({ knowledge });
      for (let index = 0; index < 5; index++) {
        const request = createRequest(index, structured);
        expect((await model.generate(request)).text).toBe((await direct.generate(request)).text);
      }
    },
  );

  it('answers through fromLangChain in JSON mode, which sends no schema and is never strict', async () => {
    const model = createModel(createChat(await start()), { method: 'jsonMode' });
    const { text, finishReason } = await model.generate(createRequest(0, structured));
    expect(finishReason).toBe('stop');
    expect(JSON.parse(text)).toMatchObject({ ranking: expect.arrayContaining([expect.any(Number)]) });
  });

  it('cuts answers off at the limit of the client, by schema too', async () => {
    const { url } = await start();
    const chat = new ChatOpenAI({
      model: 'simulated-weak',
      apiKey: 'none',
      maxRetries: 0,
      maxTokens: 4,
      configuration: { baseURL: url },
    });
    const model = createModel(chat);
    expect(await model.generate(createRequest(0))).toMatchObject({
      finishReason: 'length',
      usage: { outputTokens: 4 },
    });
    expect(await model.generate(createRequest(0, structured))).toMatchObject({ finishReason: 'length' });
  });

  it('streams the same text, and the usage', async () => {
    const chat = createChat(await start());
    const { messages } = createRequest(2);
    const asked = messages.map(({ role, text }) => ({ role, content: text }));
    const whole = await chat.invoke(asked, { seed: 5 });
    const pieces: string[] = [];
    let tokens = 0;
    for await (const chunk of await chat.stream(asked, { seed: 5 })) {
      if (chunk.text !== '') pieces.push(chunk.text);
      tokens += readOutputTokens(chunk.usage_metadata);
    }
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join('')).toBe(whole.text);
    expect(tokens).toBe(readOutputTokens(whole.usage_metadata));
  });

  it.each([
    [
      { rateLimit: 1, retryAfterMs: 250 },
      { failure: 'rate-limit', status: 429, retryAfterMs: 250 },
    ],
    [{ server: 1 }, { failure: 'server', status: 503, possiblyPaid: false }],
    [{ timeout: 1 }, { failure: 'timeout', status: 504, possiblyPaid: true }],
    [{ network: 1 }, { failure: 'network', possiblyPaid: true }],
    [{ contentFilter: 1 }, { failure: 'content-filter', refusedPrompt: true }],
  ])('fails with %j as %j, in memory as well', async (faults, expected) => {
    expect(await fail(createModel(createChat(await start({ faults }))).generate(createRequest(0)))).toMatchObject(
      expected,
    );
    const chat = new SimulatedChatModel({ knowledge, faults });
    const { status: _, ...failure } = { status: 0, ...expected };
    expect(await fail(fromLangChain(chat, { id: 'm' }).generate(createRequest(0)))).toMatchObject(failure);
    const direct = createSimulatedTextModel({ knowledge, faults });
    expect(await fail(direct.generate(createRequest(0)))).toMatchObject(failure);
  });

  it('is got the better of by retries', async () => {
    const faults = { rateLimit: 0.3, retryAfterMs: 1, server: 0.2, network: 0.1 };
    const chat = createChat(await start({ faults }));
    const retry = { maxRetries: 40, initialDelayMs: 1, maximumDelayMs: 4, random: createRandomStream('retries') };
    const model = guardTextModel(createModel(chat), { retry, concurrency: 8 });
    const direct = createSimulatedTextModel({ knowledge });
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const request = createRequest(index);
        const { text, attempts = 1 } = await model.generate(request);
        expect(text).toBe((await direct.generate(request)).text);
        return attempts;
      }),
    );
    expect(answers.reduce((sum, attempts) => sum + attempts, 0)).toBe(server.requests);
    expect(server.requests).toBeGreaterThan(50);
  });
});

describe('structured output of SimulatedChatModel with zod', () => {
  const chat = new SimulatedChatModel({ knowledge, profile: 'strong' });
  const prompt = createRequest(0, structured).messages.map(({ role, text }) => ({ role, content: text }));
  const Ranking = z.object({ ranking: z.array(z.number().int().min(1).max(10)).length(10) });

  it.each(['jsonSchema', 'functionCalling', 'jsonMode'] as const)('parses and checks answers by %s', async (method) => {
    const { ranking } = await chat.withStructuredOutput(Ranking, { method }).invoke(prompt);
    expect(new Set(ranking).size).toBe(10);
    const { raw, parsed } = await chat.withStructuredOutput(Ranking, { method, includeRaw: true }).invoke(prompt);
    expect(parsed).toEqual({ ranking });
    expect(raw.response_metadata).toHaveProperty('finish_reason');
    const Other = z.object({ order: z.string().regex(/^never$/) });
    await expect(chat.withStructuredOutput(Other, { method }).invoke(prompt)).rejects.toThrow(/parse/i);
    const failed = await chat.withStructuredOutput(Other, { method, includeRaw: true }).invoke(prompt);
    expect(failed.parsed).toBeNull();
  });

  it('fills objects in lists', async () => {
    const Entries = z.object({
      reasoning: z.string(),
      entries: z.array(z.object({ rank: z.number().int(), title: z.string(), reason: z.string().optional() })),
    });
    const { entries, reasoning } = await chat.withStructuredOutput(Entries, { name: 'rank' }).invoke(prompt);
    expect(entries.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(entries.map(({ title }) => title))).toEqual(new Set(tasks[0]!.candidates.map(({ title }) => title)));
    expect(reasoning).toMatch(/^Let me think/);
  });
});
