import { describeValue, RppError } from '@rppkit/spec';

/** A line of a TREC file is not what the format says. */
export class TrecFormatError extends RppError {
  /** From 1. */
  readonly line: number;

  constructor(line: number, expected: string, received: unknown, advice?: string) {
    const tail = advice === undefined ? '' : ` ${advice}`;
    super('TREC_FORMAT', `Expected line ${line} to hold ${expected}, received ${describeValue(received)}.${tail}`);
    this.line = line;
  }

  static override isInstance(value: unknown): value is TrecFormatError {
    return RppError.isInstance(value) && value.code === 'TREC_FORMAT';
  }
}
