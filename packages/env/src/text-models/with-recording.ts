import { InvalidArgumentError, type TextModel, TextModelError, type TextResponse } from '@rppkit/spec';
import { assertTextModel } from './assert-text-model.ts';
import { createRecordedCall, type RecordedCall } from './recorded-call.ts';

/**
 * Hands every call of `model` to `write`, with its answer or its typed failure, before the caller gets it: an answer
 * that was used is in the recording. What `write` throws is what the call rejects with. Aborted calls are left out,
 * since they tell of the caller and not of the model. No signal, header, key or error message is recorded.
 * Throws `InvalidArgumentError` for what is no text model or no function.
 */
export function withRecording(model: TextModel, write: (call: RecordedCall) => void | Promise<void>): TextModel {
  assertTextModel(model);
  assertRecording(write);
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

function assertRecording(write: unknown): void {
  if (typeof write === 'function') return;
  // Not writer.write alone: a method of a class would lose its object.
  const advice = 'Pass (call) => writer.write(call), with the writer of await openRecording(path).';
  throw new InvalidArgumentError('recording', 'a function of a recorded call', write, advice);
}
