import { RppError } from '@rppkit/spec';

/** What is wrong with the bytes of a checkpoint; a closed list. */
export type CheckpointDefect = 'wrong-magic' | 'unsupported-version' | 'truncated' | 'changed' | 'malformed-content';

/** Bytes that are no whole, unchanged checkpoint. */
export class CheckpointError extends RppError {
  readonly defect: CheckpointDefect;

  constructor(defect: CheckpointDefect, message: string, options?: { readonly cause?: unknown }) {
    super('CHECKPOINT', message, options);
    this.defect = defect;
  }
}
