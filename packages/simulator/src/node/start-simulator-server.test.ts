import { Agent, request as send } from 'node:http';
import { connect } from 'node:net';
import { InvalidArgumentError } from '@rppkit/spec';
import { afterEach, describe, expect, it } from 'vitest';
import { createAnswerSampler } from '../answering/answer-sampler.ts';
import { composeTinyPrompt, tinyKnowledge as knowledge, tinyParts } from '../answering/tiny-prompts.fixture.ts';
import { type SimulatorServer, type SimulatorServerOptions, startSimulatorServer } from './start-simulator-server.ts';

const prompt = composeTinyPrompt({ ...tinyParts, role: 'You are an expert.' });
const body = { model: 'simulated-weak', messages: prompt.map(({ role, text }) => ({ role, content: text })), seed: 7 };

const servers: SimulatorServer[] = [];
async function start(options: Partial<SimulatorServerOptions> = {}): Promise<SimulatorServer> {
  const server = await startSimulatorServer({ knowledge, ...options });
  servers.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const post = (server: SimulatorServer, fields: object = {}, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}/chat/completions`, { method: 'POST', body: JSON.stringify({ ...body, ...fields }), ...init });

interface Completion {
  readonly choices: readonly {
    readonly finish_reason: string;
    readonly message: {
      readonly content: string | null;
      readonly tool_calls?: readonly { readonly function: object }[];
    };
  }[];
  readonly usage: object;
}
const ask = async (server: SimulatorServer, fields: object = {}): Promise<Completion> => {
  const response = await post(server, fields);
  expect(response.status).toBe(200);
  return (await response.json()) as Completion;
};
const readText = ({ choices }: Completion): string => choices[0]!.message.content!;

const readError = async (response: Response): Promise<unknown> => ({
  status: response.status,
  ...((await response.json()) as { readonly error: object }).error,
});

describe('startSimulatorServer', () => {
  it('gives the text that the model gives in memory, for messages, seed and temperature', async () => {
    const server = await start();
    for (const profile of ['weak', 'strong'] as const) {
      const sampler = createAnswerSampler({ knowledge, profile });
      for (const seed of [0, 7, 123_456]) {
        const completion = await ask(server, { model: `simulated-${profile}`, seed });
        const { text, inputTokens, outputTokens } = sampler.sample({ messages: prompt, seed });
        expect(readText(completion)).toBe(text);
        expect(completion.usage).toEqual({
          prompt_tokens: inputTokens,
          completion_tokens: outputTokens,
          total_tokens: inputTokens + outputTokens,
        });
      }
    }
    const warm = createAnswerSampler({ knowledge, temperature: 1.5 });
    expect(readText(await ask(server, { temperature: 1.5 }))).toBe(warm.sample({ messages: prompt, seed: 7 }).text);
    expect(server.requests).toBe(7);
  });

  it('is a function of the body: equal bytes, equal bytes back, also without a seed', async () => {
    const [left, right] = [await start(), await start()];
    const get = async (server: SimulatorServer, fields: object): Promise<string> => (await post(server, fields)).text();
    const unseeded = { seed: undefined };
    expect(await get(left, unseeded)).toBe(await get(right, unseeded));
    expect(await get(left, unseeded)).toBe(await get(left, unseeded));
    expect(readText(await ask(left, { ...unseeded, user: 'a' }))).not.toBe(readText(await ask(left, unseeded)));
    expect(readText(await ask(left, { user: 'a' }))).toBe(readText(await ask(left)));
  });

  it('answers in the form of a chat completion', async () => {
    const text = await (await post(await start(), { max_tokens: 2 })).text();
    expect(JSON.parse(text)).toEqual({
      id: expect.stringMatching(/^chatcmpl-/),
      object: 'chat.completion',
      created: 0,
      model: 'simulated-weak',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: expect.any(String), refusal: null },
          logprobs: null,
          finish_reason: 'length',
        },
      ],
      usage: { prompt_tokens: expect.any(Number), completion_tokens: 2, total_tokens: expect.any(Number) },
    });
  });

  it('has limits of its own and of the body, and stops', async () => {
    const server = await start({ maxTokens: 3 });
    expect((await ask(server)).usage).toMatchObject({ completion_tokens: 3 });
    expect((await ask(server, { max_completion_tokens: 2 })).usage).toMatchObject({ completion_tokens: 2 });
    const stopped = await ask(await start(), { stop: '\n2. ' });
    expect(readText(stopped)).toMatch(/1\. [^\n]+$/);
  });

  it('gives several choices, the first as alone', async () => {
    const server = await start();
    const { choices, usage } = await ask(server, { n: 3 });
    expect(new Set(choices.map(({ message }) => message.content)).size).toBe(3);
    const alone = await ask(server);
    expect(choices[0]!.message.content).toBe(readText(alone));
    const single = alone.usage as { readonly prompt_tokens: number };
    expect(usage).toMatchObject({ prompt_tokens: single.prompt_tokens });
  });

  it('answers by schema, in JSON mode and by a tool', async () => {
    const server = await start();
    const schema = {
      type: 'object',
      properties: { ranking: { type: 'array', items: { type: 'integer', enum: [1, 2, 3, 4, 5, 6, 7, 8] } } },
    };
    const structured = await ask(server, { response_format: { type: 'json_schema', json_schema: { schema } } });
    expect(readText(structured)).toMatch(/^\{"ranking":\[\d(,\d)*\]\}$/);
    const loose = await ask(server, { response_format: { type: 'json_object' } });
    expect(Object.keys(JSON.parse(readText(loose)) as object)).toEqual(['ranking']);
    const tools = [{ type: 'function', function: { name: 'rank', parameters: schema } }];
    const [choice] = (await ask(server, { tools, tool_choice: { type: 'function', function: { name: 'rank' } } }))
      .choices;
    expect(choice).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: null,
        tool_calls: [{ type: 'function', function: { name: 'rank', arguments: readText(structured) } }],
      },
    });
    const cut = await ask(server, { tools, tool_choice: 'required', max_tokens: 2 });
    expect(cut.choices[0]!.finish_reason).toBe('length');
    expect(readText(await ask(server, { tools }))).toBe(readText(await ask(server)));
  });

  it('lists its models and its health', async () => {
    const server = await start();
    const models = (await (await fetch(`${server.url}/models`)).json()) as { readonly data: readonly { id: string }[] };
    expect(models.data.map(({ id }) => id)).toEqual(['simulated-weak', 'simulated-strong']);
    const health = await fetch(`http://127.0.0.1:${server.port}/health?now`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
    expect(server.requests).toBe(0);
  });
});

