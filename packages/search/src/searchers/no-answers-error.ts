import { RppError } from '@rppkit/spec';

/** Every call of a search failed, so that there is nothing to choose prompts by. */
export class NoAnswersError extends RppError {
  /** Calls made, all failed. */
  readonly calls: number;

  constructor(calls: number) {
    super(
      'NO_ANSWERS',
      `Expected at least one answered call, received none in ${calls}. See why the model fails, then search again.`,
    );
    this.calls = calls;
  }
}
