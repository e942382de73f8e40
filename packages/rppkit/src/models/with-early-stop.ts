import { RppError, type TextModel, TextModelError, type TextModelFailure } from '@rppkit/spec';
import { UsageError } from '../usage-error.ts';

const hopelessFailures = 8;

/** Failures that end a run in their own way, or are no fault of the model. */
const otherwiseHandled: ReadonlySet<TextModelFailure> = new Set([
  'aborted',
  'rate-limit',
  'authentication',
  'context-length',
  'content-filter',
]);

/**
 * Ends a run whose model never answers: at the first permanent failure (an unknown model, say), or after eight transient
 * ones (a server that is down), as long as no answer has come. Later failures are counted, not fatal.
 */
export function withEarlyStop(model: TextModel): TextModel {
  let answered = false;
  let failures = 0;
  return {
    id: model.id,
    async generate(request) {
      try {
        const response = await model.generate(request);
        answered = true;
        return response;
      } catch (error) {
        if (answered || !TextModelError.isInstance(error) || otherwiseHandled.has(error.failure)) throw error;
        failures++;
        const message = `Expected an answer from ${model.id}, received none. ${error.message}`;
        if (!error.transient)
          throw new UsageError(`${message} Check the model's name and parameters.`, { cause: error });
        if (failures < hopelessFailures) throw error;
        throw new RppError('MODEL_UNREACHABLE', `${message} Check the base URL and the network.`, { cause: error });
      }
    },
  };
}
