import { estimateTokens } from '@rppkit/patterns';
import { InvalidArgumentError, TextModelError, type TextRequest, type TextResponse } from '@rppkit/spec';
import { assertAtLeast, assertInteger } from './assert-number.ts';
import { assertPrices } from './assert-prices.ts';
import { type Clock, systemClock } from './clock.ts';
import { type CountTokens, estimateRequestTokens } from './estimate-request-tokens.ts';

/** What a million tokens cost, in any currency; finite numbers of at least 0. */
export interface TokenPrices {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
}

export interface BudgetOptions {
  /** Calls that were answered, possibly paid or are under way. An integer of at least 0; default: no limit. */
  readonly maxCalls?: number;
  /** Input and output tokens together, possibly paid ones included. Default: no limit. */
  readonly maxTokens?: number;
  /** In the currency of `prices`, which it needs. Default: no limit. */
  readonly maxCost?: number;
  /** Of models that `withBudget` is given no prices of their own for. */
  readonly prices?: TokenPrices;
  /** Seconds since the first call. Default: no limit. */
  readonly maxSeconds?: number;
  /** What a call is expected to write before its usage is known. Default 256. */
  readonly expectedOutputTokens?: number;
  /** Default: `estimateTokens`. */
  readonly countTokens?: CountTokens;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
}

export interface BudgetSpent {
  /** Calls that a model answered. */
  readonly calls: number;
  /** Calls that failed and surely cost nothing. They use up no limit. */
  readonly failedCalls: number;
  /** Calls that failed after the provider may have answered and billed. They use up every limit. */
  readonly possiblyPaidCalls: number;
  /** Tokens of the answered calls. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** How many of those come from text length, because the provider reported none. */
  readonly estimatedTokens: number;
  /** Estimated input tokens of the possibly paid calls, in none of the counts above. */
  readonly possiblyPaidTokens: number;
  /** Of the answered calls; present where the budget or a model has prices. */
  readonly cost?: number;
  /** Of the possibly paid calls, in addition to `cost`; present with it. */
  readonly possiblyPaidCost?: number;
  /** Since the first call; 0 before it. */
  readonly seconds: number;
}

/** What is left under each limit that was set, reserved amounts taken off, at least 0. */
export interface BudgetRemaining {
  readonly calls?: number;
  readonly tokens?: number;
  readonly cost?: number;
  readonly seconds?: number;
}

/** A call that is under way. Exactly one of the two is called when it ends. */
export interface BudgetedCall {
  answer(response: TextResponse): void;
  /** Anything but a `TextModelError` counts as possibly paid. */
  fail(error: unknown): void;
}

/** What may be spent, and what was. */
export interface Budget {
  spent(): BudgetSpent;
  remaining(): BudgetRemaining;
  /**
   * Opens a call, at the prices of its model or else of the budget. Throws `TextModelError` (`budget`) where it does not
   * fit any more.
   */
  begin(request: TextRequest, prices?: TokenPrices): BudgetedCall;
}

/** What a call is expected to take. */
interface Amounts {
  readonly tokens: number;
  /** In millionths. */
  readonly cost: number;
}

interface Limit {
  readonly name: string;
  readonly key: keyof BudgetRemaining;
  readonly maximum: number | undefined;
  readonly spent: () => number;
  readonly underWay: () => number;
  /** Of the next call, by what it is expected to take. */
  readonly next: (expected: Amounts) => number;
}

/**
 * A budget, to be shared by any number of models through `withBudget`. A call begins only where every limit still holds
 * what was spent, what the calls under way are expected to spend and what this one is: `maxCalls` is never exceeded,
 * tokens and cost only by what calls write beyond `expectedOutputTokens`, time by the calls under way at its end. Throws
 * `InvalidArgumentError` for limits below 0, for `maxCost` without `prices`, and for prices that are not exactly two
 * numbers of at least 0.
 */
