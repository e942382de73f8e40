import { TextModelError, type TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { createTimedModel, type TimedOutcome } from '../testing/timed-model.ts';
import { fromFunction } from './from-function.ts';
import { withAdaptiveConcurrency } from './with-adaptive-concurrency.ts';

const ask = (sampleIndex: number, signal?: AbortSignal): TextRequest => ({
  messages: [{ role: 'user', text: 'a' }],
  sampleIndex,
  purpose: 'rank',
  ...(signal === undefined ? {} : { signal }),
});
const slowDown = (retryAfterMs?: number): TextModelError =>
  new TextModelError('rate-limit', 'Too many requests.', { status: 429, retryAfterMs });

function createTimed(outcome: (request: TextRequest, index: number) => TimedOutcome) {
  const clock = createManualClock();
  const model = createTimedModel({ clock, outcome });
  const limits: number[] = [];
  return { clock, model, limits, onLimit: (limit: number) => limits.push(limit) };
}

describeTextModel({
  name: 'adaptively limited model',
  create: async () => ({
    model: withAdaptiveConcurrency(fromFunction({ id: 'm', answer: () => 'x' }), { maximum: 3 }),
  }),
});

describe('withAdaptiveConcurrency', () => {
  it('halves once for calls under way together, then rises by one for as many successes as the limit', async () => {
    // The first eight are under way together and all fail.
    const { clock, model, limits, onLimit } = createTimed((_, index) => ({
      afterMs: 10,
      answer: index < 8 ? slowDown() : 'fine',
    }));
    const limited = withAdaptiveConcurrency(model, { maximum: 8, clock, onLimit });
    const calls = Array.from({ length: 40 }, (_, index) => limited.generate(ask(index)));
    await clock.run(Promise.allSettled(calls));
    expect(limits).toEqual([4, 5, 6, 7, 8]);
    const startsAt = (at: number): number => model.requests.filter((request) => request.at === at).length;
    // 10: four of a limit of 4 succeed at 20, the last of which raises it to 5; 25 left, and so on.
    expect([0, 10, 20, 30].map(startsAt)).toEqual([8, 4, 5, 6]);
  });

  it('never falls below the minimum nor rises above the maximum', async () => {
    const { clock, model, limits, onLimit } = createTimed((_, index) => ({
      afterMs: 1,
      answer: index < 4 ? slowDown() : 'fine',
    }));
    const limited = withAdaptiveConcurrency(model, { minimum: 2, maximum: 3, initial: 2, decrease: 0, clock, onLimit });
    const calls = Array.from({ length: 20 }, (_, index) => limited.generate(ask(index)));
    await clock.run(Promise.allSettled(calls));
    expect(limits).toEqual([3]);
  });

  it('does not take successes for a sign where the limit was not reached, or before the last decrease', async () => {
    const { clock, model, limits, onLimit } = createTimed(({ sampleIndex }) => ({
      afterMs: sampleIndex,
      answer: sampleIndex === 1 ? slowDown() : 'fine',
    }));
    const limited = withAdaptiveConcurrency(model, { maximum: 4, clock, onLimit });
    // 1 fails at 1; the others began before that.
    await clock.run(Promise.allSettled([1, 2, 3, 4].map((index) => limited.generate(ask(index)))));
    expect(limits).toEqual([2]);
    for (let index = 0; index < 10; index++) await clock.run(limited.generate(ask(5)));
    expect(limits).toEqual([2]);
    await clock.run(Promise.all([limited.generate(ask(5)), limited.generate(ask(6)), limited.generate(ask(5))]));
    expect(limits).toEqual([2, 3]);
  });

  it('starts nothing until the time is over that the provider asked for', async () => {
    const { clock, model } = createTimed(({ sampleIndex }) => ({
      afterMs: 10,
      answer: sampleIndex === 0 ? slowDown(5000) : 'fine',
    }));
    const limited = withAdaptiveConcurrency(model, { maximum: 2, clock });
    const calls = [0, 1, 2, 3].map((index) => limited.generate(ask(index)));
    await clock.run(Promise.allSettled(calls));
    expect(model.requests.map(({ at }) => at)).toEqual([0, 0, 5010, 5020]);
    expect(clock.waiting).toBe(0);
  });

  it('cuts a longer pause', async () => {
    const { clock, model } = createTimed((_, index) => ({ answer: index === 0 ? slowDown(86_400_000) : 'fine' }));
    const limited = withAdaptiveConcurrency(model, { maximum: 1, maximumPauseMs: 100, clock });
    await clock.run(Promise.allSettled([limited.generate(ask(0)), limited.generate(ask(1))]));
    expect(model.requests.map(({ at }) => at)).toEqual([0, 100]);
  });

  it('is not slowed down by other failures', async () => {
    const { clock, model, limits, onLimit } = createTimed(() => ({ answer: new TextModelError('server', 'down') }));
    const limited = withAdaptiveConcurrency(model, { maximum: 4, clock, onLimit });
    await clock.run(Promise.allSettled([0, 1, 2, 3].map((index) => limited.generate(ask(index)))));
    expect(limits).toEqual([]);
  });

  it('passes failures on, and lets waiting calls leave', async () => {
    const { clock, model, limits, onLimit } = createTimed(({ sampleIndex }) => ({
      afterMs: 10,
      answer: sampleIndex === 0 ? new TextModelError('server', 'down') : 'fine',
    }));
    const limited = withAdaptiveConcurrency(model, { maximum: 1, clock, onLimit });
    const controller = new AbortController();
    const calls = [ask(0), ask(1, controller.signal), ask(2)].map((request) => limited.generate(request));
    const settled = Promise.allSettled(calls);
    controller.abort();
    await expect(calls[1]).rejects.toMatchObject({ failure: 'aborted' });
    expect(await clock.run(settled)).toMatchObject([
      { reason: { failure: 'server' } },
      { reason: { failure: 'aborted' } },
      { value: { text: 'fine' } },
    ]);
    expect(limits).toEqual([]);
    expect(model.requests.map(({ request }) => request.sampleIndex)).toEqual([0, 2]);
    expect(limited.id).toBe('timed');
  });

  it('never has more under way than the present limit, whatever fails when', async () => {
    const call = fc.record({
      gapMs: fc.integer({ min: 0, max: 20 }),
      afterMs: fc.integer({ min: 0, max: 50 }),
      outcome: fc.constantFrom('answer', 'answer', 'answer', 'rate-limit', 'retry-after', 'server', 'abort'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        async (calls, maximum) => {
          let limit = maximum;
          let pausedUntil = 0;
          const clock = createManualClock();
          const model = createTimedModel({
            clock,
            outcome({ sampleIndex }) {
              // Not counted yet.
              expect(model.running).toBeLessThan(limit);
              expect(clock.now()).toBeGreaterThanOrEqual(pausedUntil);
              const { afterMs, outcome } = calls[sampleIndex]!;
              if (outcome === 'rate-limit') return { afterMs, answer: slowDown() };
              if (outcome === 'retry-after') return { afterMs, answer: slowDown(30) };
              return {
                afterMs,
                answer: outcome === 'server' ? new TextModelError('server', 'down') : String(sampleIndex),
              };
            },
          });
          const limited = withAdaptiveConcurrency(model, {
            maximum,
            clock,
            onLimit(next) {
              expect(next).toBeGreaterThanOrEqual(1);
              expect(next).toBeLessThanOrEqual(maximum);
              limit = next;
            },
          });
          const outcomes: Promise<unknown>[] = [];
          for (const [index, { gapMs, outcome }] of calls.entries()) {
            await clock.advance(gapMs);
            const controller = new AbortController();
            outcomes.push(
              limited.generate(ask(index, controller.signal)).then(
                ({ text }) => expect(text).toBe(String(index)),
                (error) => {
                  if (!TextModelError.isInstance(error)) throw error;
                  if (error.retryAfterMs !== undefined) pausedUntil = clock.now() + 30;
                },
              ),
            );
            if (outcome === 'abort') controller.abort();
          }
          await clock.run(Promise.all(outcomes));
          expect(model.running).toBe(0);
        },
      ),
    );
  });

  it.each([
    { maximum: 0 },
    { minimum: 0, maximum: 1 },
    { minimum: 3, maximum: 2 },
    { maximum: 2, initial: 3 },
    { minimum: 2, maximum: 4, initial: 1 },
    { maximum: 2, decrease: 1 },
    { maximum: 2, decrease: -0.1 },
    { maximum: 2, maximumPauseMs: -1 },
  ])('refuses %j', (options) => {
    expect(() => withAdaptiveConcurrency(createTimed(() => ({ answer: '' })).model, options)).toThrow('Expected');
  });
});
