import { RppError } from '@rppkit/spec';

/** Data do not hold what was expected of them: a file, a line of it, or a data set as a whole. */
export class DatasetError extends RppError {
  /** File, folder or data set as the caller named it. */
  readonly file: string;
  /** 1-based line of `file`, where one is to blame. */
  readonly line: number | undefined;
  readonly expected: string;
  readonly received: string;

  /** `received` is shown as it is when it is a description; pass values through `describeValue` first. */
  constructor(
    file: string,
    expected: string,
    received: string,
    options: { readonly line?: number | undefined; readonly advice?: string; readonly cause?: unknown } = {},
  ) {
    const place = options.line === undefined ? file : `${file}, line ${options.line}`;
    const advice = options.advice === undefined ? '' : ` ${options.advice}`;
    super('DATASET', `${place}: expected ${expected}, received ${received}.${advice}`, { cause: options.cause });
    this.file = file;
    this.line = options.line;
    this.expected = expected;
    this.received = received;
  }

  static override isInstance(value: unknown): value is DatasetError {
    return RppError.isInstance(value) && value.code === 'DATASET';
  }
}
