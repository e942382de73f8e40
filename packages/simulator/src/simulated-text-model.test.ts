import { createRandomStream, InvalidArgumentError, TextModelError, type TextRequest } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createAnswerSampler } from './answering/answer-sampler.ts';
import { composeTinyPrompt, tinyKnowledge as knowledge, tinyParts } from './answering/tiny-prompts.fixture.ts';
import { createSimulatedTextModel, type SimulatedTextModelOptions } from './simulated-text-model.ts';

const request: TextRequest = { messages: composeTinyPrompt(tinyParts), sampleIndex: 0, purpose: 'rank' };
const create = (options: Partial<SimulatedTextModelOptions> = {}): ReturnType<typeof createSimulatedTextModel> =>
  createSimulatedTextModel({ knowledge, ...options });
const fail = async (call: Promise<unknown>): Promise<TextModelError> =>
  call.then(
    () => expect.fail('Expected a failure, received an answer'),
    (error: TextModelError) => error,
  );

describe('createSimulatedTextModel', () => {
  it('answers the same for the same request, and differently for other sample indices', async () => {
    const ask = async (sampleIndex: number): Promise<string> =>
      (await create().generate({ ...request, sampleIndex })).text;
    const indices = Array.from({ length: 8 }, (_, sampleIndex) => sampleIndex);
    const answers = await Promise.all(indices.map(ask));
    expect(await Promise.all(indices.map(ask))).toEqual(answers);
    expect(new Set(answers).size).toBeGreaterThan(6);
  });

  it('derives the seed from messages, schema and sample index', async () => {
    const responseSchema = { type: 'object', properties: { b: { type: 'array', items: { type: 'integer' } } }, a: 1 };
    const sampler = createAnswerSampler({ knowledge });
    const { messages } = request;
    const body = messages.map(({ role, text }) => `${role}\n${text}`).join('\n');
    const expectSeed = async (sent: TextRequest, text: string): Promise<void> => {
      const seed = createRandomStream(text).split(sent.sampleIndex).bits() >>> 1;
      const { text: answer } = sampler.sample({ messages, seed, schema: sent.responseSchema });
      expect((await create().generate(sent)).text).toBe(answer);
    };
    await expectSeed({ ...request, sampleIndex: 3 }, body);
    // Keys sorted, as the seed must not depend on their order.
    const canonical = '{"a":1,"properties":{"b":{"items":{"type":"integer"},"type":"array"}},"type":"object"}';
    await expectSeed({ ...request, responseSchema }, `${body}\n${canonical}`);
  });

  it('reports usage, the end and its id', async () => {
    const sampler = createAnswerSampler({ knowledge, maxTokens: 3 });
    const model = create({ maxTokens: 3 });
    expect(model.id).toBe(sampler.id);
    expect(await model.generate(request)).toMatchObject({
      usage: { outputTokens: 3, estimated: false },
      finishReason: 'length',
      cached: false,
      latencyMs: 0,
    });
  });

  it.each([-1, 0.5, Number.NaN])('refuses the sample index %d', async (sampleIndex) => {
    await expect(create().generate({ ...request, sampleIndex })).rejects.toThrow(InvalidArgumentError);
  });

  it('stops for an aborted signal', async () => {
    const call = create().generate({ ...request, signal: AbortSignal.abort() });
    expect(await fail(call)).toMatchObject({ failure: 'aborted', possiblyPaid: false });
  });
});

describe('latency', () => {
  it('passes before the answer, is reported, and changes no answer', async () => {
    const waits: number[] = [];
    const model = create({
      latency: { meanMs: 100 },
      wait: async (ms) => void waits.push(ms),
    });
    const slow = await model.generate(request);
    expect(slow.text).toBe((await create().generate(request)).text);
    expect(waits).toEqual([slow.latencyMs]);
    expect(slow.latencyMs).toBeGreaterThanOrEqual(50);
    expect(slow.latencyMs).toBeLessThanOrEqual(150);
    const other = await model.generate({ ...request, sampleIndex: 1 });
    expect(other.latencyMs).not.toBe(slow.latencyMs);
    expect((await model.generate(request)).latencyMs).toBe(slow.latencyMs);
  });

  it('ends with an abort', async () => {
    const controller = new AbortController();
    const call = fail(create({ latency: { meanMs: 1e6 } }).generate({ ...request, signal: controller.signal }));
    controller.abort();
    expect(await call).toMatchObject({ failure: 'aborted', possiblyPaid: true });
  });

  it('lets other failures of a wait through', async () => {
    const wait = async (): Promise<void> => {
      throw new Error('no time');
    };
    await expect(create({ latency: { meanMs: 1 }, wait }).generate(request)).rejects.toThrow('no time');
  });
});

describe('faults', () => {
  it.each([
    [
      { rateLimit: 1, retryAfterMs: 200 },
      { failure: 'rate-limit', status: 429, retryAfterMs: 200, transient: true },
    ],
    [{ server: 1 }, { failure: 'server', status: 503, possiblyPaid: false, retryAfterMs: undefined }],
    [{ network: 1 }, { failure: 'network', status: undefined, possiblyPaid: true }],
    [{ timeout: 1 }, { failure: 'timeout', possiblyPaid: true }],
    [{ contentFilter: 1 }, { failure: 'content-filter', refusedPrompt: true, transient: false }],
  ])('%j rejects with %j', async (faults, expected) => {
    const error = await fail(create({ faults }).generate(request));
    expect(TextModelError.isInstance(error)).toBe(true);
    expect(error).toMatchObject(expected);
  });

  it('come after the latency, and a retry gets the answer of a model without faults', async () => {
    let waited = 0;
    const wait = async (): Promise<void> => void waited++;
    const model = create({ faults: { server: 0.7 }, latency: { meanMs: 1 }, wait });
    for (let sampleIndex = 0; sampleIndex < 10; sampleIndex++) {
      const before = waited;
      let attempts = 1;
      const ask = (): Promise<string> =>
        model.generate({ ...request, sampleIndex }).then(
          ({ text }) => text,
          (error: unknown) => {
            if (++attempts > 100) throw error;
            return ask();
          },
        );
      expect(await ask()).toBe((await create().generate({ ...request, sampleIndex })).text);
      expect(waited - before).toBe(attempts);
    }
    expect(waited).toBeGreaterThan(15);
  });
});
