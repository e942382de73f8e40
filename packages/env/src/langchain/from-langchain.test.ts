import { AIMessage } from '@langchain/core/messages';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { ChatOpenAI } from '@langchain/openai';
import {
  TextModelError as ModelError,
  type TextModelError,
  type TextModelFailure,
  type TextRequest,
} from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type ChatServer, type ChatServerOptions, startChatServer } from '../testing/start-chat-server.ts';
import { type FromLangChainOptions, fromLangChain } from './from-langchain.ts';

const apiKey = 'sk-secret-marker-123456';
const request: TextRequest = {
  messages: [
    { role: 'system', text: 'You rank films.' },
    { role: 'user', text: 'Rank Heat and Alien.' },
  ],
  sampleIndex: 0,
  purpose: 'rank',
};

let server: ChatServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

function createChat(baseURL: string, timeout?: number): ChatOpenAI {
  return new ChatOpenAI({
    model: 'local',
    apiKey,
    maxRetries: 0,
    configuration: { baseURL },
    ...(timeout === undefined ? {} : { timeout }),
  });
}

async function start(
  options: ChatServerOptions,
  more: Partial<FromLangChainOptions> & { readonly timeout?: number } = {},
) {
  server = await startChatServer(options);
  const { timeout, ...rest } = more;
  return fromLangChain(createChat(server.urls.openai, timeout), { id: 'openai:local', ...rest });
}

/** A completion whose parts a test chooses. */
function createCompletion(changes: { readonly content?: string; readonly finish?: string; readonly usage?: object }) {
  const message = { role: 'assistant', content: changes.content ?? 'fine' };
  return {
    status: 200,
    body: {
      id: 'c',
      object: 'chat.completion',
      created: 0,
      model: 'local',
      choices: [{ index: 0, message, finish_reason: changes.finish ?? 'stop' }],
      ...(changes.usage === undefined ? {} : { usage: changes.usage }),
    },
  };
}

async function fail(failing: Promise<unknown>): Promise<TextModelError> {
  const error = await failing.then(
    () => expect.fail('Expected a failure, received an answer'),
    (thrown: unknown) => thrown,
  );
  if (!ModelError.isInstance(error)) throw error;
  // Everything that a log or a run folder could show of it.
  for (const shown of [error.message, error.stack, JSON.stringify(error), String(error.cause)])
    expect(shown).not.toContain('marker');
  return error;
}

describeTextModel({
  name: 'ChatOpenAI',
  async create() {
    const running = await startChatServer({ answer: () => '1. Heat\n2. Alien' });
    return {
      model: fromLangChain(createChat(running.urls.openai), { id: 'openai:local' }),
      close: () => running.close(),
    };
  },
  repeatable: true,
});

