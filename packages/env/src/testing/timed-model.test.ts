import { TextModelError, type TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { createManualClock } from './manual-clock.ts';
import { createTimedModel } from './timed-model.ts';

const ask = (sampleIndex: number, signal?: AbortSignal): TextRequest => ({
  messages: [{ role: 'user', text: 'abcd' }],
  sampleIndex,
  purpose: 'rank',
  ...(signal === undefined ? {} : { signal }),
});

describeTextModel({
  name: 'timed model',
  create: async () => ({
    model: createTimedModel({ clock: { now: () => 0, wait: async () => {} }, outcome: () => ({ answer: 'x' }) }),
  }),
  repeatable: true,
});

describe('createTimedModel', () => {
  it('answers and fails after the time told, and counts the calls under way', async () => {
    const clock = createManualClock();
    const model = createTimedModel({
      clock,
      outcome: ({ sampleIndex }, index) => ({
        afterMs: 10 * sampleIndex,
        answer: index === 1 ? new TextModelError('server', 'down') : `answer ${sampleIndex}`,
      }),
    });
    const calls = [model.generate(ask(2)), model.generate(ask(1))];
    const outcomes = Promise.allSettled(calls);
    await clock.advance(5);
    expect(model.running).toBe(2);
    await clock.advance(5);
    expect(model.running).toBe(1);
    expect(await clock.run(outcomes)).toMatchObject([
      { value: { text: 'answer 2', latencyMs: 20, usage: { inputTokens: 1, outputTokens: 2, estimated: true } } },
      { reason: { failure: 'server' } },
    ]);
    expect(model.peak).toBe(2);
    expect(model.requests.map(({ request, at }) => [request.sampleIndex, at])).toEqual([
      [2, 0],
      [1, 0],
    ]);
  });

  it('ends at an abort, possibly paid, and counts no request that was aborted before', async () => {
    const clock = createManualClock();
    const model = createTimedModel({ clock, outcome: () => ({ afterMs: 10, answer: 'x' }) });
    const controller = new AbortController();
    const call = model.generate(ask(0, controller.signal));
    controller.abort();
    await expect(call).rejects.toMatchObject({ failure: 'aborted', possiblyPaid: true });
    await expect(model.generate(ask(0, controller.signal))).rejects.toMatchObject({ possiblyPaid: false });
    expect(model.requests).toHaveLength(1);
    expect(model.running).toBe(0);
  });
});
