import type { TextModel } from '@rppkit/spec';

/** Milliseconds of work between two pauses. */
const interval = 50;

/**
 * Lets timers, signals and the terminal have their turn. A model that answers without waiting keeps Node in promise
 * callbacks; without pauses neither Ctrl-C nor a progress bar would get through.
 */
export function withPauses(model: TextModel): TextModel {
  let last = performance.now();
  return {
    id: model.id,
    async generate(request) {
      if (performance.now() - last > interval) {
        last = performance.now();
        await new Promise((resolve) => setImmediate(resolve));
      }
      return model.generate(request);
    },
  };
}
