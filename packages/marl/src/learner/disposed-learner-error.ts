import { RppError } from '@rppkit/spec';

/** A call on a learner whose tensors were freed. */
export class DisposedLearnerError extends RppError {
  constructor() {
    super(
      'DISPOSED_LEARNER',
      'Expected a live learner, received a call after dispose(). Create a new one and load its saved state.',
    );
  }
}
