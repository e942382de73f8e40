import {
  createRandomStream,
  type TextModel,
  TextModelError,
  type TextModelFailure,
  type TextRequest,
} from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { createTimedModel, type TimedOutcome } from '../testing/timed-model.ts';
import { fromFunction } from './from-function.ts';
import { guardTextModel } from './guard-text-model.ts';
import { type RetryOptions, type RetryRecord, withRetry } from './with-retry.ts';

const random = createRandomStream('retry');
const ask = (sampleIndex: number, signal?: AbortSignal): TextRequest => ({
  messages: [{ role: 'user', text: 'a' }],
  sampleIndex,
  purpose: 'rank',
  ...(signal === undefined ? {} : { signal }),
});
const down = (failure: TextModelFailure = 'server', options = {}): TextModelError =>
  new TextModelError(failure, 'It is down.', options);

function createTimed(outcome: (request: TextRequest, index: number) => TimedOutcome) {
  const clock = createManualClock();
  const model = createTimedModel({ clock, outcome });
  const records: RetryRecord[] = [];
  return { clock, model, records, onRetry: (record: RetryRecord) => records.push(record) };
}

describeTextModel({
  name: 'retried model',
  create: async () => ({ model: withRetry(fromFunction({ id: 'm', answer: () => 'x' }), { random }) }),
});

