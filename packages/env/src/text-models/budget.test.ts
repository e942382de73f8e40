import { TextModelError, type TextRequest, type TextResponse } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { type BudgetOptions, createBudget } from './budget.ts';

/** A request of 100 estimated tokens. */
const request: TextRequest = {
  messages: [
    { role: 'system', text: 'a'.repeat(160) },
    { role: 'user', text: 'a'.repeat(240) },
  ],
  sampleIndex: 0,
  purpose: 'rank',
};
const respond = (inputTokens: number, outputTokens: number, changes: Partial<TextResponse> = {}): TextResponse => ({
  text: '',
  usage: { inputTokens, outputTokens, estimated: false },
  cached: false,
  latencyMs: 0,
  finishReason: 'stop',
  ...changes,
});
const expectBudgetError = (action: () => unknown): TextModelError => {
  try {
    action();
  } catch (error) {
    expect(TextModelError.isInstance(error) && error.failure).toBe('budget');
    return error as TextModelError;
  }
  return expect.fail('Expected an error of the budget, received none.');
};

describe('createBudget', () => {
  it('counts what was answered, what failed and what may have been paid apart', () => {
    const clock = createManualClock();
    const budget = createBudget({ prices: { inputPerMillion: 2, outputPerMillion: 10 }, clock });
    expect(budget.spent()).toEqual({
      calls: 0,
      failedCalls: 0,
      possiblyPaidCalls: 0,
      inputTokens: 0,
      outputTokens: 0,
      estimatedTokens: 0,
      possiblyPaidTokens: 0,
      cost: 0,
      possiblyPaidCost: 0,
      seconds: 0,
    });
    budget.begin(request).answer(respond(120, 30));
    budget.begin(request).answer(respond(0, 0, { usage: { inputTokens: 90, outputTokens: 5, estimated: true } }));
    budget.begin(request).answer(respond(1000, 1000, { cached: true }));
    budget.begin(request).fail(new TextModelError('server', 'down'));
    budget.begin(request).fail(new TextModelError('timeout', 'late'));
    budget.begin(request).fail(new RangeError('mine'));
    expect(budget.spent()).toEqual({
      calls: 2,
      failedCalls: 1,
      possiblyPaidCalls: 2,
      inputTokens: 210,
      outputTokens: 35,
      estimatedTokens: 95,
      possiblyPaidTokens: 200,
      // 210 x 2 + 35 x 10 = 770 and 200 x 2 = 400 millionths.
      cost: 0.00077,
      possiblyPaidCost: 0.0004,
      seconds: 0,
    });
    expect(budget.remaining()).toEqual({});
    expect(createBudget({}).spent()).not.toHaveProperty('cost');
  });

  it('never lets more calls begin than there may be, and gives the place of an unpaid failure back', () => {
    const budget = createBudget({ maxCalls: 3 });
    const calls = [budget.begin(request), budget.begin(request)];
    budget.begin(request).fail(new TextModelError('network', 'reset'));
    expect(budget.remaining()).toEqual({ calls: 0 });
    expect(expectBudgetError(() => budget.begin(request)).message).toBe(
      'Expected this call to stay within maxCalls 3, received 1 spent and 2 for calls under way and 1 for this call. ' +
        'What was answered is kept; raise maxCalls to go on.',
    );
    calls[0]!.fail(new TextModelError('server', 'down'));
    budget.begin(request).answer(respond(1, 1));
    calls[1]!.answer(respond(1, 1));
    expect(expectBudgetError(() => budget.begin(request)).message).toContain('received 3 spent and 1 for this call');
    expect(budget.spent()).toMatchObject({ calls: 2, failedCalls: 1, possiblyPaidCalls: 1 });
    expectBudgetError(() => createBudget({ maxCalls: 0 }).begin(request));
  });

  it('holds tokens to what was spent, is reserved and may be paid', () => {
    const budget = createBudget({ maxTokens: 460, expectedOutputTokens: 50 });
    const first = budget.begin(request);
    const second = budget.begin(request);
    budget.begin(request).fail(new TextModelError('timeout', 'late'));
    // 100 possibly paid and 2 x 150 reserved.
    expect(budget.remaining()).toEqual({ tokens: 60 });
    expectBudgetError(() => budget.begin(request));
    first.answer(respond(100, 10));
    second.answer(respond(90, 10));
    expect(budget.remaining()).toEqual({ tokens: 150 });
    budget.begin(request).answer(respond(200, 100));
    // What was not expected cannot be taken back.
    expect(budget.remaining()).toEqual({ tokens: 0 });
    expect(expectBudgetError(() => budget.begin(request)).message).toContain(
      'maxTokens 460, received 610 spent and 150',
    );
  });

  it('holds cost to the prices given', () => {
    const prices = { inputPerMillion: 1000, outputPerMillion: 10_000 };
    // A call is expected to cost 100 x 0.001 + 10 x 0.01 = 0.2.
    const budget = createBudget({ maxCost: 0.5, prices, expectedOutputTokens: 10 });
    const first = budget.begin(request);
    budget.begin(request).fail(new TextModelError('timeout', 'late'));
    expect(budget.remaining().cost).toBeCloseTo(0.2, 12);
    first.answer(respond(100, 21));
    expect(budget.spent().cost).toBeCloseTo(0.31, 12);
    expect(budget.spent().possiblyPaidCost).toBeCloseTo(0.1, 12);
    expect(expectBudgetError(() => budget.begin(request)).message).toContain(
      'maxCost 0.5, received 0.41 spent and 0.2',
    );
  });

  it('lets no call begin after its time, counted from the first call', async () => {
    const clock = createManualClock();
    const budget = createBudget({ maxSeconds: 2, clock });
    await clock.advance(5000);
    expect(budget.remaining()).toEqual({ seconds: 2 });
    const first = budget.begin(request);
    await clock.advance(1999);
    budget.begin(request).answer(respond(1, 1));
    await clock.advance(1);
    first.answer(respond(1, 1));
    expect(expectBudgetError(() => budget.begin(request)).message).toContain('maxSeconds 2, received 2 spent. What');
    await clock.advance(500);
    expect(budget.spent()).toMatchObject({ seconds: 2.5, calls: 2 });
    expect(budget.remaining()).toEqual({ seconds: 0 });
  });

  it('counts with the tokenizer given', () => {
    const budget = createBudget({ maxTokens: 1000, expectedOutputTokens: 0, countTokens: (text) => text.length });
    budget.begin(request);
    expect(budget.remaining()).toEqual({ tokens: 600 });
  });

  it.each([
    [{ maxCalls: 1.5 }, 'maxCalls'],
    [{ maxTokens: -1 }, 'maxTokens'],
    [{ maxSeconds: Number.NaN }, 'maxSeconds'],
    [{ maxCost: 1 }, 'prices'],
    [{ prices: { inputPerMillion: -1, outputPerMillion: 1 } }, 'prices.inputPerMillion'],
    [{ prices: { inputPerMillion: 1 } }, 'prices.outputPerMillion'],
    [{ prices: { inputPerMillion: '1', outputPerMillion: 1 } }, 'prices.inputPerMillion'],
    [{ prices: { input: 1, output: 2 } }, 'prices.input to be absent'],
    [{ prices: { inputPerMillion: 1, outputPerMillion: 1, cachedPerMillion: 1 } }, 'prices.cachedPerMillion'],
    [{ prices: 3 }, 'prices to be an object'],
    [{ prices: null }, 'prices to be an object'],
    [{ expectedOutputTokens: -1 }, 'expectedOutputTokens'],
  ])('refuses %j', (options, argument) => {
    expect(() => createBudget(options as BudgetOptions)).toThrow(`Expected ${argument}`);
  });
});
