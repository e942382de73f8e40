import { createRandomStream, TextModelError, type TextModelFailure, type TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { createTimedModel, type TimedOutcome } from '../testing/timed-model.ts';
import { createBudget } from './budget.ts';
import { fromFunction } from './from-function.ts';
import { type GuardTextModelOptions, guardTextModel } from './guard-text-model.ts';
import type { RecordedCall } from './recorded-call.ts';
import { createMemoryStore } from './with-response-store.ts';

const random = createRandomStream('guard');
const ask = (sampleIndex: number, signal?: AbortSignal): TextRequest => ({
  messages: [{ role: 'user', text: 'abcd' }],
  sampleIndex,
  purpose: 'rank',
  ...(signal === undefined ? {} : { signal }),
});
const down = (failure: TextModelFailure = 'server', options = {}): TextModelError =>
  new TextModelError(failure, 'It is down.', options);

function createTimed(outcome: (request: TextRequest, index: number) => TimedOutcome) {
  const clock = createManualClock();
  return { clock, model: createTimedModel({ clock, outcome }) };
}

describeTextModel({
  name: 'guarded model',
  create: async () => ({
    model: guardTextModel(fromFunction({ id: 'm', answer: ({ sampleIndex }) => `x${sampleIndex}` }), {
      timeoutMs: 1000,
      adaptive: { maximum: 3 },
      requestsPerMinute: 100,
      tokensPerMinute: 100_000,
      retry: { random },
      budget: createBudget({ maxCalls: 100 }),
      store: createMemoryStore(),
      recording: () => {},
    }),
  }),
  repeatable: true,
});

describe('guardTextModel', () => {
  it('leaves out what is not asked for', () => {
    const { model } = createTimed(() => ({ answer: '' }));
    expect(guardTextModel(model, {})).toBe(model);
    expect(guardTextModel(model, { expectedOutputTokens: 3 })).toBe(model);
    expect(() => guardTextModel(model, { concurrency: 1, adaptive: { maximum: 1 } })).toThrow('absent where adaptive');
  });

  it.each([
    [{ timeout: 3 }, 'timeout'],
    [{ requestPerMinute: 3, requestsPerMinute: 3 }, 'requestPerMinute'],
    [{ toString: undefined }, 'toString'],
  ])('refuses unknown options: %j', (options, name) => {
    const { model } = createTimed(() => ({ answer: '' }));
    const known =
      'adaptive, budget, clock, concurrency, countTokens, expectedOutputTokens, maximumPauseMs, prices, recording, ' +
      'requestsPerMinute, retry, store, timeoutMs, tokensPerMinute';
    expect(() => guardTextModel(model, options as GuardTextModelOptions)).toThrow(
      `Expected options to be without unknown names, received "${name}". The options are ${known}.`,
    );
  });

  it('asks, pays and records nothing for what is stored', async () => {
    const { clock, model } = createTimed(() => ({ answer: 'fine' }));
    const budget = createBudget({ maxCalls: 1 });
    const calls: RecordedCall[] = [];
    const recording = (call: RecordedCall): void => {
      calls.push(call);
    };
    const guarded = guardTextModel(model, {
      budget,
      recording,
      store: createMemoryStore(),
      requestsPerMinute: 1,
      clock,
    });
    await clock.run(guarded.generate(ask(0)));
    expect(await clock.run(guarded.generate(ask(0)))).toMatchObject({ text: 'fine', cached: true });
    expect(clock.now()).toBe(0);
    expect(calls).toHaveLength(1);
    expect(budget.spent().calls).toBe(1);
  });

  it('counts each attempt in the budget and records the outcome once', async () => {
    const { clock, model } = createTimed((_, index) => ({ answer: index < 2 ? down('network') : 'fine' }));
    const budget = createBudget({ maxCalls: 3 });
    const calls: RecordedCall[] = [];
    const guarded = guardTextModel(model, {
      budget,
      retry: { random },
      recording(call) {
        calls.push(call);
      },
      clock,
    });
    expect(await clock.run(guarded.generate(ask(0)))).toMatchObject({ text: 'fine', attempts: 3 });
    expect(budget.spent()).toMatchObject({ calls: 1, failedCalls: 0, possiblyPaidCalls: 2 });
    expect(calls).toMatchObject([{ response: { attempts: 3 } }]);
    await expect(clock.run(guarded.generate(ask(1)))).rejects.toMatchObject({ failure: 'budget' });
    expect(model.requests).toHaveLength(3);
  });

  it('ends retries where the budget ends, and says what may have been paid', async () => {
    const { clock, model } = createTimed(() => ({ answer: down('network') }));
    const guarded = guardTextModel(model, { budget: createBudget({ maxCalls: 2 }), retry: { random }, clock });
    await expect(clock.run(guarded.generate(ask(0)))).rejects.toMatchObject({ failure: 'budget', possiblyPaid: true });
    expect(model.requests).toHaveLength(2);
  });

  it('holds no place while it waits for a retry', async () => {
    const { clock, model } = createTimed((_, index) => ({
      afterMs: 1,
      answer: index === 0 ? down('server', { retryAfterMs: 1000 }) : 'fine',
    }));
    const guarded = guardTextModel(model, { concurrency: 1, retry: { random }, clock });
    const calls = [guarded.generate(ask(0)), guarded.generate(ask(1))];
    await clock.advance(10);
    expect(model.requests.map(({ request }) => request.sampleIndex)).toEqual([0, 1]);
    await clock.run(Promise.all(calls));
  });

  it('does not count the wait for a place as time of the model, and lets limits a minute see real starts', async () => {
    const { clock, model } = createTimed((_, index) => ({ afterMs: index === 0 ? 59_000 : 0, answer: 'fine' }));
    const guarded = guardTextModel(model, { concurrency: 1, requestsPerMinute: 2, timeoutMs: 59_001, clock });
    await clock.run(Promise.all([0, 1, 2, 3].map((index) => guarded.generate(ask(index)))));
    // A limit outside the line would count the second at 0, and let three start between 59,000 and 60,000.
    expect(model.requests.map(({ at }) => at)).toEqual([0, 59_000, 60_000, 119_000]);
  });

  it('does not count the wait for the minute to end as time of the model', async () => {
    const { clock, model } = createTimed(() => ({ answer: 'fine' }));
    const guarded = guardTextModel(model, { requestsPerMinute: 1, timeoutMs: 1000, clock });
    await clock.run(Promise.all([guarded.generate(ask(0)), guarded.generate(ask(1))]));
    expect(clock.now()).toBe(60_000);
  });

  it.each([{ concurrency: 1 }, { adaptive: { maximum: 1 } }])(
    'reserves nothing for calls that wait in line: %j',
    async (limit) => {
      const { clock, model } = createTimed(() => ({ afterMs: 100, answer: 'fine' }));
      // Each call reserves 1 + 10 tokens and takes 2: five fit one after the other, and two at once.
      const budget = createBudget({ maxTokens: 22, expectedOutputTokens: 10, clock });
      const guarded = guardTextModel(model, { ...limit, budget, clock });
      await clock.run(Promise.all([0, 1, 2, 3, 4].map((index) => guarded.generate(ask(index)))));
      expect(budget.spent()).toMatchObject({ calls: 5, failedCalls: 0 });
    },
  );

  it.each([{ concurrency: 1 }, { adaptive: { maximum: 1 } }, { requestsPerMinute: 1 }])(
    'sends no call after the end of the budget, however long it waited, and keeps none waiting: %j',
    async (limit) => {
      const { clock, model } = createTimed(() => ({ afterMs: 60_000, answer: 'fine' }));
      const budget = createBudget({ maxSeconds: 100, clock });
      const guarded = guardTextModel(model, { ...limit, budget, clock });
      const calls = Array.from({ length: 50 }, (_, index) => guarded.generate(ask(index)));
      const outcomes = await clock.run(Promise.allSettled(calls));
      expect(model.requests.map(({ at }) => at)).toEqual([0, 60_000]);
      expect(outcomes.slice(2).every(({ status }) => status === 'rejected')).toBe(true);
      expect(clock.now()).toBe(120_000);
    },
  );

  it('holds calls back for retry-after that wait for the minute to end as well', async () => {
    const { clock, model } = createTimed(({ sampleIndex }) => ({
      afterMs: 59_000,
      answer: sampleIndex === 0 ? down('rate-limit', { retryAfterMs: 30_000 }) : 'fine',
    }));
    const guarded = guardTextModel(model, { adaptive: { maximum: 3 }, requestsPerMinute: 2, clock });
    await clock.run(Promise.allSettled([0, 1, 2].map((index) => guarded.generate(ask(index)))));
    expect(model.requests.map(({ at }) => at)).toEqual([0, 0, 89_000]);
  });

  it('shows the adaptive limit what the provider reports', async () => {
    const limits: number[] = [];
    const { clock, model } = createTimed((_, index) => ({ answer: index === 0 ? down('rate-limit') : 'fine' }));
    const adaptive = { maximum: 4, onLimit: (limit: number) => limits.push(limit) };
    await clock.run(guardTextModel(model, { adaptive, retry: { random }, clock }).generate(ask(0)));
    expect(limits).toEqual([2]);
  });

  it('ends every call in one answer or typed failure, within all limits, and asks for no answer twice', async () => {
    const failures = ['rate-limit', 'server', 'network', 'stall', 'bad-request', 'content-filter'] as const;
    const attempt = fc.record({
      afterMs: fc.integer({ min: 0, max: 3000 }),
      outcome: fc.oneof(fc.constant('answer' as const), fc.constantFrom(...failures)),
    });
    const call = fc.record({
      gapMs: fc.integer({ min: 0, max: 5000 }),
      key: fc.integer({ min: 0, max: 15 }),
      abortAfterMs: fc.option(fc.integer({ min: 0, max: 5000 }), { freq: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 1, maxLength: 30 }),
        fc.array(attempt, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (calls, attempts, concurrency, adapts) => {
          const answered: number[] = [];
          const { clock, model } = createTimed(({ sampleIndex }, index) => {
            const { afterMs, outcome } = attempts[index % attempts.length]!;
            if (outcome === 'stall') return { afterMs: 1_000_000, answer: 'late' };
            return {
              afterMs,
              answer: outcome === 'answer' ? String(sampleIndex) : down(outcome, { retryAfterMs: 20 }),
            };
          });
          const watched = {
            id: model.id,
            generate: async (request: TextRequest) => {
              const response = await model.generate(request);
              answered.push(request.sampleIndex);
              return response;
            },
          };
          const budget = createBudget({ maxCalls: 25, clock });
          const recorded: RecordedCall[] = [];
          const guarded = guardTextModel(watched, {
            timeoutMs: 2500,
            ...(adapts ? { adaptive: { maximum: concurrency } } : { concurrency }),
            requestsPerMinute: 10,
            tokensPerMinute: 3000,
            retry: { maxRetries: 3, random },
            budget,
            store: createMemoryStore(),
            recording(entry) {
              recorded.push(entry);
            },
            clock,
          });
          const outcomes: Promise<unknown>[] = [];
          for (const [index, { gapMs, key, abortAfterMs }] of calls.entries()) {
            await clock.advance(gapMs);
            const controller = new AbortController();
            if (abortAfterMs !== null) void clock.wait(abortAfterMs).then(() => controller.abort());
            outcomes.push(
              guarded.generate(ask(key, controller.signal)).then(
                ({ text }) => expect(text).toBe(String(calls[index]!.key)),
                (error) => {
                  if (!TextModelError.isInstance(error)) throw error;
                },
              ),
            );
          }
          await clock.run(Promise.all(outcomes));
          expect(model.peak).toBeLessThanOrEqual(concurrency);
          for (const { at } of model.requests) {
            const window = model.requests.filter((request) => request.at >= at && request.at - at < 60_000);
            expect(window.length).toBeLessThanOrEqual(10);
          }
          expect(new Set(answered).size).toBe(answered.length);
          const { calls: paid, failedCalls, possiblyPaidCalls } = budget.spent();
          expect(paid).toBe(answered.length);
          expect(paid + possiblyPaidCalls).toBeLessThanOrEqual(25);
          // Calls that were aborted in line were never sent.
          expect(paid + failedCalls + possiblyPaidCalls).toBe(model.requests.length);
          expect(recorded.filter((entry) => 'response' in entry)).toHaveLength(answered.length);
        },
      ),
    );
  });
});
