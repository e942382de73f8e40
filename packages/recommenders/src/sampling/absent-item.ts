import type { RandomStream } from '@rppkit/spec';
import type { PairwiseSamples } from './pairwise-samples.ts';

/**
 * An item that the user does not have, every one equally likely; any item for a user without entries in the samples. Draws
 * once.
 */
export function sampleAbsentItem(
  { itemCount, starts, item }: PairwiseSamples,
  user: number,
  random: RandomStream,
): number {
  const start = starts[user]!;
  let low = start;
  let high = starts[user + 1]!;
  const rank = random.integer(itemCount - (high - low));
  // The absent item of this rank follows those of the user's items that have at most `rank` absent ones before them.
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (item[middle]! - (middle - start) <= rank) low = middle + 1;
    else high = middle;
  }
  return rank + (low - start);
}
