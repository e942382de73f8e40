import { InvalidArgumentError, type TextModel, type TextResponse } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import { assertPrices } from './assert-prices.ts';
import { assertTextModel } from './assert-text-model.ts';
import type { Budget, TokenPrices } from './budget.ts';

export interface WithBudgetOptions {
  /** What this model costs. Default: the prices of the budget. */
  readonly prices?: TokenPrices;
}

/**
 * Calls of `model` as long as `budget` allows; a further one rejects with `TextModelError` (`budget`) and is never sent,
 * while those under way end as usual and are counted. Answers that no model was asked for cost nothing. Throws
 * `InvalidArgumentError` for what is no text model or no budget, and for prices that are not exactly two numbers of at
 * least 0.
 */
export function withBudget(model: TextModel, budget: Budget, { prices }: WithBudgetOptions = {}): TextModel {
  assertTextModel(model);
  assertBudget(budget);
  if (prices !== undefined) assertPrices(prices);
  return {
    id: model.id,
    async generate(request) {
      assertNotAborted(request.signal);
      const call = budget.begin(request, prices);
      let response: TextResponse;
      try {
        response = await model.generate(request);
      } catch (error) {
        call.fail(error);
        throw error;
      }
      call.answer(response);
      return response;
    },
  };
}

function assertBudget(budget: unknown): void {
  if (typeof (budget as Partial<Budget> | null | undefined)?.begin === 'function') return;
  throw new InvalidArgumentError('budget', 'a budget with begin', budget, 'Pass what createBudget({ … }) returns.');
}