describe('fromLangChain with ChatOpenAI', () => {
  it('sends system and user messages, and reads text, usage and finish reason', async () => {
    const times = [1000, 1250];
    const usage = { prompt_tokens: 21, completion_tokens: 4, total_tokens: 25 };
    const model = await start({ answer: () => createCompletion({ usage }) }, { clock: { now: () => times.shift()! } });
    expect(await model.generate(request)).toEqual({
      text: 'fine',
      usage: { inputTokens: 21, outputTokens: 4, estimated: false },
      cached: false,
      latencyMs: 250,
      finishReason: 'stop',
    });
    expect(model.id).toBe('openai:local');
    expect(server!.requests[0]!.body['messages']).toEqual([
      { role: 'system', content: 'You rank films.' },
      { role: 'user', content: 'Rank Heat and Alien.' },
    ]);
    expect(server!.requests[0]!.body).not.toHaveProperty('seed');
  });

  it('sends assistant messages as such', async () => {
    const model = await start({ answer: () => 'fine' });
    await model.generate({ ...request, messages: [...request.messages, { role: 'assistant', text: '1.' }] });
    expect((server!.requests[0]!.body['messages'] as object[]).at(-1)).toMatchObject({
      role: 'assistant',
      content: '1.',
    });
  });

  it('estimates usage, and says so, where the server reports none', async () => {
    const model = await start({ answer: () => createCompletion({}) });
    // 15 characters are 4 tokens, 20 are 5, and "fine" is 1.
    expect((await model.generate(request)).usage).toEqual({ inputTokens: 9, outputTokens: 1, estimated: true });
  });

  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content_filter', 'content-filter'],
    ['tool_calls', 'other'],
  ])('reads finish reason %s as %s', async (finish, expected) => {
    const model = await start({ answer: () => createCompletion({ finish }) });
    expect((await model.generate(request)).finishReason).toBe(expected);
  });

  it('sends a seed that depends on messages and sample index, where asked to', async () => {
    const model = await start({ answer: () => 'fine' }, { seed: 'from-sample-index' });
    await model.generate(request);
    await model.generate(request);
    await model.generate({ ...request, sampleIndex: 1 });
    await model.generate({ ...request, messages: [request.messages[1]!] });
    const seeds = server!.requests.map(({ seed }) => seed!);
    expect(seeds[1]).toBe(seeds[0]);
    expect(new Set(seeds).size).toBe(3);
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true);
  });

  const wrongKey = {
    error: {
      message: `Incorrect API key provided: ${apiKey}.`,
      type: 'invalid_request_error',
      code: 'invalid_api_key',
    },
  };
  const tooLong = {
    error: {
      message: "This model's maximum context length is 4096 tokens. However, your messages resulted in 5000 tokens.",
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    },
  };
  const error = (message: string, code: string | null = null) => ({
    error: { message, type: 'error', param: null, code },
  });
  it.each<[number, unknown, TextModelFailure]>([
    [401, wrongKey, 'authentication'],
    [403, error('Forbidden.'), 'authentication'],
    [400, tooLong, 'context-length'],
    [400, error('the request exceeds the available context size'), 'context-length'],
    [400, error('The response was filtered by the content management policy.', 'content_filter'), 'content-filter'],
    [400, error('API key not valid. Please pass a valid API key.'), 'authentication'],
    [400, error('Unsupported value: temperature.'), 'bad-request'],
    [404, error('The model does not exist.', 'model_not_found'), 'bad-request'],
    // Words about keys and timeouts do not turn a rate limit or a server error into something else.
    [429, error('Rate limit reached for this API key, request timed out.', 'rate_limit_exceeded'), 'rate-limit'],
    [500, error('The server failed, check your API key or content policy.'), 'server'],
    [503, error('Overloaded.'), 'server'],
    [504, error('Gateway.'), 'timeout'],
  ])('takes HTTP %i %j for %s', async (status, body, failure) => {
    const model = await start({ answer: () => ({ status, body }) });
    const thrown = await fail(model.generate(request));
    expect(thrown.failure).toBe(failure);
    if (failure !== 'context-length') expect(thrown.status).toBe(status);
    expect(thrown.message).toContain(`The model call failed (${failure}`);
  });

  it('clears keys of other shapes from messages', async () => {
    const quoted = [
      'Bearer abc.marker.def',
      'AIzaSyMarker-marker_123456',
      'x-api-key: marker99',
      'api key: "marker"',
      'hf_marker12345',
    ];
    const model = await start({ answer: () => ({ status: 400, body: error(`Rejected ${quoted.join(', ')} today`) }) });
    const { message } = await fail(model.generate(request));
    expect(message).toContain('[key]');
    expect(message).toContain('today');
  });

  it.each(['reset', 'truncated'] as const)('takes a connection that is %s for network', async (fault) => {
    const model = await start({ answer: () => 'fine', faults: () => fault });
    expect(await fail(model.generate(request))).toMatchObject({
      failure: 'network',
      status: undefined,
      transient: true,
    });
  });

  it('takes a refused connection for network', async () => {
    const model = await start({ answer: () => 'fine' });
    await server!.close();
    expect((await fail(model.generate(request))).failure).toBe('network');
  });

  it('takes a timeout for timeout', async () => {
    const model = await start({ answer: () => ({ status: 200, body: {}, delayMs: 20_000 }) }, { timeout: 40 });
    expect(await fail(model.generate(request))).toMatchObject({ failure: 'timeout', transient: true });
  });

  it('aborts a running call, and does not send one that is aborted before', async () => {
    const model = await start({ answer: () => 'never', latencyMs: 60_000 });
    const controller = new AbortController();
    const call = model.generate({ ...request, signal: controller.signal });
    await expect.poll(() => server!.requests.length).toBe(1);
    controller.abort();
    expect((await fail(call)).failure).toBe('aborted');
    expect((await fail(model.generate({ ...request, signal: controller.signal }))).failure).toBe('aborted');
    expect(server!.requests).toHaveLength(1);
  });
});

