import { TextModelError, type TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { createTimedModel, type TimedOutcome } from '../testing/timed-model.ts';
import { fromFunction } from './from-function.ts';
import { withRateLimit } from './with-rate-limit.ts';

const ask = (sampleIndex: number, tokens = 1, signal?: AbortSignal): TextRequest => ({
  messages: [{ role: 'user', text: 'a'.repeat(4 * tokens) }],
  sampleIndex,
  purpose: 'rank',
  ...(signal === undefined ? {} : { signal }),
});

function createTimed(outcome: (request: TextRequest) => TimedOutcome = () => ({ answer: '' })) {
  const clock = createManualClock();
  const model = createTimedModel({ clock, outcome });
  const starts = (): (readonly [number, number])[] =>
    model.requests.map(({ request, at }) => [request.sampleIndex, at] as const);
  return { clock, model, starts };
}

describeTextModel({
  name: 'rate-limited model',
  create: async () => ({
    model: withRateLimit(fromFunction({ id: 'm', answer: () => 'x' }), {
      requestsPerMinute: 100,
      tokensPerMinute: 100_000,
    }),
  }),
});

describe('withRateLimit', () => {
  it('starts a full minute of calls at once and the others, in order, as the window slides', async () => {
    const { clock, model, starts } = createTimed();
    const limited = withRateLimit(model, { requestsPerMinute: 2, clock });
    const first = limited.generate(ask(0));
    await clock.advance(1000);
    await clock.run(Promise.all([first, ...[1, 2, 3, 4].map((index) => limited.generate(ask(index)))]));
    expect(starts()).toEqual([
      [0, 0],
      [1, 1000],
      [2, 60_000],
      [3, 61_000],
      [4, 120_000],
    ]);
    expect(limited.id).toBe('timed');
  });

  it('reserves tokens before a call and corrects them by its usage', async () => {
    // Each call sends 2 tokens, is expected to write 8 and writes 3: 10 reserved, 5 used.
    const { clock, model, starts } = createTimed(() => ({ afterMs: 100, answer: 'a'.repeat(12) }));
    const limited = withRateLimit(model, { tokensPerMinute: 20, expectedOutputTokens: 8, clock });
    await clock.run(Promise.all([0, 1, 2, 3].map((index) => limited.generate(ask(index, 2)))));
    // At 100 the first two leave 10 free for one more, at 200 that one has used 15 in all: the last waits for a minute.
    expect(starts()).toEqual([
      [0, 0],
      [1, 0],
      [2, 100],
      [3, 60_000],
    ]);
  });

  it('takes more than was expected off what follows', async () => {
    const { clock, model, starts } = createTimed(() => ({ answer: 'a'.repeat(40) }));
    const limited = withRateLimit(model, { tokensPerMinute: 12, expectedOutputTokens: 1, clock });
    await clock.run(limited.generate(ask(0)));
    await clock.run(limited.generate(ask(1)));
    expect(starts()).toEqual([
      [0, 0],
      [1, 60_000],
    ]);
  });

  it('gives a call above the limit a window of its own', async () => {
    const { clock, model, starts } = createTimed();
    const limited = withRateLimit(model, { tokensPerMinute: 10, expectedOutputTokens: 0, clock });
    await clock.run(Promise.all([ask(0, 1), ask(1, 500), ask(2, 1)].map((request) => limited.generate(request))));
    expect(starts()).toEqual([
      [0, 0],
      [1, 60_000],
      [2, 120_000],
    ]);
  });

  it('gives the share of an answer back that no model was asked for, and keeps that of a failure', async () => {
    const { clock, model, starts } = createTimed(() => ({ answer: new TextModelError('server', 'down') }));
    let cached = true;
    const limited = withRateLimit(
      {
        id: 'm',
        generate: async (request) =>
          cached
            ? { ...(await fromFunction({ id: 'm', answer: () => '' }).generate(request)), cached }
            : model.generate(request),
      },
      { requestsPerMinute: 1, clock },
    );
    await limited.generate(ask(0));
    await limited.generate(ask(1));
    cached = false;
    await expect(clock.run(limited.generate(ask(2)))).rejects.toMatchObject({ failure: 'server' });
    await expect(clock.run(limited.generate(ask(3)))).rejects.toMatchObject({ failure: 'server' });
    expect(starts()).toEqual([
      [2, 0],
      [3, 60_000],
    ]);
  });

  it('lets a waiting call leave at once, and the next one go if it fits', async () => {
    const { clock, model, starts } = createTimed();
    const limited = withRateLimit(model, { tokensPerMinute: 10, expectedOutputTokens: 0, clock });
    const controller = new AbortController();
    await clock.run(limited.generate(ask(0, 5)));
    const big = limited.generate(ask(1, 9, controller.signal));
    const small = limited.generate(ask(2, 5));
    controller.abort();
    await expect(big).rejects.toMatchObject({ failure: 'aborted', possiblyPaid: false });
    await clock.run(small);
    expect(starts()).toEqual([
      [0, 0],
      [2, 0],
    ]);
    expect(clock.waiting).toBe(0);
  });

  it('ignores the usage of a call that outlasts the window', async () => {
    const { clock, model, starts } = createTimed(({ sampleIndex }) => ({
      afterMs: sampleIndex === 0 ? 70_000 : 0,
      answer: 'a'.repeat(400),
    }));
    const limited = withRateLimit(model, { requestsPerMinute: 1, tokensPerMinute: 500, clock });
    const first = limited.generate(ask(0));
    await clock.advance(70_000);
    await first;
    await clock.run(limited.generate(ask(1)));
    await clock.run(limited.generate(ask(2)));
    expect(starts()).toEqual([
      [0, 0],
      [1, 70_000],
      [2, 130_000],
    ]);
  });

  it('keeps a call out until the minute is over to the last fraction of a millisecond', async () => {
    const { clock, model, starts } = createTimed();
    const limited = withRateLimit(model, { requestsPerMinute: 1, clock });
    await clock.run(limited.generate(ask(0)));
    await clock.advance(59_999.75);
    await clock.run(limited.generate(ask(1)));
    // Waits are whole milliseconds.
    expect(starts()).toEqual([
      [0, 0],
      [1, 60_000.75],
    ]);
  });

  it('does not let the usage of a call that outlasts the window touch those inside', async () => {
    const { clock, model, starts } = createTimed(({ sampleIndex }) => ({
      afterMs: sampleIndex === 0 ? 70_000 : 0,
      answer: sampleIndex === 0 ? 'a'.repeat(1600) : '',
    }));
    const limited = withRateLimit(model, { tokensPerMinute: 500, expectedOutputTokens: 0, clock });
    const first = limited.generate(ask(0));
    await clock.advance(65_000);
    await clock.run(limited.generate(ask(1, 200)));
    await clock.advance(5000);
    await first;
    await clock.run(limited.generate(ask(2, 300)));
    expect(starts()).toEqual([
      [0, 0],
      [1, 65_000],
      [2, 70_000],
    ]);
  });

  it('counts with the tokenizer given, be its counts whole or not', async () => {
    const { clock, model, starts } = createTimed();
    const countTokens = (text: string): number => text.length / 40;
    const limited = withRateLimit(model, { tokensPerMinute: 1, expectedOutputTokens: 0, countTokens, clock });
    const failing = withRateLimit(
      {
        id: 'm',
        generate: (request) => model.generate(request).then(() => Promise.reject(new TextModelError('server', ''))),
      },
      { tokensPerMinute: 1, expectedOutputTokens: 0, countTokens, clock },
    );
    await clock.run(limited.generate(ask(0)));
    // 0.2, 0.4 and 0.3 of 1: adding and taking off again leaves more than 0 in floating point.
    const calls = [2, 4, 3, 10, 10].map((tokens) => failing.generate(ask(tokens, tokens)));
    await clock.run(Promise.allSettled(calls));
    expect(starts()).toEqual([
      [0, 0],
      [2, 0],
      [4, 0],
      [3, 0],
      [10, 60_000],
      [10, 120_000],
    ]);
  });

  it('never exceeds its limits in any minute, keeps the order and gives each answer once', async () => {
    const call = fc.record({
      gapMs: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 0, max: 30_000 }),
        fc.double({ min: 0, max: 90_000, noNaN: true }),
      ),
      afterMs: fc.integer({ min: 0, max: 90_000 }),
      tokens: fc.integer({ min: 1, max: 20 }),
      written: fc.integer({ min: 0, max: 5 }),
      outcome: fc.constantFrom('answer', 'answer', 'fail', 'abort'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 25, max: 60 }),
        async (calls, requestsPerMinute, tokensPerMinute) => {
          const { clock, model } = createTimed(({ sampleIndex }) => {
            const { afterMs, written, outcome } = calls[sampleIndex]!;
            const answer = outcome === 'fail' ? new TextModelError('rate-limit', 'slow') : 'a'.repeat(4 * written);
            return { afterMs, answer };
          });
          const limits = { requestsPerMinute, tokensPerMinute, expectedOutputTokens: 5, clock };
          const limited = withRateLimit(model, limits);
          const outcomes: Promise<PromiseSettledResult<unknown>[]>[] = [];
          const ended = calls.map(() => 0);
          for (const [index, { gapMs, tokens, outcome }] of calls.entries()) {
            await clock.advance(gapMs);
            const controller = new AbortController();
            const answer = limited.generate(ask(index, tokens, controller.signal)).finally(() => ended[index]!++);
            outcomes.push(Promise.allSettled([answer]));
            if (outcome === 'abort') void clock.wait(20_000).then(() => controller.abort());
          }
          const settled = (await clock.run(Promise.all(outcomes))).flat();
          for (const [index, result] of settled.entries()) {
            if (result.status === 'rejected') expect(TextModelError.isInstance(result.reason)).toBe(true);
            else expect(calls[index]!.outcome).not.toBe('fail');
          }
          expect(ended).toEqual(calls.map(() => 1));
          const starts = model.requests.map(({ request, at }) => ({ index: request.sampleIndex, at }));
          expect(starts.map(({ index }) => index)).toEqual(
            starts.map(({ index }) => index).toSorted((left, right) => left - right),
          );
          for (const { at } of starts) {
            const window = starts.filter((start) => start.at >= at && start.at < at + 60_000);
            expect(window.length).toBeLessThanOrEqual(requestsPerMinute);
            // No call writes more than is expected, so the real tokens are bounded as well.
            const used = window.reduce((sum, { index }) => sum + calls[index]!.tokens + calls[index]!.written, 0);
            expect(used).toBeLessThanOrEqual(tokensPerMinute);
          }
        },
      ),
    );
  });

  it('starts no waiting call before the time that the provider asked for', async () => {
    const { clock, model, starts } = createTimed(({ sampleIndex }) => ({
      afterMs: 10,
      answer: sampleIndex === 0 ? new TextModelError('rate-limit', 'slow down', { retryAfterMs: 65_000 }) : 'fine',
    }));
    const limited = withRateLimit(model, { requestsPerMinute: 2, maximumPauseMs: 62_000, clock });
    const calls = [0, 1, 2, 3].map((index) => limited.generate(ask(index)).catch(() => 'failed'));
    await clock.run(Promise.all(calls));
    // The window would let them start at 60,000; they were refused at 10 for 65,000, of which 62,000 are waited for.
    expect(starts().slice(2)).toEqual([
      [2, 62_010],
      [3, 62_010],
    ]);
  });

  it('gives the place of a call back that a budget refused, but not that of one the provider refused', async () => {
    const { clock, model, starts } = createTimed(({ sampleIndex }) => ({
      answer:
        sampleIndex === 3
          ? new TextModelError('budget', 'no credit', { status: 429 })
          : sampleIndex < 3
            ? new TextModelError(sampleIndex === 2 ? 'aborted' : 'budget', 'never sent')
            : 'fine',
    }));
    const limited = withRateLimit(model, { requestsPerMinute: 1, clock });
    await clock.run(Promise.allSettled([0, 1, 2, 3, 4].map((index) => limited.generate(ask(index)))));
    expect(starts().map(([, at]) => at)).toEqual([0, 0, 0, 0, 60_000]);
  });

  it.each([Number.NaN, -1, Infinity])(
    'rejects where countTokens gives %d, and answers the next call',
    async (count) => {
      const counts = [count, 1];
      const { clock, model } = createTimed(() => ({ answer: 'fine' }));
      const limited = withRateLimit(model, { tokensPerMinute: 1000, countTokens: () => counts.shift()!, clock });
      await expect(limited.generate(ask(0))).rejects.toThrow('Expected the count of countTokens to be a finite number');
      expect(await clock.run(limited.generate(ask(1)))).toMatchObject({ text: 'fine' });
    },
  );

  it('forgets calls that have left the window', async () => {
    const { clock, model } = createTimed();
    const limited = withRateLimit(model, { requestsPerMinute: 2000, clock });
    for (let minute = 0; minute < 3; minute++) {
      await clock.run(Promise.all(Array.from({ length: 2000 }, (_, index) => limited.generate(ask(index)))));
    }
    expect(clock.now()).toBe(120_000);
  });

  it.each([
    {},
    { requestsPerMinute: 0 },
    { tokensPerMinute: 1.5 },
    { requestsPerMinute: 1, expectedOutputTokens: -1 },
    { requestsPerMinute: 1, maximumPauseMs: Number.NaN },
  ])('refuses %j', (options) => {
    expect(() => withRateLimit(createTimed().model, options)).toThrow('Expected');
  });
});
