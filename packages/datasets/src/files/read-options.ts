import type { DatasetError } from '../dataset-error.ts';

/** What every reader of rows takes. */
export interface ReadOptions {
  /**
   * Called with the error of each line that cannot be used; the line is then left out. Without it the first such line
   * ends the reading with that error.
   */
  readonly onBadLine?: (error: DatasetError) => void;
}

/** Hands the error of a line to whoever asked for it, or throws it. */
export function refuseLine(error: DatasetError, { onBadLine }: ReadOptions): void {
  if (onBadLine === undefined) throw error;
  onBadLine(error);
}
