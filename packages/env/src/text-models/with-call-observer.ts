import {
  type TextModel,
  TextModelError,
  type TextModelFailure,
  type TextRequest,
  type TextResponse,
} from '@rppkit/spec';
import { assertTextModel } from './assert-text-model.ts';

/** What one call of a text model came to. */
export type CallRecord =
  | { readonly request: TextRequest; readonly response: TextResponse }
  | {
      readonly request: TextRequest;
      readonly failure: TextModelFailure;
      /** True where the provider may have answered and billed, though no whole answer arrived. */
      readonly possiblyPaid: boolean;
    };

/**
 * Tells `onCall` of every call that ended with an answer or a typed failure, in the order in which they end. What
 * `onCall` throws is what the call rejects with.
 */
export function withCallObserver(model: TextModel, onCall: (record: CallRecord) => void): TextModel {
  assertTextModel(model);
  return {
    id: model.id,
    async generate(request) {
      let response: TextResponse;
      try {
        response = await model.generate(request);
      } catch (error) {
        if (TextModelError.isInstance(error)) {
          onCall({ request, failure: error.failure, possiblyPaid: error.possiblyPaid });
        }
        throw error;
      }
      onCall({ request, response });
      return response;
    },
  };
}
