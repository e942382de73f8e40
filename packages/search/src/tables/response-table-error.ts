import { RppError } from '@rppkit/spec';

/** What is wrong with a response table, its file or its journal; a closed list. */
export type ResponseTableDefect =
  /** The bytes are no response table. */
  | 'wrong-magic'
  | 'unsupported-version'
  | 'truncated'
  | 'malformed-header'
  /** There are more bytes than the header announces. */
  | 'entries-length'
  /** The bytes are not those that were written. */
  | 'checksum'
  /** An entry says what no recording writes. */
  | 'malformed-entries'
  | 'malformed-journal'
  /** Of other tasks, another space, another model or other options. */
  | 'other-recording'
  /** The path cannot be read or written. */
  | 'unreadable';

/** A response table, or what should be one, that cannot be used. */
export class ResponseTableError extends RppError {
  readonly defect: ResponseTableDefect;

  constructor(defect: ResponseTableDefect, message: string, options?: { readonly cause?: unknown }) {
    super('RESPONSE_TABLE', message, options);
    this.defect = defect;
  }
}