describe('fromLangChain with other models', () => {
  it('takes any chat model of @langchain/core', async () => {
    const model = fromLangChain(new FakeListChatModel({ responses: ['1. Heat\n2. Alien'] }), { id: 'fake' });
    const response = await model.generate(request);
    expect(response).toMatchObject({ text: '1. Heat\n2. Alien', finishReason: 'stop', cached: false });
    expect(response.usage).toEqual({ inputTokens: 9, outputTokens: 4, estimated: true });
    expect(response.latencyMs).toBeGreaterThanOrEqual(0);
  });

  it('reads the text blocks of an answer only, and the finish reasons of other providers', async () => {
    const answer = (metadata: Record<string, unknown>) => ({
      invoke: async () =>
        new AIMessage({
          content: [
            { type: 'thinking', thinking: '1. Draft' },
            { type: 'text', text: '1. Heat\n' },
            { type: 'text', text: '2. Alien' },
          ],
          response_metadata: metadata,
        }),
    });
    const generate = (metadata: Record<string, unknown>) =>
      fromLangChain(answer(metadata), { id: 'blocks' }).generate(request);
    expect((await generate({ stop_reason: 'end_turn' })).text).toBe('1. Heat\n2. Alien');
    expect((await generate({ stop_reason: 'max_tokens' })).finishReason).toBe('length');
    expect((await generate({ finishReason: 'MAX_TOKENS' })).finishReason).toBe('length');
    expect((await generate({ finishReason: 'SAFETY' })).finishReason).toBe('content-filter');
    expect((await generate({ done_reason: 'length' })).finishReason).toBe('length');
    expect((await generate({})).finishReason).toBe('stop');
  });

  it.each([
    [undefined, 'id to be text'],
    [{ id: 'm', seed: 1 }, "seed to be 'from-sample-index' or absent, received 1. Seeds"],
    [{ id: 'm', seed: true }, "seed to be 'from-sample-index' or absent, received true"],
    [
      { id: 'm', structuredOutput: { method: 'json_schema' } },
      'structuredOutput.method to be one of jsonSchema, functionCalling, jsonMode, received "json_schema"',
    ],
    [{ id: 'm', structuredOutput: { method: null } }, 'structuredOutput.method to be one of'],
    [{ id: 'm', structuredOutput: 'jsonMode' }, 'structuredOutput to be an object, received "jsonMode"'],
    [{ id: 'm', structuredOutput: null }, 'structuredOutput to be an object, received null'],
    [{ id: 'm', parameters: null }, 'parameters to be an object, received null'],
    [{ id: 'm', parameters: 'hot' }, 'parameters to be an object, received "(hidden)"'],
  ])('refuses the options %j', (options, words) => {
    const model = new FakeListChatModel({ responses: [] });
    expect(() => fromLangChain(model, options as unknown as FromLangChainOptions)).toThrow(`Expected ${words}`);
  });

  it('types whatever a model throws', async () => {
    const throwing = (thrown: unknown) =>
      fromLangChain({ invoke: () => Promise.reject(thrown) }, { id: 'throwing' }).generate(request);
    expect((await fail(throwing('text with sk-secret-marker-123456'))).message).toContain('[key]');
    expect((await fail(throwing(undefined))).failure).toBe('network');
    expect((await fail(throwing(new TypeError('fetch failed', { cause: { code: 'ETIMEDOUT' } })))).failure).toBe(
      'timeout',
    );
    const typed = new ModelError('budget', 'enough');
    expect(await fail(throwing(typed))).toBe(typed);
  });
});