describe('withRetry', () => {
  it('sends again until an answer comes, and counts the requests', async () => {
    const { clock, model, records, onRetry } = createTimed((_, index) => ({
      answer: index < 3 ? down() : 'I am sorry, error 500',
    }));
    const retried = withRetry(model, { random, clock, onRetry });
    expect(await clock.run(retried.generate(ask(0)))).toMatchObject({ text: 'I am sorry, error 500', attempts: 4 });
    expect(records.map(({ attempts }) => attempts)).toEqual([1, 2, 3]);
    expect(records[0]).toMatchObject({ request: ask(0), error: { failure: 'server' } });
    const gaps = model.requests.slice(1).map(({ at }, index) => at - model.requests[index]!.at);
    for (const [index, { delayMs }] of records.entries()) {
      expect(gaps[index]).toBeCloseTo(delayMs, 6);
      expect(delayMs).toBeGreaterThan(0);
      expect(delayMs).toBeLessThan(500 * 2 ** index);
    }
    expect(retried.id).toBe('timed');
  });

  it('adds to the attempts that the answer tells of, and says 1 where none failed', async () => {
    const response = await fromFunction({ id: 'm', answer: () => 'x' }).generate(ask(0));
    let failures = 1;
    const model: TextModel = {
      id: 'm',
      generate: () => (failures-- > 0 ? Promise.reject(down()) : Promise.resolve({ ...response, attempts: 2 })),
    };
    const clock = createManualClock();
    expect((await clock.run(withRetry(model, { random, clock }).generate(ask(0)))).attempts).toBe(3);
    expect((await withRetry(createScriptedModel(['x']), { random }).generate(ask(0))).attempts).toBe(1);
  });

  it('draws waits that depend on the request and on the attempt, not on the order of calls', async () => {
    const collect = async (order: readonly number[]): Promise<Map<string, number>> => {
      const { clock, model, records, onRetry } = createTimed(() => ({ answer: down() }));
      const retried = withRetry(model, { maxRetries: 2, random, clock, onRetry });
      await clock.run(Promise.allSettled(order.map((index) => retried.generate(ask(index)))));
      return new Map(
        records.map(({ request, attempts, delayMs }) => [`${request.sampleIndex} ${attempts}`, delayMs] as const),
      );
    };
    const [first, second] = [await collect([0, 1, 2]), await collect([2, 0, 1])];
    expect(first.size).toBe(6);
    expect(new Set(first.values()).size).toBe(6);
    for (const [key, delayMs] of first) expect(second.get(key)).toBe(delayMs);
  });

  it('passes the longest wait and no more, however often it doubles', async () => {
    const { clock, model, records, onRetry } = createTimed(() => ({ answer: down() }));
    const retried = withRetry(model, { maxRetries: 1100, maximumDelayMs: 10, random, clock, onRetry });
    await expect(clock.run(retried.generate(ask(0)))).rejects.toMatchObject({ failure: 'server' });
    expect(records).toHaveLength(1100);
    const longest = Math.max(...records.map(({ delayMs }) => delayMs));
    expect(longest).toBeLessThanOrEqual(10);
    expect(longest).toBeGreaterThan(9.5);
    const unpaused = withRetry(model, { maxRetries: 1100, initialDelayMs: 0, random, clock, onRetry });
    await expect(clock.run(unpaused.generate(ask(1)))).rejects.toMatchObject({ failure: 'server' });
    expect(records.slice(1100).every(({ delayMs }) => delayMs === 0)).toBe(true);
  });

  it('waits at least as long as the provider asks', async () => {
    const { clock, model, records, onRetry } = createTimed((_, index) => ({
      answer: index === 0 ? down('rate-limit', { retryAfterMs: 7000 }) : 'fine',
    }));
    await clock.run(withRetry(model, { random, clock, onRetry }).generate(ask(0)));
    expect(records[0]!.delayMs).toBeGreaterThan(7000);
    expect(records[0]!.delayMs).toBeLessThan(7500);
    // The longest wait bounds what is added.
    const bounded = createTimed((_, index) => ({
      answer: index === 0 ? down('rate-limit', { retryAfterMs: 7000 }) : 'fine',
    }));
    await bounded.clock.run(
      withRetry(bounded.model, { maximumDelayMs: 7000, random, clock: bounded.clock }).generate(ask(0)),
    );
    expect(bounded.clock.now()).toBe(7000);
  });

  it('gives up where the provider asks for more than the longest wait', async () => {
    const failure = down('rate-limit', { retryAfterMs: 60_001, status: 429 });
    const { clock, model } = createTimed(() => ({ answer: failure }));
    await expect(clock.run(withRetry(model, { random, clock }).generate(ask(0)))).rejects.toBe(failure);
    expect(model.requests).toHaveLength(1);
  });

  it('says how often it tried, keeps the last failure and what may have been paid', async () => {
    const failures = [down('timeout'), down('server', { status: 503, retryAfterMs: 1 })];
    const { clock, model } = createTimed((_, index) => ({ answer: failures[index]! }));
    const call = clock.run(withRetry(model, { maxRetries: 1, random, clock }).generate(ask(0)));
    await expect(call).rejects.toMatchObject({
      failure: 'server',
      status: 503,
      retryAfterMs: 1,
      possiblyPaid: true,
      message: 'It is down. (2 requests were sent; the one before failed with timeout.)',
      cause: failures[1],
    });
    const unpaid = createTimed(() => ({ answer: down() }));
    await expect(
      unpaid.clock.run(withRetry(unpaid.model, { maxRetries: 1, random, clock: unpaid.clock }).generate(ask(0))),
    ).rejects.toMatchObject({ possiblyPaid: false });
  });

  it('fails fast without retries, and at once for permanent failures and mistakes in code', async () => {
    const clock = createManualClock();
    for (const [failure, maxRetries] of [
      [down(), 0],
      [down('authentication'), 5],
      [down('context-length'), 5],
      [down('budget'), 5],
    ] as const) {
      const model = createScriptedModel([failure]);
      await expect(withRetry(model, { maxRetries, random, clock }).generate(ask(0))).rejects.toBe(failure);
    }
    const broken = fromFunction({
      id: 'm',
      answer() {
        throw new RangeError('mine');
      },
    });
    await expect(withRetry(broken, { random, clock }).generate(ask(0))).rejects.toBeInstanceOf(RangeError);
  });

  it('stops waiting at an abort, possibly paid where an earlier request was', async () => {
    const { clock, model } = createTimed(() => ({ answer: down('network') }));
    const controller = new AbortController();
    const call = withRetry(model, { random, clock }).generate(ask(0, controller.signal));
    await clock.advance(0);
    expect(clock.waiting).toBe(1);
    controller.abort();
    await expect(call).rejects.toMatchObject({
      failure: 'aborted',
      possiblyPaid: true,
      message: expect.stringContaining('1 request was sent'),
    });
    expect(clock.waiting).toBe(0);
    expect(model.requests).toHaveLength(1);
  });

  it('ends every call in an answer or a typed failure, and never asks again for one that was answered', async () => {
    const failure = fc.constantFrom<TextModelFailure>('rate-limit', 'server', 'network', 'timeout', 'bad-request');
    const attempt = fc.record({ afterMs: fc.integer({ min: 0, max: 2000 }), failure: fc.option(failure) });
    const plans = fc.array(fc.array(attempt, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 0, max: 4 }), async (calls, maxRetries) => {
        const sent = calls.map(() => 0);
        const { clock, model } = createTimed(({ sampleIndex }) => {
          const plan = calls[sampleIndex]!;
          const { afterMs, failure } = plan[Math.min(sent[sampleIndex]!++, plan.length - 1)]!;
          return { afterMs, answer: failure === null ? String(sampleIndex) : down(failure) };
        });
        const retried = withRetry(model, { maxRetries, random, clock });
        const outcomes = await clock.run(Promise.allSettled(calls.map((_, index) => retried.generate(ask(index)))));
        for (const [index, outcome] of outcomes.entries()) {
          const plan = Array.from({ length: maxRetries + 1 }, (_, n) => calls[index]![n] ?? calls[index]!.at(-1)!);
          const end = plan.findIndex(({ failure }) => failure === null || failure === 'bad-request');
          const last = end < 0 ? plan.length - 1 : end;
          expect(sent[index]).toBe(last + 1);
          if (outcome.status === 'fulfilled') {
            expect(plan[last]!.failure).toBeNull();
            expect(outcome.value).toMatchObject({ text: String(index), attempts: last + 1 });
          } else {
            const mayBePaid = plan
              .slice(0, last + 1)
              .some((part) => part.failure === 'network' || part.failure === 'timeout');
            expect(outcome.reason).toMatchObject({ failure: plan[last]!.failure, possiblyPaid: mayBePaid });
          }
        }
      }),
    );
  });

  it.each([
    ['no options', undefined],
    ['no stream', {}],
    ['a number', { random: 3 }],
    ['a seed', { random: 'seed' }],
    ['a function', { random: () => 0.5 }],
    ['null', { random: null }],
  ])('refuses %s for random', (_what, options) => {
    const words = /Expected random to be a RandomStream with split, received .+ Pass createRandomStream\(seed\)\./;
    expect(() => withRetry(createScriptedModel([]), options as unknown as RetryOptions)).toThrow(words);
    if (options !== undefined) {
      const retry = options as unknown as RetryOptions;
      expect(() => guardTextModel(createScriptedModel([]), { retry })).toThrow(words);
    }
  });

  it.each([{ maxRetries: -1 }, { maxRetries: 0.5 }, { initialDelayMs: -1 }, { maximumDelayMs: Number.NaN }])(
    'refuses %j',
    (options) => {
      expect(() => withRetry(createScriptedModel([]), { random, ...options })).toThrow('Expected');
    },
  );
});
