import { RppError } from '@rppkit/spec';

/** The user's command or configuration cannot be carried out; the command line prints the message and exits with 2. */
export class UsageError extends RppError {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super('USAGE', message, options);
  }
}

/** A run was stopped from outside; the command line exits with 3. */
export class InterruptedError extends RppError {
  constructor(message = 'The run was interrupted. What it had is kept in its folder.') {
    super('INTERRUPTED', message);
  }
}
