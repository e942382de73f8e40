import { getEventListeners } from 'node:events';
import { ChatAnthropic } from '@langchain/anthropic';
import { SimpleChatModel } from '@langchain/core/language_models/chat_models';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { RunnableLambda } from '@langchain/core/runnables';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { ChatOllama } from '@langchain/ollama';
import { ChatOpenAI } from '@langchain/openai';
import type { TextModelError, TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ChatServer, type ChatServerOptions, startChatServer } from '../testing/start-chat-server.ts';
import { guardTextModel } from '../text-models/guard-text-model.ts';
import { createMemoryStore } from '../text-models/with-response-store.ts';
import { fromLangChain, type LangChainModel } from './from-langchain.ts';

const request: TextRequest = {
  messages: [
    { role: 'system', text: 'You rank films.' },
    { role: 'user', text: 'Rank Heat and Alien.' },
  ],
  sampleIndex: 0,
  purpose: 'rank',
};

const providers = {
  ChatOpenAI: ({ urls }: ChatServer) =>
    new ChatOpenAI({ model: 'local', apiKey: 'k', maxRetries: 0, configuration: { baseURL: urls.openai } }),
  ChatAnthropic: ({ urls }: ChatServer) =>
    new ChatAnthropic({ model: 'local', apiKey: 'k', maxRetries: 0, anthropicApiUrl: urls.anthropic }),
  ChatOllama: ({ urls }: ChatServer) => new ChatOllama({ model: 'local', maxRetries: 0, baseUrl: urls.ollama }),
} satisfies Record<string, (server: ChatServer) => LangChainModel>;
type Provider = keyof typeof providers;
const names = Object.keys(providers) as Provider[];

/** A chat model that can do nothing but answer. */
class PlainModel extends SimpleChatModel {
  _llmType(): string {
    return 'plain';
  }

  async _call(): Promise<string> {
    return 'fine';
  }
}

let server: ChatServer;

async function start(options: Partial<ChatServerOptions> = {}): Promise<ChatServer> {
  server = await startChatServer({ answer: () => '1. Heat\n2. Alien', ...options });
  return server;
}

afterEach(() => server?.close());

for (const name of names) {
  describeTextModel({
    name,
    async create() {
      const running = await startChatServer({ answer: () => '1. Heat\n2. Alien' });
      return { model: fromLangChain(providers[name](running), { id: name }), close: () => running.close() };
    },
    repeatable: true,
  });
}

describeTextModel({
  name: 'FakeListChatModel',
  create: async () => ({
    model: fromLangChain(new FakeListChatModel({ responses: ['1. Heat\n2. Alien'] }), { id: 'fake' }),
  }),
  repeatable: true,
});

describeTextModel({
  name: 'a Runnable that ends with a string',
  create: async () => ({
    model: fromLangChain(new FakeListChatModel({ responses: ['1. Heat\n2. Alien'] }).pipe(new StringOutputParser()), {
      id: 'chain',
    }),
  }),
  repeatable: true,
});

async function fail(call: Promise<unknown>): Promise<TextModelError> {
  return call.then(
    () => expect.fail('Expected a failure, received an answer'),
    (error: TextModelError) => error,
  );
}

