import { TextModelError, type TextRequest, type TextResponse } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { createTimedModel } from '../testing/timed-model.ts';
import { type Budget, createBudget, type TokenPrices } from './budget.ts';
import { fromFunction } from './from-function.ts';
import { guardTextModel } from './guard-text-model.ts';
import { withBudget } from './with-budget.ts';

const ask = (sampleIndex: number, signal?: AbortSignal): TextRequest => ({
  messages: [{ role: 'user', text: 'abcd' }],
  sampleIndex,
  purpose: 'rank',
  ...(signal === undefined ? {} : { signal }),
});

describeTextModel({
  name: 'model with a budget',
  create: async () => ({
    model: withBudget(fromFunction({ id: 'm', answer: () => 'x' }), createBudget({ maxCalls: 8 })),
  }),
});

describe('withBudget', () => {
  it('refuses what is over and keeps what is under way', async () => {
    const clock = createManualClock();
    const model = createTimedModel({ clock, outcome: () => ({ afterMs: 10, answer: 'fine' }) });
    const budget = createBudget({ maxCalls: 2 });
    const [first, second] = [withBudget(model, budget), withBudget(createScriptedModel(['also fine']), budget)];
    const calls = [first.generate(ask(0)), second.generate(ask(1)), first.generate(ask(2))];
    const outcomes = await clock.run(Promise.allSettled(calls));
    expect(outcomes).toMatchObject([
      { value: { text: 'fine' } },
      { value: { text: 'also fine' } },
      { reason: { failure: 'budget', transient: false, refusedPrompt: false } },
    ]);
    expect(model.requests).toHaveLength(1);
    expect(budget.spent()).toMatchObject({ calls: 2, failedCalls: 0, inputTokens: 2, outputTokens: 4 });
    expect(first.id).toBe('timed');
  });

  it('counts each model at its own prices where it has some', async () => {
    const budget = createBudget({
      maxCost: 3,
      prices: { inputPerMillion: 1e6, outputPerMillion: 0 },
      expectedOutputTokens: 0,
    });
    const failing = new TextModelError('timeout', 'late');
    const [cheap, dear] = [
      withBudget(createScriptedModel(['fine', 'fine']), budget),
      withBudget(createScriptedModel([failing]), budget, { prices: { inputPerMillion: 2e6, outputPerMillion: 0 } }),
    ];
    // One token each: 1 for the cheap model, 2 for the dear one.
    await cheap.generate(ask(0));
    await expect(dear.generate(ask(0))).rejects.toBe(failing);
    expect(budget.spent()).toMatchObject({ cost: 1, possiblyPaidCost: 2 });
    await expect(cheap.generate(ask(1))).rejects.toMatchObject({ failure: 'budget' });
    expect(() => withBudget(cheap, budget, { prices: { inputPerMillion: -1, outputPerMillion: 0 } })).toThrow(
      'prices.inputPerMillion',
    );
    const unpriced = createBudget({});
    const prices = { inputPerMillion: 0, outputPerMillion: 1e6 };
    // "fine" is one token.
    await guardTextModel(createScriptedModel(['fine']), { budget: unpriced, prices }).generate(ask(0));
    expect(unpriced.spent()).toMatchObject({ cost: 1, possiblyPaidCost: 0 });
  });

  it.each([
    [{ inputPerMillion: 1 }, 'prices.outputPerMillion to be a finite number of at least 0, received undefined'],
    [{ input: 1, output: 2 }, 'prices.input to be absent, received 1. Pass what a million tokens cost'],
    [null, 'prices to be an object'],
  ])('refuses the prices %j, with a budget or without', (given, words) => {
    const prices = given as unknown as TokenPrices;
    const model = createScriptedModel([]);
    expect(() => withBudget(model, createBudget({}), { prices })).toThrow(`Expected ${words}`);
    expect(() => guardTextModel(model, { budget: createBudget({}), prices })).toThrow(`Expected ${words}`);
    expect(() => guardTextModel(model, { prices })).toThrow(`Expected ${words}`);
  });

  it.each([{ maxCalls: 3 }, undefined, null, 3])('refuses the budget %j', (given) => {
    const budget = given as unknown as Budget;
    const words = /Expected budget to be a budget with begin, received .+ Pass what createBudget\(\{ … \}\) returns\./;
    expect(() => withBudget(createScriptedModel([]), budget)).toThrow(words);
    if (given !== undefined) expect(() => guardTextModel(createScriptedModel([]), { budget })).toThrow(words);
  });

  it('counts failures, and nothing for a request that was aborted before', async () => {
    const budget = createBudget({ maxCalls: 1 });
    const failure = new TextModelError('timeout', 'late');
    const model = withBudget(createScriptedModel([failure]), budget);
    await expect(model.generate(ask(0, AbortSignal.abort()))).rejects.toMatchObject({ failure: 'aborted' });
    expect(budget.remaining()).toEqual({ calls: 1 });
    await expect(model.generate(ask(0))).rejects.toBe(failure);
    expect(budget.spent()).toMatchObject({ calls: 0, failedCalls: 0, possiblyPaidCalls: 1, possiblyPaidTokens: 1 });
  });

  it('takes a call off once where its answer lacks usage', async () => {
    const budget = createBudget({ maxCalls: 1 });
    const model = withBudget({ id: 'm', generate: async () => ({ text: 'x' }) as TextResponse }, budget);
    await expect(model.generate(ask(0))).rejects.toThrow(TypeError);
    expect(budget.spent()).toMatchObject({ calls: 1, possiblyPaidCalls: 0 });
    expect(budget.remaining()).toEqual({ calls: 0 });
  });

  it('never exceeds its calls, whatever fails when, and counts every call once', async () => {
    const call = fc.record({
      gapMs: fc.integer({ min: 0, max: 20 }),
      afterMs: fc.integer({ min: 0, max: 50 }),
      outcome: fc.constantFrom('answer', 'server', 'network'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 40 }), fc.integer({ min: 0, max: 10 }), async (calls, maxCalls) => {
        const clock = createManualClock();
        const model = createTimedModel({
          clock,
          outcome({ sampleIndex }) {
            const { afterMs, outcome } = calls[sampleIndex]!;
            return { afterMs, answer: outcome === 'answer' ? 'fine' : new TextModelError(outcome, 'down') };
          },
        });
        const budget = createBudget({ maxCalls, clock });
        const limited = withBudget(model, budget);
        const pending: Promise<unknown>[] = [];
        for (const [index, { gapMs }] of calls.entries()) {
          await clock.advance(gapMs);
          pending.push(limited.generate(ask(index)).catch((error: TextModelError) => error.failure));
          const { calls: answered, possiblyPaidCalls } = budget.spent();
          expect(answered + possiblyPaidCalls + model.running).toBeLessThanOrEqual(maxCalls);
        }
        const outcomes = await clock.run(Promise.all(pending));
        const { calls: answered, failedCalls, possiblyPaidCalls } = budget.spent();
        const count = (failure: string): number => outcomes.filter((outcome) => outcome === failure).length;
        expect(failedCalls).toBe(count('server'));
        expect(possiblyPaidCalls).toBe(count('network'));
        expect(answered).toBe(calls.length - count('server') - count('network') - count('budget'));
        expect(answered + failedCalls + possiblyPaidCalls).toBe(model.requests.length);
        expect(budget.remaining().calls).toBe(maxCalls - answered - possiblyPaidCalls);
      }),
    );
  });
});