describe('streams', () => {
  const readEvents = async (response: Response): Promise<Record<string, unknown>[]> => {
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = (await response.text()).split('\n\n').filter((event) => event !== '');
    expect(events.at(-1)).toBe('data: [DONE]');
    return events.slice(0, -1).map((event) => JSON.parse(event.replace(/^data: /, '')) as Record<string, unknown>);
  };
  const join = (events: readonly Record<string, unknown>[], index: number): string =>
    events
      .flatMap(({ choices }) => choices as { readonly index: number; readonly delta: { readonly content?: string } }[])
      .filter((choice) => choice.index === index)
      .map(({ delta }) => delta.content ?? '')
      .join('');

  it('give the same text in pieces, and the usage where asked', async () => {
    const server = await start();
    const whole = await ask(server);
    const events = await readEvents(await post(server, { stream: true }));
    expect(events.length).toBeGreaterThan(5);
    expect(join(events, 0)).toBe(readText(whole));
    expect(events.every((event) => !('usage' in event))).toBe(true);
    expect(events.at(-1)).toMatchObject({ choices: [{ finish_reason: 'stop', delta: {} }] });
    const counted = await readEvents(await post(server, { stream: true, stream_options: { include_usage: true } }));
    expect(counted.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
    expect(counted[0]).toMatchObject({ usage: null });
  });

  it('give several choices and the arguments of tools', async () => {
    const server = await start();
    const { choices } = await ask(server, { n: 2 });
    const events = await readEvents(await post(server, { n: 2, stream: true }));
    expect([join(events, 0), join(events, 1)]).toEqual(choices.map(({ message }) => message.content));
    const called = {
      tools: [
        { type: 'function', function: { name: 'rank', parameters: { type: 'array', items: { type: 'integer' } } } },
      ],
      tool_choice: 'required',
    };
    const pieces = (await readEvents(await post(server, { ...called, stream: true }))).flatMap((event) => {
      const [choice] = event['choices'] as { readonly delta: { readonly tool_calls?: readonly object[] } }[];
      return (choice?.delta.tool_calls ?? []) as { readonly function: { readonly arguments: string } }[];
    });
    expect(pieces[0]).toMatchObject({ index: 0, type: 'function', function: { name: 'rank', arguments: '' } });
    const [whole] = (await ask(server, called)).choices[0]!.message.tool_calls!;
    expect(pieces.map((piece) => piece.function.arguments).join('')).toBe(
      (whole!.function as { readonly arguments: string }).arguments,
    );
  });
});

describe('errors', () => {
  it('name the field of a bad body', async () => {
    const server = await start();
    expect(await readError(await post(server, { temperature: 5 }))).toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      param: 'temperature',
      code: null,
    });
    expect(await readError(await post(server, {}, { body: '{"model"' }))).toMatchObject({ status: 400, param: 'body' });
    expect(server.requests).toBe(0);
  });

  it('are 404 for other models and routes, 405 for other methods, 413 for long bodies', async () => {
    const server = await start({ maximumBodyBytes: 5000 });
    expect(await readError(await post(server, { model: 'gpt-4o' }))).toMatchObject({
      status: 404,
      code: 'model_not_found',
      param: 'model',
      message: expect.stringContaining('simulated-weak, simulated-strong'),
    });
    expect(await readError(await fetch(`${server.url}/embeddings`))).toMatchObject({ status: 404 });
    const wrong = await fetch(`${server.url}/chat/completions`);
    expect(wrong.headers.get('allow')).toBe('POST');
    expect(await readError(wrong)).toMatchObject({ status: 405 });
    expect(await readError(await post(server, { user: 'x'.repeat(200_000) }))).toMatchObject({ status: 413 });
    await ask(server);
  });

  it.each([
    [{ rateLimit: 1, retryAfterMs: 2500 }, 429, 'rate_limit_error', 'rate_limit_exceeded'],
    [{ server: 1 }, 503, 'server_error', 'server_error'],
    [{ timeout: 1 }, 504, 'server_error', 'ETIMEDOUT'],
    [{ contentFilter: 1 }, 400, 'invalid_request_error', 'content_filter'],
  ])('are the faults %j', async (faults, status, type, code) => {
    const response = await post(await start({ faults }));
    expect(response.headers.get('retry-after')).toBe(status === 429 ? '3' : null);
    expect(await readError(response)).toMatchObject({ status, type, code });
  });

  it('are a dropped connection where the network fails', async () => {
    const server = await start({ faults: { network: 1 } });
    await expect(post(server)).rejects.toThrow('fetch failed');
    expect(server.requests).toBe(1);
  });

  it('are 500 where something unforeseen happens', async () => {
    const broken = {
      ...knowledge,
      find: () => {
        throw new Error('no memory');
      },
    };
    expect(await readError(await post(await start({ knowledge: broken })))).toMatchObject({
      status: 500,
      message: 'The simulator failed: no memory',
    });
    const wait = (): Promise<void> => Promise.reject('tired');
    const tired = await start({ latency: { meanMs: 1 }, wait });
    expect(await readError(await post(tired))).toMatchObject({ message: 'The simulator failed: tired' });
  });

  it('are thrown for options out of range and ports that are taken', async () => {
    await expect(startSimulatorServer({ knowledge, maximumBodyBytes: 0 })).rejects.toThrow(InvalidArgumentError);
    await expect(startSimulatorServer({ knowledge, temperature: 9 })).rejects.toThrow('temperature');
    const { port } = await start();
    await expect(startSimulatorServer({ knowledge, port })).rejects.toThrow(
      `port to be free on 127.0.0.1, received ${port}`,
    );
    await expect(startSimulatorServer({ knowledge, port: 99_999 })).rejects.toThrow(
      'port to be an integer in [0, 65535]',
    );
    await expect(startSimulatorServer({ knowledge, host: '203.0.113.7' })).rejects.toThrow(
      'host to be an address of this',
    );
  });
});

