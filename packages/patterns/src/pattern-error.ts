import { RppError } from '@rppkit/spec';

/** A pattern, expression or domain that cannot be used, or a choice outside its space. */
export class PatternError extends RppError {
  constructor(message: string) {
    super('PATTERN', message);
  }
}
