import type { TextModel } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import { assertInteger } from './assert-number.ts';
import { assertTextModel } from './assert-text-model.ts';
import { createWaitingLine } from './waiting-line.ts';

/**
 * At most `limit` calls of `model` at a time; further ones wait in order. A waiting call whose signal is aborted rejects
 * at once and is never sent. Throws `InvalidArgumentError` for a limit that is no positive integer.
 */
export function withConcurrencyLimit(model: TextModel, limit: number): TextModel {
  assertTextModel(model);
  assertInteger('limit', limit, 1);
  let running = 0;
  const line = createWaitingLine<void>({
    admit() {
      if (running >= limit) return Infinity;
      running++;
      return 0;
    },
  });

  return {
    id: model.id,
    async generate(request) {
      assertNotAborted(request.signal);
      await line.enter(undefined, request.signal);
      try {
        return await model.generate(request);
      } finally {
        running--;
        line.advance();
      }
    },
  };
}
