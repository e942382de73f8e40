import { type TextModel, TextModelError } from '@rppkit/spec';

/** Ends the calls of a run in order: no new ones, and those under way are waited for. */
export interface Drain {
  /** Put around the model itself: refuses calls that have not been sent when `close` began. */
  guard(model: TextModel): TextModel;
  /** Put around everything: knows which calls are under way. */
  track(model: TextModel): TextModel;
  /** Resolves when no call is under way and every answer that arrived has been handled. */
  close(): Promise<void>;
}

/**
 * A run that fails still has calls under way, whose answers cost money. They are waited for and stored, so that no answer
 * that arrives whole has to be asked for again.
 */
export function createDrain(): Drain {
  const underWay = new Set<Promise<unknown>>();
  let closed = false;
  return {
    guard: (model) => ({
      id: model.id,
      async generate(request) {
        if (closed) throw new TextModelError('aborted', 'The run has ended.');
        return model.generate(request);
      },
    }),
    track: (model) => ({
      id: model.id,
      generate(request) {
        const call = model.generate(request);
        underWay.add(call);
        const forget = (): void => void underWay.delete(call);
        call.then(forget, forget);
        return call;
      },
    }),
    async close() {
      closed = true;
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
