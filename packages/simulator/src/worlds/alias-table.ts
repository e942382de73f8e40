import type { RandomStream } from '@rppkit/spec';

/**
 * Draws indices in proportion to fixed weights in constant time.
 * Vose: "A linear algorithm for generating random numbers with a given distribution", IEEE TSE 17(9), 1991.
 */
export interface AliasTable {
  /** An index in [0, size). */
  sample(random: RandomStream): number;
}

/** The table for non-negative weights with a positive sum (not checked: the callers build them). */
export function createAliasTable(weights: Float64Array): AliasTable {
  const size = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const threshold = weights.map((weight) => (weight * size) / total);
  const alias = new Int32Array(size);
  const small: number[] = [];
  const large: number[] = [];
  for (let index = 0; index < size; index++) (threshold[index]! < 1 ? small : large).push(index);
  while (small.length > 0 && large.length > 0) {
    const low = small.pop()!;
    const high = large.at(-1)!;
    alias[low] = high;
    threshold[high]! -= 1 - threshold[low]!;
    if (threshold[high]! < 1) small.push(large.pop()!);
  }
  // What is left differs from 1 by rounding only.
  for (const index of [...small, ...large]) threshold[index] = 1;
  return {
    sample(random) {
      // One draw serves both: its whole part picks the column, the rest decides inside it.
      const position = random.uniform() * size;
      const index = Math.floor(position);
      return position - index < threshold[index]! ? index : alias[index]!;
    },
  };
}
