import type { PatternSpace } from '@rppkit/patterns';

/** Every expression of every pattern as one number: a cell. */
export interface PromptCells {
  /** Cells in all. */
  readonly count: number;
  /** The first cell of each pattern, and at the end the number of cells, `Int32Array [patterns + 1]`. */
  readonly starts: Int32Array;
}

/** Numbers the expressions of a space, pattern after pattern. */
export function numberCells(space: PatternSpace): PromptCells {
  const starts = new Int32Array(space.patterns.length + 1);
  for (const [position, { expressions }] of space.patterns.entries()) {
    starts[position + 1] = starts[position]! + expressions.length;
  }
  return { count: starts[space.patterns.length]!, starts };
}