describe.each(names)('fromLangChain with %s', (name) => {
  const create = (options = {}) => fromLangChain(providers[name](server), { id: name, ...options });

  it('reads text, usage and finish reason', async () => {
    await start({
      answer: () => ({ text: '1. Heat', finishReason: 'length', usage: { inputTokens: 21, outputTokens: 4 } }),
    });
    expect(await create().generate(request)).toMatchObject({
      text: '1. Heat',
      usage: { inputTokens: 21, outputTokens: 4, estimated: false },
      finishReason: 'length',
      cached: false,
    });
    expect(server.requests[0]!.messages).toEqual(request.messages);
  });

  it.each([
    ['rate-limit', { failure: 'rate-limit', transient: true, possiblyPaid: false }],
    ['server-error', { failure: 'server', status: 500, transient: true, possiblyPaid: false }],
    ['reset', { failure: 'network', transient: true, possiblyPaid: true }],
    ['truncated', { failure: 'network', transient: true, possiblyPaid: true }],
    ['not-json', { failure: 'network', transient: true, possiblyPaid: true }],
  ] as const)('types the fault %s', async (fault, expected) => {
    await start({ faults: () => fault });
    expect(await fail(create().generate(request))).toMatchObject({ ...expected, retryAfterMs: undefined });
    expect(server.requests).toHaveLength(1);
  });

  it('reads a slow answer whole', async () => {
    await start({ faults: () => 'slow' });
    expect((await create().generate(request)).text).toBe('1. Heat\n2. Alien');
  });

  it('knows that nothing was sent where no server listens', async () => {
    await start();
    await server.close();
    expect(await fail(create().generate(request))).toMatchObject({ failure: 'network', possiblyPaid: false });
  });

  it.each(['stall', undefined] as const)('ends at once when aborted while the server is silent (%s)', async (fault) => {
    await start({ faults: () => fault, ...(fault === undefined ? { latencyMs: 60_000 } : {}) });
    const controller = new AbortController();
    const call = fail(create().generate({ ...request, signal: controller.signal }));
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort();
    expect(await call).toMatchObject({ failure: 'aborted', possiblyPaid: true });
    await expect(create().generate({ ...request, signal: controller.signal })).rejects.toMatchObject({
      failure: 'aborted',
      possiblyPaid: false,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('asks by schema, and answers with the JSON text', async () => {
    const schema = {
      type: 'object',
      properties: { ranking: { type: 'array', items: { type: 'integer' } } },
      required: ['ranking'],
    };
    await start({
      answer: () => ({ text: '{"ranking":[2,1]}', usage: { inputTokens: 21, outputTokens: 4 } }),
    });
    const methods = name === 'ChatOllama' ? (['jsonSchema'] as const) : (['jsonSchema', 'functionCalling'] as const);
    for (const method of methods) {
      const response = await create({ structuredOutput: { method } }).generate({ ...request, responseSchema: schema });
      expect(response).toMatchObject({
        text: '{"ranking":[2,1]}',
        usage: { inputTokens: 21, outputTokens: 4, estimated: false },
        finishReason: 'stop',
      });
      expect(server.requests.at(-1)!.responseSchema).toMatchObject(schema);
      expect(server.requests.at(-1)!.messages).toEqual(request.messages);
    }
    // The caller's schema stays as it is.
    expect(schema).not.toHaveProperty('additionalProperties');
  });
});

describe('fromLangChain, Retry-After', () => {
  it.each(['ChatOpenAI', 'ChatAnthropic'] as const)('is read from %s', async (name) => {
    await start({ faults: () => ({ kind: 'rate-limit', retryAfter: '3' }) });
    const model = fromLangChain(providers[name](server), { id: name });
    expect(await fail(model.generate(request))).toMatchObject({ failure: 'rate-limit', retryAfterMs: 3000 });
  });
});

describe('fromLangChain, ids', () => {
  const create = (options: object) =>
    fromLangChain(new FakeListChatModel({ responses: ['a'] }), { id: 'm', ...options });

  it('names the parameters in the order of their keys', () => {
    expect(create({}).id).toBe('m');
    expect(create({ parameters: {} }).id).toBe('m');
    expect(create({ parameters: { topP: 0.9, temperature: 0.2 } }).id).toBe('m {"temperature":0.2,"topP":0.9}');
  });

  it('refuses keys among the parameters, without showing them', () => {
    expect(() => create({ parameters: { configuration: { apiKey: 'hidden-value' } } })).toThrow(
      'Expected parameters.configuration.apiKey to be absent',
    );
    expect(() => create({ parameters: { apiKey: 'hidden-value' } })).not.toThrow('hidden-value');
  });
});

describe('fromLangChain, structured output of ChatOpenAI', () => {
  const schema = {
    type: 'object',
    properties: { groups: { type: 'array', items: { type: 'object', properties: {} } } },
  };
  const create = (options = {}) => fromLangChain(providers.ChatOpenAI(server), { id: 'm', ...options });
  const ask = (options = {}) => create(options).generate({ ...request, responseSchema: schema });
  const readFormat = () => (server.requests.at(-1)!.body['response_format'] as { json_schema: object }).json_schema;

  it('is strict with closed objects, unless told otherwise', async () => {
    await start({ answer: () => '{"groups":[]}' });
    await ask();
    expect(readFormat()).toMatchObject({
      strict: true,
      schema: {
        additionalProperties: false,
        properties: { groups: { items: { additionalProperties: false, properties: {} } } },
      },
    });
    await ask({ structuredOutput: { strict: false } });
    expect(readFormat()).toMatchObject({ strict: false, schema });
  });

  it('sends seed and signal with it', async () => {
    await start({ answer: () => '{"groups":[]}' });
    const model = create({ seed: 'from-sample-index' });
    await model.generate({ ...request, responseSchema: schema });
    await model.generate({ ...request, responseSchema: schema });
    await model.generate(request);
    const [first, second, free] = server.requests.map(({ seed }) => seed);
    expect(first).toBeTypeOf('number');
    expect(second).toBe(first);
    expect(free).not.toBe(first);
  });

  it('takes an answer that is cut off or no JSON for an answer, so that nobody pays for it twice', async () => {
    await start({
      answer: ({ index }) => (index === 0 ? { text: '{"groups":[', finishReason: 'length' } : 'I cannot do that.'),
    });
    // 15 characters are 4 tokens, 20 are 5.
    const usage = { inputTokens: 9, outputTokens: 0, estimated: true };
    expect(await ask()).toMatchObject({ text: '', finishReason: 'length', usage });
    expect(await ask()).toMatchObject({ text: '', finishReason: 'other', usage });
  });

  it('keeps text and usage of such answers where a function is called', async () => {
    const usage = { inputTokens: 21, outputTokens: 4 };
    await start({ answer: () => ({ text: '{"groups":[', finishReason: 'length', usage }) });
    expect(await ask({ structuredOutput: { method: 'functionCalling' } })).toMatchObject({
      text: '{"groups":[',
      finishReason: 'length',
      usage: { ...usage, estimated: false },
    });
  });

  it('types a filtered answer, lost bodies and errors as without a schema', async () => {
    await start({
      answer: () => ({ text: '', finishReason: 'content-filter' }),
      faults: ({ index }) => ([undefined, 'server-error', 'truncated', 'not-json'] as const)[index],
    });
    expect(await fail(ask())).toMatchObject({ failure: 'content-filter', possiblyPaid: true });
    expect(await fail(ask())).toMatchObject({ failure: 'server', possiblyPaid: false });
    expect(await fail(ask())).toMatchObject({ failure: 'network', possiblyPaid: true });
    expect(await fail(ask())).toMatchObject({ failure: 'network', possiblyPaid: true });
  });

  it('takes a JSON body that ends too early for a lost one', async () => {
    await start({ answer: () => ({ status: 200, body: '{"choices":[' }) });
    expect(await fail(ask())).toMatchObject({ failure: 'network', possiblyPaid: true });
  });
});

describe('fromLangChain, models without structured output', () => {
  const ask = (model: LangChainModel) =>
    fromLangChain(model, { id: 'm' }).generate({ ...request, responseSchema: { type: 'object' } });

  it.each([
    [
      'a Runnable',
      new FakeListChatModel({ responses: ['a'] }).pipe(new StringOutputParser()),
      'no withStructuredOutput',
    ],
    ['a chat model without tools', new PlainModel({}), 'bindTools'],
  ])('says so for %s', async (_what, model, words) => {
    const error = await fail(ask(model));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', argument: 'request.responseSchema' });
    expect(error.message).toContain(words);
  });

  it('takes the parsed object where a model keeps the raw message to itself', async () => {
    expect(await ask(new FakeListChatModel({ responses: ['{"ranking": [1]}'] }))).toMatchObject({
      text: '{"ranking":[1]}',
      usage: { inputTokens: 9, outputTokens: 4, estimated: true },
      finishReason: 'stop',
    });
  });

  it('passes on whatever such a model throws', async () => {
    const invoke = async () => 'a';
    const refusing = () => {
      throw 'no schema, please';
    };
    expect((await fail(ask({ invoke, withStructuredOutput: refusing }))).message).toContain('(no schema, please)');
    const failing = () => ({ invoke: () => Promise.reject('down') });
    expect(await fail(ask({ invoke, withStructuredOutput: failing }))).toMatchObject({ failure: 'network' });
  });

  it('rejects what is no object', async () => {
    const model = { invoke: async () => 'a', withStructuredOutput: () => ({ invoke: async () => undefined }) };
    expect((await fail(ask(model))).message).toContain('Expected the structured answer of the LangChain model');
  });
});

describe('fromLangChain with models that load a key late', () => {
  it('keeps it out of errors, as that of initChatModel, which lies in a map', async () => {
    const loaded = new Map<string, object>();
    const model = {
      loaded,
      invoke: () => {
        loaded.set('default', { apiKey: 'Late/key' });
        return Promise.reject(new Error('Refused Late/key.'));
      },
    };
    expect((await fail(fromLangChain(model, { id: 'm' }).generate(request))).message).toBe(
      'The model call failed (network): Refused [key].',
    );
  });
});

describe('fromLangChain with one signal for many calls', () => {
  it.each([{}, { timeoutMs: 60_000 }])(
    'gathers no listeners on it, and ends all calls at its abort: %j',
    async (options) => {
      await start({ answer: () => '1. Heat', latencyMs: 60_000 });
      const controller = new AbortController();
      const guarded = guardTextModel(fromLangChain(providers.ChatOpenAI(server), { id: 'm' }), {
        ...options,
        concurrency: 20,
        store: createMemoryStore(),
      });
      const calls = Array.from({ length: 40 }, (_, sampleIndex) =>
        guarded.generate({ ...request, sampleIndex, signal: controller.signal }).catch(({ failure }) => failure),
      );
      await vi.waitFor(() => expect(server.requests).toHaveLength(20));
      // One each of those who follow a signal, one of the waiting line.
      expect(getEventListeners(controller.signal, 'abort').length).toBeLessThanOrEqual(2);
      controller.abort();
      expect(new Set(await Promise.all(calls))).toEqual(new Set(['aborted']));
    },
  );
});

describe('fromLangChain with Runnables', () => {
  it.each(['gpt-4o-mini', undefined, null, {}])('refuses %j at once', (model) => {
    expect(() => fromLangChain(model as LangChainModel, { id: 'm' })).toThrow(
      'Expected model to be a chat model or another Runnable of LangChain',
    );
  });

  it('takes strings with estimated usage', async () => {
    await start({ answer: () => '1. Heat' });
    const model = fromLangChain(providers.ChatOpenAI(server).pipe(new StringOutputParser()), { id: 'chain' });
    expect(await model.generate(request)).toMatchObject({
      text: '1. Heat',
      usage: { inputTokens: 9, outputTokens: 2, estimated: true },
      finishReason: 'stop',
    });
  });

  it.each([
    ['an object', { ranking: [1] }, 'received object'],
    ['nothing', undefined, 'received undefined'],
    ['a number', 3, 'received 3'],
  ])('rejects %s', async (_what, output, received) => {
    const model = fromLangChain(
      RunnableLambda.from(() => output),
      { id: 'chain' },
    );
    const error = await fail(model.generate(request));
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.message).toContain('Expected the answer of the LangChain model to be a message or a string');
    expect(error.message).toContain(received);
  });

  it('reads messages of another copy of LangChain', async () => {
    const usage = { input_tokens: 3, output_tokens: 1, total_tokens: 4 };
    const model = fromLangChain({ invoke: async () => ({ content: 'fine', usage_metadata: usage }) }, { id: 'copy' });
    expect(await model.generate(request)).toMatchObject({ text: 'fine', usage: { inputTokens: 3, estimated: false } });
  });

  it.each([{ input_tokens: 3 }, { input_tokens: 3, output_tokens: Number.NaN }, { input_tokens: '3' }, null])(
    'estimates usage that is no pair of counts: %j',
    async (usage) => {
      const model = fromLangChain({ invoke: async () => ({ content: 'fine', usage_metadata: usage }) }, { id: 'm' });
      expect((await model.generate(request)).usage).toEqual({ inputTokens: 9, outputTokens: 1, estimated: true });
    },
  );

  it('takes the texts of a content with parts of any kind, and asks for no answer again that came', async () => {
    const content = [null, 'fi', { type: 'text', text: 'ne' }, { type: 'text' }, { type: 'reasoning', text: 'hm' }, 3];
    const model = fromLangChain({ invoke: async () => ({ content }) }, { id: 'm' });
    expect((await model.generate(request)).text).toBe('fine');
  });
});