export function createBudget({
  maxCalls,
  maxTokens,
  maxCost,
  prices,
  maxSeconds,
  expectedOutputTokens = 256,
  countTokens = estimateTokens,
  clock = systemClock,
}: BudgetOptions): Budget {
  if (maxCalls !== undefined) assertInteger('maxCalls', maxCalls, 0);
  for (const [name, value] of Object.entries({ maxTokens, maxCost, maxSeconds })) {
    if (value !== undefined) assertAtLeast(name, value, 0);
  }
  if (prices !== undefined) assertPrices(prices);
  assertInteger('expectedOutputTokens', expectedOutputTokens, 0);
  if (maxCost !== undefined && prices === undefined) {
    throw new InvalidArgumentError('prices', 'given where maxCost is', prices, 'Pass what a million tokens cost.');
  }

  const count = { calls: 0, failedCalls: 0, possiblyPaidCalls: 0 };
  const tokens = { input: 0, output: 0, estimated: 0, possiblyPaid: 0 };
  // In millionths, so that whole prices add up without rounding.
  const cost = { answered: 0, possiblyPaid: 0 };
  const reserved = { calls: 0, tokens: 0, cost: 0 };
  let hasPrices = prices !== undefined;
  let startedAt: number | undefined;

  const reserve = (sign: 1 | -1, amounts: Amounts): void => {
    reserved.calls += sign;
    reserved.tokens += sign * amounts.tokens;
    reserved.cost += sign * amounts.cost;
    // What rounding leaves of counts that are not whole must not add up.
    if (reserved.calls === 0) Object.assign(reserved, { tokens: 0, cost: 0 });
  };
  const computeSeconds = (): number => (startedAt === undefined ? 0 : (clock.now() - startedAt) / 1000);

  const limits: readonly Limit[] = [
    {
      name: 'maxCalls',
      key: 'calls',
      maximum: maxCalls,
      spent: () => count.calls + count.possiblyPaidCalls,
      underWay: () => reserved.calls,
      next: () => 1,
    },
    {
      name: 'maxTokens',
      key: 'tokens',
      maximum: maxTokens,
      spent: () => tokens.input + tokens.output + tokens.possiblyPaid,
      underWay: () => reserved.tokens,
      next: ({ tokens: expected }) => expected,
    },
    {
      name: 'maxCost',
      key: 'cost',
      maximum: maxCost,
      spent: () => (cost.answered + cost.possiblyPaid) / 1e6,
      underWay: () => reserved.cost / 1e6,
      next: ({ cost: expected }) => expected / 1e6,
    },
    {
      name: 'maxSeconds',
      key: 'seconds',
      maximum: maxSeconds,
      spent: computeSeconds,
      underWay: () => 0,
      next: () => 0,
    },
  ];

  const assertFits = (amounts: Amounts): void => {
    for (const { name, maximum, spent, underWay, next } of limits) {
      if (maximum === undefined) continue;
      const expected = next(amounts);
      // A call takes time, but nobody knows how much: it begins only before the end.
      const fits = name === 'maxSeconds' ? spent() < maximum : spent() + underWay() + expected <= maximum;
      if (!fits) throw createBudgetError(name, maximum, spent(), underWay(), expected);
    }
  };

  return {
    spent: () => ({
      ...count,
      inputTokens: tokens.input,
      outputTokens: tokens.output,
      estimatedTokens: tokens.estimated,
      possiblyPaidTokens: tokens.possiblyPaid,
      ...(hasPrices ? { cost: cost.answered / 1e6, possiblyPaidCost: cost.possiblyPaid / 1e6 } : {}),
      seconds: computeSeconds(),
    }),
    remaining: () =>
      Object.fromEntries(
        limits.flatMap(({ key, maximum, spent, underWay }) =>
          maximum === undefined ? [] : [[key, Math.max(0, maximum - spent() - underWay())]],
        ),
      ),
    begin(request, own = prices) {
      const input = estimateRequestTokens(request, countTokens);
      const amounts = { tokens: input + expectedOutputTokens, cost: computeCost(own, input, expectedOutputTokens) };
      assertFits(amounts);
      startedAt ??= clock.now();
      hasPrices ||= own !== undefined;
      reserve(1, amounts);
      return {
        answer({ cached, usage }) {
          reserve(-1, amounts);
          if (cached) return;
          count.calls++;
          tokens.input += usage.inputTokens;
          tokens.output += usage.outputTokens;
          cost.answered += computeCost(own, usage.inputTokens, usage.outputTokens);
          if (usage.estimated) tokens.estimated += usage.inputTokens + usage.outputTokens;
        },
        fail(error) {
          reserve(-1, amounts);
          const possiblyPaid = !TextModelError.isInstance(error) || error.possiblyPaid;
          count[possiblyPaid ? 'possiblyPaidCalls' : 'failedCalls']++;
          if (!possiblyPaid) return;
          tokens.possiblyPaid += input;
          cost.possiblyPaid += computeCost(own, input, 0);
        },
      };
    },
  };
}

function computeCost(prices: TokenPrices | undefined, input: number, output: number): number {
  const { inputPerMillion, outputPerMillion } = prices ?? { inputPerMillion: 0, outputPerMillion: 0 };
  return input * inputPerMillion + output * outputPerMillion;
}

function createBudgetError(
  name: string,
  maximum: number,
  spent: number,
  underWay: number,
  next: number,
): TextModelError {
  const show = (value: number): string => String(Number(value.toPrecision(6)));
  const parts = [
    `${show(spent)} spent`,
    ...(underWay > 0 ? [`${show(underWay)} for calls under way`] : []),
    ...(next > 0 ? [`${show(next)} for this call`] : []),
  ];
  return new TextModelError(
    'budget',
    `Expected this call to stay within ${name} ${maximum}, received ${parts.join(' and ')}. What was answered is kept; ` +
      `raise ${name} to go on.`,
  );
}
