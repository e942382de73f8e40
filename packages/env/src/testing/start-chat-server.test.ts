import { ChatAnthropic } from '@langchain/anthropic';
import type { BaseMessage } from '@langchain/core/messages';
import { ChatOllama } from '@langchain/ollama';
import { ChatOpenAI } from '@langchain/openai';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChatProtocolName } from './chat-protocol.ts';
import { type ChatServer, type ChatServerFault, type ChatServerOptions, startChatServer } from './start-chat-server.ts';

const protocols = ['openai', 'anthropic', 'ollama'] as const;
const paths = { openai: '/chat/completions', anthropic: '/v1/messages', ollama: '/api/chat' } as const;

let server: ChatServer | undefined;

async function start(options: Partial<ChatServerOptions> = {}): Promise<ChatServer> {
  server = await startChatServer({ answer: () => 'fine', ...options });
  return server;
}

interface Chat {
  invoke(input: string, options?: object): Promise<BaseMessage>;
  withStructuredOutput(schema: Record<string, unknown>, config: object): { invoke(input: string): Promise<unknown> };
}

/** LangChain's own client of a protocol. */
function createChat(protocol: ChatProtocolName, { urls }: ChatServer): Chat {
  const baseURL = urls[protocol];
  const shared = { model: 'local', temperature: 0.5, maxRetries: 0 };
  if (protocol === 'openai') {
    return new ChatOpenAI({ ...shared, apiKey: 'test', seed: 7, configuration: { baseURL } } as object) as never;
  }
  if (protocol === 'anthropic')
    return new ChatAnthropic({ ...shared, apiKey: 'test', anthropicApiUrl: baseURL }) as never;
  return new ChatOllama({ ...shared, baseUrl: baseURL, seed: 7 }) as never;
}

function post(protocol: ChatProtocolName, body: string): Promise<Response> {
  return fetch(`${server!.urls[protocol]}${paths[protocol]}`, { method: 'POST', body });
}

