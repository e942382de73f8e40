import { type TextModel, TextModelError, type TextRequest, type TextResponse } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { fromFunction } from './from-function.ts';
import { withConcurrencyLimit } from './with-concurrency-limit.ts';

const ask = (sampleIndex: number, signal?: AbortSignal): TextRequest => ({
  messages: [{ role: 'user', text: 'a' }],
  sampleIndex,
  purpose: 'rank',
  ...(signal === undefined ? {} : { signal }),
});

/** A model whose calls end when the test says so. */
function createManualModel() {
  const started: number[] = [];
  const pending = new Map<number, { readonly end: () => void; readonly fail: (error: Error) => void }>();
  const model: TextModel = {
    id: 'manual',
    generate: ({ sampleIndex }) =>
      new Promise<TextResponse>((resolve, reject) => {
        started.push(sampleIndex);
        const response: TextResponse = {
          text: String(sampleIndex),
          usage: { inputTokens: 1, outputTokens: 1, estimated: true },
          cached: false,
          latencyMs: 0,
          finishReason: 'stop',
        };
        pending.set(sampleIndex, { end: () => resolve(response), fail: reject });
      }),
  };
  return { model, started, pending };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describeTextModel({
  name: 'limited model',
  create: async () => ({ model: withConcurrencyLimit(fromFunction({ id: 'm', answer: () => 'x' }), 2) }),
});

describe('withConcurrencyLimit', () => {
  it('never has more than the limit under way, and starts the others in order', async () => {
    const { model, started, pending } = createManualModel();
    const limited = withConcurrencyLimit(model, 2);
    const calls = [0, 1, 2, 3, 4].map((index) => limited.generate(ask(index)));
    await settle();
    expect(started).toEqual([0, 1]);
    pending.get(1)!.end();
    await settle();
    expect(started).toEqual([0, 1, 2]);
    // A call that comes while others wait does not overtake them, whatever frees the place.
    calls.push(limited.generate(ask(5)));
    pending.get(0)!.fail(new TextModelError('server', 'down'));
    await expect(calls[0]).rejects.toMatchObject({ failure: 'server' });
    await settle();
    expect(started).toEqual([0, 1, 2, 3]);
    for (const index of [2, 3, 4, 5]) {
      pending.get(index)!.end();
      await settle();
    }
    expect((await Promise.all(calls.slice(1))).map(({ text }) => text)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('frees its places when idle', async () => {
    const { model, started, pending } = createManualModel();
    const limited = withConcurrencyLimit(model, 1);
    for (let index = 0; index < 5; index++) {
      const call = limited.generate(ask(index));
      await settle();
      pending.get(index)!.end();
      await call;
    }
    expect(started).toEqual([0, 1, 2, 3, 4]);
  });

  it('rejects an aborted waiting call at once, never sends it and keeps the place for the next', async () => {
    const { model, started, pending } = createManualModel();
    const limited = withConcurrencyLimit(model, 1);
    const controller = new AbortController();
    const first = limited.generate(ask(0));
    const second = limited.generate(ask(1, controller.signal));
    const third = limited.generate(ask(2));
    await settle();
    controller.abort();
    // The first call is still under way.
    await expect(second).rejects.toMatchObject({ failure: 'aborted' });
    pending.get(0)!.end();
    await first;
    await settle();
    expect(started).toEqual([0, 2]);
    pending.get(2)!.end();
    expect((await third).text).toBe('2');
  });

  it('is not disturbed by an abort after the call has started', async () => {
    const { model, pending } = createManualModel();
    const limited = withConcurrencyLimit(model, 1);
    const controller = new AbortController();
    const first = limited.generate(ask(0));
    const second = limited.generate(ask(1, controller.signal));
    await settle();
    pending.get(0)!.end();
    await first;
    await settle();
    controller.abort();
    pending.get(1)!.end();
    // What to do with a running call is the model's business.
    expect((await second).text).toBe('1');
  });

  it.each([0, -1, 1.5, Number.POSITIVE_INFINITY])('rejects limit %s', (limit) => {
    expect(() => withConcurrencyLimit(createManualModel().model, limit)).toThrow('positive integer');
  });
});
