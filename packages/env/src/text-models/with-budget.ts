import type { TextModel } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import type { Budget } from './budget.ts';

/**
 * Calls of `model` as long as `budget` allows; a further one rejects with `TextModelError` (`budget`) and is never sent,
 * while those under way end as usual and are counted. Answers that no model was asked for cost nothing.
 */
export function withBudget(model: TextModel, budget: Budget): TextModel {
  return {
    id: model.id,
    async generate(request) {
      assertNotAborted(request.signal);
      const call = budget.begin(request);
      try {
        const response = await model.generate(request);
        call.answer(response);
        return response;
      } catch (error) {
        call.fail(error);
        throw error;
      }
    },
  };
}
