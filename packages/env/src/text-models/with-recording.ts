import { type TextModel, TextModelError, type TextResponse } from '@rppkit/spec';
import { createRecordedCall, type RecordedCall } from './recorded-call.ts';

/**
 * Hands every call of `model` to `write`, with its answer or its typed failure, before the caller gets it: an answer
 * that was used is in the recording. What `write` throws is what the call rejects with. Aborted calls are left out,
 * since they tell of the caller and not of the model. No signal, header, key or error message is recorded.
 */
export function withRecording(model: TextModel, write: (call: RecordedCall) => void | Promise<void>): TextModel {
  return {
    id: model.id,
    async generate(request) {
      let response: TextResponse;
      try {
        response = await model.generate(request);
      } catch (error) {
        if (TextModelError.isInstance(error) && error.failure !== 'aborted') {
          await write(createRecordedCall(model.id, request, error));
        }
        throw error;
      }
      await write(createRecordedCall(model.id, request, response));
      return response;
    },
  };
}
