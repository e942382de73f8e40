import { RppError, type TextModel, TextModelError } from '@rppkit/spec';

const hopelessFailures = 8;

/**
 * Ends a run whose model never answers: at the first permanent failure (unknown model, bad request), or after eight
 * transient ones (server down), as long as no answer has come. Later failures are counted, not fatal.
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
        if (!answered && TextModelError.isInstance(error) && error.failure !== 'aborted' && !error.refusedPrompt) {
          failures++;
          if (!error.transient || failures >= hopelessFailures) {
            throw new RppError(
              'MODEL_UNREACHABLE',
              `Expected an answer from ${model.id}, received none. ${error.message} Check the model's name, the key and the base URL.`,
              {
                cause: error,
              },
            );
          }
        }
        throw error;
      }
    },
  };
}
