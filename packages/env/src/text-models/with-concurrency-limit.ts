import { InvalidArgumentError, type TextModel } from '@rppkit/spec';
import { assertNotAborted, createAbortError } from './assert-not-aborted.ts';

/**
 * At most `limit` calls of `model` at a time; further ones wait in order. A waiting call whose signal is aborted rejects
 * at once and is never sent. Throws `InvalidArgumentError` for a limit that is no positive integer.
 */
export function withConcurrencyLimit(model: TextModel, limit: number): TextModel {
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError('limit', 'a positive integer', limit);
  // In order of arrival; a set, so that an aborted call leaves without a search.
  const waiting = new Set<() => void>();
  let running = 0;

  const enter = (signal: AbortSignal | undefined): Promise<void> | undefined => {
    if (running < limit) {
      running++;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.delete(start);
        reject(createAbortError());
      };
      const start = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.add(start);
    });
  };

  return {
    id: model.id,
    async generate(request) {
      assertNotAborted(request.signal);
      await enter(request.signal);
      try {
        return await model.generate(request);
      } finally {
        // The place is handed to the next call, so that no other can slip in between.
        const [next] = waiting;
        if (next === undefined) running--;
        else {
          waiting.delete(next);
          next();
        }
      }
    },
  };
}