const valid = '{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"a"}]}';

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe.each(protocols)('startChatServer, %s', (protocol) => {
  it('answers LangChain as a function of the request, with usage and finish reason', async () => {
    const running = await start({ answer: ({ messages, seed }) => `${messages.at(-1)!.text} seed ${seed}` });
    const reply = await createChat(protocol, running).invoke('Rank two films.');
    const seed = protocol === 'ollama' ? 7 : undefined;
    expect(reply.content).toBe(`Rank two films. seed ${seed}`);
    // 15 characters are 4 tokens; 22 are 6, and 30 are 8.
    const output = seed === undefined ? 8 : 6;
    expect(reply).toMatchObject({ usage_metadata: { input_tokens: 4, output_tokens: output } });
    expect(running.requests).toHaveLength(1);
    const { headers, body, index, messages } = running.requests[0]!;
    expect({ index, messages }).toEqual({ index: 0, messages: [{ role: 'user', text: 'Rank two films.' }] });
    expect(running.requests[0]).toMatchObject({ protocol });
    expect(body['model']).toBe('local');
    expect([headers.authorization, headers['x-api-key']]).toEqual(
      { openai: ['Bearer test', undefined], anthropic: [undefined, 'test'], ollama: [undefined, undefined] }[protocol],
    );
  });

  it('reads system and assistant messages alike', async () => {
    const running = await start();
    const messages = [
      ['system', 'You rank.'],
      ['human', 'Go.'],
      ['ai', 'Heat'],
      ['human', 'Again.'],
    ];
    await createChat(protocol, running).invoke(messages as never);
    expect(running.requests[0]!.messages).toEqual([
      { role: 'system', text: 'You rank.' },
      { role: 'user', text: 'Go.' },
      { role: 'assistant', text: 'Heat' },
      { role: 'user', text: 'Again.' },
    ]);
  });

  it('reports the usage and the finish reason that an answer names', async () => {
    const running = await start({
      answer: () => ({ text: 'cut', finishReason: 'length', usage: { inputTokens: 21, outputTokens: 3 }, delayMs: 1 }),
    });
    const reply = await createChat(protocol, running).invoke('a');
    expect(reply).toMatchObject({ content: 'cut', usage_metadata: { input_tokens: 21, output_tokens: 3 } });
    const reasons = [
      reply.response_metadata['finish_reason'],
      reply.response_metadata['stop_reason'],
      reply.response_metadata['done_reason'],
    ];
    expect(reasons.find((reason) => reason !== undefined)).toMatch(/^(?:length|max_tokens)$/);
  });

  it('sees the wanted schema, and answers with the JSON text', async () => {
    const schema = { type: 'object', properties: { ranking: { type: 'array', items: { type: 'integer' } } } };
    const running = await start({
      answer: ({ responseSchema }) => (responseSchema === undefined ? 'no schema' : '{"ranking":[2,1]}'),
    });
    const methods = protocol === 'ollama' ? ['jsonSchema'] : ['jsonSchema', 'functionCalling'];
    for (const method of methods) {
      const chat = createChat(protocol, running).withStructuredOutput(schema, { method, name: 'answer' });
      expect(await chat.invoke('a')).toEqual({ ranking: [2, 1] });
      expect(running.requests.at(-1)!.responseSchema).toMatchObject(schema);
    }
  });

  it.each<[ChatServerFault, object]>([
    ['rate-limit', protocol === 'ollama' ? { status_code: 429 } : { status: 429 }],
    ['server-error', protocol === 'ollama' ? { status_code: 500 } : { status: 500 }],
    ['reset', {}],
    ['truncated', {}],
    ['not-json', {}],
  ])('injects %s into one call only', async (fault, error) => {
    let asked = 0;
    const running = await start({
      answer: () => {
        asked++;
        return 'fine';
      },
      faults: ({ index }) => (index === 1 ? fault : undefined),
    });
    const chat = createChat(protocol, running);
    expect((await chat.invoke('a')).content).toBe('fine');
    await expect(chat.invoke('b')).rejects.toMatchObject(error);
    expect((await chat.invoke('c')).content).toBe('fine');
    expect(running.requests).toHaveLength(3);
    // An answer that is not sent is not made.
    expect(asked).toBe(fault === 'truncated' ? 3 : 2);
  });

  it('sends a slow answer whole', async () => {
    const running = await start({ answer: () => '七人の侍 '.repeat(40), faults: () => 'slow' });
    expect((await createChat(protocol, running).invoke('a')).content).toBe('七人の侍 '.repeat(40));
  });

  it('says errors in the protocol’s own form', async () => {
    await start({ faults: () => ({ kind: 'rate-limit', retryAfter: '3' }) });
    const limited = await post(protocol, valid);
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('3');
    expect(await limited.json()).toEqual(
      {
        openai: { error: { message: 'Rate limit reached.', type: 'rate_limit_error', param: null, code: null } },
        anthropic: { type: 'error', error: { type: 'rate_limit_error', message: 'Rate limit reached.' } },
        ollama: { error: 'Rate limit reached.' },
      }[protocol],
    );
  });

  it.each([
    ['not JSON', '{', 'Expected a JSON object.'],
    ['no model', '{"messages":[{"role":"user","content":"a"}]}', 'Expected a model name.'],
    ['no messages', '{"model":"m","messages":[]}', 'Expected at least one message.'],
    ['a message that is no object', '{"model":"m","messages":["a"]}', 'Expected at least one message.'],
  ])('answers 400 to a body with %s', async (_what, body, message) => {
    const { requests } = await start();
    const response = await post(protocol, body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
    expect(requests).toHaveLength(0);
  });

  it('answers 404 to another method, and 500 when the scripted answer throws', async () => {
    await start({ answer: () => Promise.reject(new Error('script is wrong')) });
    expect((await fetch(`${server!.urls[protocol]}${paths[protocol]}`)).status).toBe(404);
    const response = await post(protocol, valid);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('The scripted answer threw: Error: script is wrong');
  });
});

describe('startChatServer', () => {
  it('sends a status, headers and a body as scripted, text as it is', async () => {
    await start({
      answer: ({ index }) => ({
        status: 401,
        body: index === 0 ? { error: { message: 'wrong key' } } : 'no',
        headers: { 'x-request-id': 'r1' },
      }),
    });
    const response = await post('openai', valid);
    expect(response.status).toBe(401);
    expect(response.headers.get('x-request-id')).toBe('r1');
    expect(await response.json()).toEqual({ error: { message: 'wrong key' } });
    expect(await (await post('openai', valid)).text()).toBe('no');
  });

  it('leaves usage out where an answer says so', async () => {
    await start({ answer: () => ({ text: 'fine', usage: 'none' }) });
    for (const protocol of protocols) {
      const text = await (await post(protocol, valid)).text();
      expect(text).not.toMatch(/usage|eval_count/);
    }
  });

  it('reads content in parts', async () => {
    await start();
    const parts = [{ type: 'text', text: 'a' }, { type: 'image' }, { type: 'text', text: 'b' }];
    const messages = [
      { role: 'developer', content: parts },
      { role: 'tool', content: null },
    ];
    await post('openai', JSON.stringify({ model: 'm', messages }));
    await post('anthropic', JSON.stringify({ model: 'm', max_tokens: 9, messages, system: parts }));
    expect(server!.requests.map((request) => request.messages)).toEqual([
      [
        { role: 'system', text: 'ab' },
        { role: 'user', text: '' },
      ],
      [
        { role: 'system', text: 'ab' },
        { role: 'system', text: 'ab' },
        { role: 'user', text: '' },
      ],
    ]);
  });

  it('streams lines or one object to Ollama’s clients', async () => {
    await start({ answer: () => 'Heat, Alien' });
    const lines = (await (await post('ollama', valid)).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ message }) => message.content)).toEqual(['Heat, ', 'Alien', '']);
    expect(lines.map(({ done }) => done)).toEqual([false, false, true]);
    const whole = await (await post('ollama', valid.replace('{', '{"stream":false,'))).json();
    expect(whole).toMatchObject({ message: { content: 'Heat, Alien' }, done: true, eval_count: 3 });
  });

  it.each([
    ['openai', '{"model":"m","messages":[{"role":"user","content":"a"}],"stream":true}', 'does not stream'],
    ['anthropic', valid.replace('{', '{"stream":true,'), 'does not stream'],
    ['anthropic', '{"model":"m","messages":[{"role":"user","content":"a"}]}', 'max_tokens: Field required.'],
  ] as const)('answers 400 to %s clients that want what it has not', async (protocol, body, message) => {
    await start();
    const response = await post(protocol, body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
  });

  it('lists a model', async () => {
    const { urls } = await start();
    expect(await (await fetch(`${urls.openai}/models`)).json()).toMatchObject({
      object: 'list',
      data: [{ id: 'local' }],
    });
    expect((await fetch(`${urls.openai}/embeddings`, { method: 'POST' })).status).toBe(404);
  });

  it('counts concurrent requests, and lets each wait for the latency', async () => {
    const running = await start({ latencyMs: 30 });
    const chat = createChat('openai', running);
    await chat.invoke('alone');
    expect(running.peakConcurrency).toBe(1);
    await Promise.all(Array.from({ length: 6 }, () => chat.invoke('together')));
    expect(running.peakConcurrency).toBe(6);
  });

  it('stalls in the middle of an answer until the client leaves', async () => {
    await start({ faults: () => 'stall' });
    const controller = new AbortController();
    const response = await fetch(`${server!.urls.ollama}/api/chat`, {
      method: 'POST',
      body: valid,
      signal: controller.signal,
    });
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    expect(value!.length).toBe(Math.floor(Number(response.headers.get('content-length')) / 2));
    const rest = reader.read();
    const first = await Promise.race([rest, new Promise((resolve) => setTimeout(resolve, 50, 'nothing'))]);
    expect(first).toBe('nothing');
    controller.abort();
    await expect(rest).rejects.toThrow();
  });

  it('closes with a request under way, and twice', async () => {
    const running = await start({ latencyMs: 60_000 });
    const call = createChat('openai', running)
      .invoke('hello')
      .catch((error: unknown) => error);
    await expect.poll(() => running.requests.length).toBe(1);
    await running.close();
    await running.close();
    expect(await call).toBeInstanceOf(Error);
    await expect(fetch(`${running.urls.openai}/models`)).rejects.toThrow();
  });
});
