import { RppError } from '@rppkit/spec';

/** Runs an action, unless another one is still under way; then it rejects with `RppError` (`STEP_UNDER_WAY`). */
export type StepLock = <Result>(action: () => Promise<Result>) => Promise<Result>;

/** The lock of one environment, around its `reset` and its `step`. */
export function createStepLock(): StepLock {
  let isBusy = false;
  return async (action) => {
    if (isBusy) {
      throw new RppError('STEP_UNDER_WAY', 'Expected no step under way, received a call during one. Await each call.');
    }
    isBusy = true;
    try {
      return await action();
    } finally {
      isBusy = false;
    }
  };
}
