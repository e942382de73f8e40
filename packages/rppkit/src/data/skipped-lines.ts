import type { DatasetError } from '@rppkit/datasets';
import { explainInFlags } from './explain-in-flags.ts';

/** Lines that were left out because they could not be used. */
export interface SkippedLines {
  readonly count: number;
  /** What was wrong with the first few. */
  readonly examples: readonly string[];
}

const mostExamples = 3;

/** Counts lines that are left out and keeps what was wrong with the first. */
export class SkippedLineCounter {
  #count = 0;
  readonly #examples: string[] = [];

  /** For `onBadLine`. */
  readonly add = (error: DatasetError): void => {
    this.#count++;
    if (this.#examples.length < mostExamples) this.#examples.push(explainInFlags(error.message));
  };

  get skipped(): SkippedLines {
    return { count: this.#count, examples: [...this.#examples] };
  }
}

/** Lines for the terminal; none where nothing was left out. */
export function renderSkippedLines({ count, examples }: SkippedLines): string[] {
  if (count === 0) return [];
  const more = count > examples.length ? `, the first ${examples.length} of them` : '';
  const lines = count === 1 ? 'line' : 'lines';
  return [
    `Left out ${count.toLocaleString('en-US')} ${lines} that could not be used${more}:`,
    ...examples.map((text) => `  ${text}`),
  ];
}
