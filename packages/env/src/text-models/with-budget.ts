import type { TextModel, TextResponse } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import { assertAtLeast } from './assert-number.ts';
import type { Budget, TokenPrices } from './budget.ts';

export interface WithBudgetOptions {
  /** What this model costs. Default: the prices of the budget. */
  readonly prices?: TokenPrices;
}

/**
 * Calls of `model` as long as `budget` allows; a further one rejects with `TextModelError` (`budget`) and is never sent,
 * while those under way end as usual and are counted. Answers that no model was asked for cost nothing. Throws
 * `InvalidArgumentError` for prices below 0.
 */
export function withBudget(model: TextModel, budget: Budget, { prices }: WithBudgetOptions = {}): TextModel {
  for (const [name, value] of Object.entries(prices ?? {})) assertAtLeast(`prices.${name}`, value, 0);
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
