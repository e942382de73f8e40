import { ChatOpenAI } from '@langchain/openai';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type OpenAiServer,
  type OpenAiServerFault,
  type OpenAiServerOptions,
  startOpenAiServer,
} from './openai-server.ts';

let server: OpenAiServer | undefined;

async function start(options: OpenAiServerOptions): Promise<OpenAiServer> {
  server = await startOpenAiServer(options);
  return server;
}

function createChat(url: string, options: { readonly timeout?: number } = {}): ChatOpenAI {
  return new ChatOpenAI({
    model: 'local',
    apiKey: 'test',
    temperature: 0.5,
    maxRetries: 0,
    configuration: { baseURL: url },
    ...options,
  });
}

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('startOpenAiServer', () => {
  it('answers ChatOpenAI as a function of the body, with usage', async () => {
    const { url, requests } = await start({
      answer: ({ messages }) => `You said: ${String(messages.at(-1)?.content)}`,
    });
    const reply = await createChat(url).invoke('Rank two films.');
    expect(reply.content).toBe('You said: Rank two films.');
    // 15 characters are 4 tokens, 25 characters 7.
    expect(reply.usage_metadata).toMatchObject({ input_tokens: 4, output_tokens: 7, total_tokens: 11 });
    expect(reply.response_metadata).toMatchObject({ finish_reason: 'stop' });
    expect(requests).toHaveLength(1);
    expect(requests[0]!.headers.authorization).toBe('Bearer test');
    expect(requests[0]!.body).toMatchObject({
      model: 'local',
      temperature: 0.5,
      messages: [{ role: 'user', content: 'Rank two films.' }],
    });
  });

  it('sends a status and headers as scripted', async () => {
    const { url } = await start({
      answer: () => ({ status: 401, body: { error: { message: 'wrong key' } }, headers: { 'x-request-id': 'r1' } }),
    });
    await expect(createChat(url).invoke('hello')).rejects.toMatchObject({ status: 401 });
    const response = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      body: '{"model":"m","messages":[{"role":"user","content":"a"}]}',
    });
    expect(response.headers.get('x-request-id')).toBe('r1');
    expect(await response.json()).toEqual({ error: { message: 'wrong key' } });
  });

  it.each<[OpenAiServerFault, object]>([
    ['rate-limit', { status: 429 }],
    ['server-error', { status: 500 }],
    ['reset', { message: expect.stringMatching(/connection/i) }],
    ['truncated', {}],
    ['not-json', {}],
  ])('injects %s into one call only', async (fault, error) => {
    const { url, requests } = await start({
      answer: () => 'fine',
      faults: (index) => (index === 1 ? fault : undefined),
    });
    const chat = createChat(url);
    expect((await chat.invoke('a')).content).toBe('fine');
    await expect(chat.invoke('b')).rejects.toMatchObject(error);
    expect((await chat.invoke('c')).content).toBe('fine');
    expect(requests).toHaveLength(3);
  });

  it('counts concurrent requests, and lets each wait for the latency', async () => {
    const running = await start({ answer: () => 'fine', latencyMs: 30 });
    const chat = createChat(running.url);
    await chat.invoke('alone');
    expect(running.peakConcurrency).toBe(1);
    await Promise.all(Array.from({ length: 6 }, () => chat.invoke('together')));
    expect(running.peakConcurrency).toBe(6);
  });

  it('delays single answers, so that a client can time out', async () => {
    const { url } = await start({ answer: () => ({ status: 200, body: {}, delayMs: 20_000 }) });
    await expect(createChat(url, { timeout: 50 }).invoke('hello')).rejects.toThrow(/timed out/i);
  });

  it('lists a model', async () => {
    const { url } = await start({ answer: () => 'fine' });
    expect(await (await fetch(`${url}/models`)).json()).toMatchObject({ object: 'list', data: [{ id: 'local' }] });
  });

  it.each([
    ['not JSON', '{', 'Expected a JSON object.'],
    ['no model', '{"messages":[{"role":"user","content":"a"}]}', 'Expected a model name.'],
    ['no messages', '{"model":"m","messages":[]}', 'Expected at least one message.'],
    [
      'streaming',
      '{"model":"m","messages":[{"role":"user","content":"a"}],"stream":true}',
      'This server does not stream.',
    ],
  ])('answers 400 to a body with %s', async (_what, body, message) => {
    const { url, requests } = await start({ answer: () => 'fine' });
    const response = await fetch(`${url}/chat/completions`, { method: 'POST', body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { message } });
    expect(requests).toHaveLength(0);
  });

  it('answers 404 elsewhere, and 500 when the scripted answer throws', async () => {
    const { url } = await start({
      answer: () => {
        throw new Error('script is wrong');
      },
    });
    expect((await fetch(`${url}/embeddings`, { method: 'POST' })).status).toBe(404);
    await expect(createChat(url).invoke('a')).rejects.toThrow('script is wrong');
  });

  it('closes with a request under way', async () => {
    const { url, requests, close } = await start({ answer: () => 'never', latencyMs: 60_000 });
    const call = createChat(url)
      .invoke('hello')
      .catch((error: unknown) => error);
    await expect.poll(() => requests.length).toBe(1);
    await close();
    expect(await call).toBeInstanceOf(Error);
    await expect(fetch(`${url}/models`)).rejects.toThrow();
  });
});
