import { type TextModel, TextModelError } from '@rppkit/spec';

/** Ends calls in order for whoever needs every answer under way before it stops. */
export interface Hold {
  /** Put around the model itself: once begun, lets no call through; those under way go on to their end. */
  guard(model: TextModel): TextModel;
  /** Put around everything: a call that a budget refuses begins the hold, and waits with the others. */
  endAtBudget(model: TextModel, onSpent: (reason: string) => void): TextModel;
  /** Begins, once. When no call is under way, and what waits for the answers had its turn, all held calls reject as aborted. */
  begin(): void;
}

/** Where a rejected call ends everything, such as a recording, calls that may not be sent are held until the last answer is in. */
export function createHold(): Hold {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const underWay = new Set<Promise<unknown>>();
  let begun = false;
  const wait = async (): Promise<never> => {
    await released;
    throw new TextModelError('aborted', 'The recording has ended.');
  };
  const begin = (): void => {
    if (begun) return;
    begun = true;
    void Promise.allSettled(underWay).then(() => setImmediate(release));
  };
  return {
    begin,
    guard: (model) => ({
      id: model.id,
      generate(request) {
        if (begun) return wait();
        const call = model.generate(request);
        underWay.add(call);
        const forget = (): void => void underWay.delete(call);
        call.then(forget, forget);
        return call;
      },
    }),
    endAtBudget: (model, onSpent) => ({
      id: model.id,
      async generate(request) {
        try {
          return await model.generate(request);
        } catch (error) {
          if (!TextModelError.isInstance(error) || error.failure !== 'budget') throw error;
          if (!begun) onSpent(error.message);
          begin();
          return wait();
        }
      },
    }),
  };
}