describe('routes to read', () => {
  it('take HEAD too, and one model by name', async () => {
    const server = await start();
    const health = await fetch(server.url.replace('/v1', '/health'), { method: 'HEAD' });
    expect([health.status, await health.text()]).toEqual([200, '']);
    const model = await fetch(`${server.url}/models/simulated-strong`);
    expect(await model.json()).toMatchObject({ id: 'simulated-strong', object: 'model' });
    for (const name of ['gpt-4', '%']) {
      expect(await readError(await fetch(`${server.url}/models/${name}`))).toMatchObject({ code: 'model_not_found' });
    }
    const wrong = await fetch(`${server.url}/models`, { method: 'PUT' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('pages in a browser', () => {
  const origin = 'http://localhost:5173';
  const preflight = (server: SimulatorServer): Promise<Response> =>
    fetch(`${server.url}/chat/completions`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-headers': 'authorization,content-type' },
    });

  it('may not call unless their origin is allowed', async () => {
    const server = await start();
    expect((await preflight(server)).status).toBe(405);
    expect((await post(server)).headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each([
    [origin, 'origin'],
    ['*', null],
  ])('may call where the allowed origin is %s, and read errors as well', async (allowedOrigin, vary) => {
    const server = await start({ allowedOrigin });
    const asked = await preflight(server);
    expect(asked.status).toBe(204);
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      'access-control-allow-origin': allowedOrigin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization,content-type',
    });
    for (const response of [await post(server), await post(server, { model: 'other' })]) {
      expect(response.headers.get('access-control-allow-origin')).toBe(allowedOrigin);
      expect(response.headers.get('vary')).toBe(vary);
    }
  });
});

describe('ids', () => {
  it('tell the turns of a conversation apart under one seed', async () => {
    const server = await start();
    const tools = [{ type: 'function', function: { name: 'rank', parameters: { type: 'object', properties: {} } } }];
    const read = async (fields: object): Promise<readonly unknown[]> => {
      const { id, choices } = (await (
        await post(server, { tools, tool_choice: 'required', n: 2, ...fields })
      ).json()) as {
        readonly id: string;
        readonly choices: readonly { readonly message: { readonly tool_calls: readonly { readonly id: string }[] } }[];
      };
      return [id, ...choices.map(({ message }) => message.tool_calls[0]!.id)];
    };
    const first = await read({});
    const turn = [
      { role: 'assistant', content: null },
      { role: 'tool', tool_call_id: 'a', content: 'Done.' },
    ];
    const second = await read({ messages: [...body.messages, ...turn] });
    expect(new Set([...first, ...second]).size).toBe(6);
    expect(await read({})).toEqual(first);
  });
});

describe('connections', () => {
  it.each(['', 'POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{'])(
    'do not hold up a close when all they sent is %j',
    async (sent) => {
      const server = await start();
      const socket = connect(server.port, '127.0.0.1');
      const dropped = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => {});
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      await new Promise<void>((resolve) => void socket.write(sent, () => resolve()));
      await (await post(server)).text();
      await server.close();
      await dropped;
    },
  );

  it('are kept alive', async () => {
    const server = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let call = 0; call < 3; call++) {
      await new Promise<void>((resolve, reject) => {
        const request = send(`${server.url}/chat/completions`, { method: 'POST', agent }, (response) => {
          ports.add(response.socket.localPort);
          response.resume().once('end', resolve);
        });
        request.once('error', reject).end(JSON.stringify(body));
      });
    }
    agent.destroy();
    expect(ports.size).toBe(1);
  });

  it('free their waits when the client leaves', async () => {
    const controller = new AbortController();
    let noticed = false;
    const wait = (_: number, signal?: AbortSignal): Promise<void> => {
      controller.abort();
      return new Promise((_, reject) => {
        signal!.addEventListener('abort', () => {
          noticed = true;
          reject(signal!.reason);
        });
      });
    };
    const server = await start({ latency: { meanMs: 1000 }, wait });
    await expect(post(server, {}, { signal: controller.signal })).rejects.toThrow(/abort/);
    await expect.poll(() => noticed).toBe(true);
  });

  it('are answered before a close resolves, and taken no more after it', async () => {
    let release = (): void => {};
    const wait = (): Promise<void> =>
      new Promise((resolve) => {
        release = resolve;
      });
    const server = await start({ latency: { meanMs: 1000 }, wait });
    const answer = post(server);
    await expect.poll(() => server.requests).toBe(1);
    let closed = false;
    const closing = server.close().then(() => {
      closed = true;
    });
    servers.length = 0;
    await new Promise((resolve) => connect(server.port, '127.0.0.1').once('error', resolve));
    expect(closed).toBe(false);
    release();
    const response = await answer;
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    await response.text();
    await closing;
    await expect(post(server)).rejects.toThrow('fetch failed');
  });

  it('may be a thousand at once', async () => {
    const server = await start();
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, seed) => ask(server, { seed })));
    const sampler = createAnswerSampler({ knowledge });
    answers.forEach((answer, seed) => {
      expect(readText(answer)).toBe(sampler.sample({ messages: prompt, seed }).text);
    });
  });

  it('can be made to another address of this machine', async () => {
    const server = await start({ host: '::1' }).catch(() => undefined);
    // Some machines have no IPv6.
    if (server !== undefined) expect(server.url).toBe(`http://[::1]:${server.port}/v1`);
  });
});
