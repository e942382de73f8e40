import { type TextModel, TextModelError } from '@rppkit/spec';

/**
 * Ends a run whose budget is used up: `stop` is called once, and the call counts as aborted, not as one that failed; the
 * environment would go on without its answer. A provider whose account is empty ends it, too.
 */
export function withBudgetStop(model: TextModel, stop: (reason: string) => void): TextModel {
  let stopped = false;
  return {
    id: model.id,
    async generate(request) {
      try {
        return await model.generate(request);
      } catch (error) {
        if (!TextModelError.isInstance(error) || error.failure !== 'budget') throw error;
        if (!stopped) stop(error.message);
        stopped = true;
        throw new TextModelError('aborted', error.message, { cause: error });
      }
    },
  };
}
