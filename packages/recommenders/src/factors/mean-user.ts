import type { Factors } from './factor-model.ts';

/**
 * Mean vector `[dimensions]` of the users who have entries, 0 where none has. `starts`, `Int32Array [users + 1]`: user u has
 * the entries from `starts[u]` up to `starts[u + 1]`.
 */
export function computeMeanUser(
  { dimensions, users }: Pick<Factors, 'dimensions' | 'users'>,
  starts: Int32Array,
): Float32Array {
  const sums = new Float64Array(dimensions);
  let count = 0;
  for (let user = 0; user + 1 < starts.length; user++) {
    if (starts[user] === starts[user + 1]) continue;
    count++;
    for (let d = 0; d < dimensions; d++) sums[d]! += users[user * dimensions + d]!;
  }
  return Float32Array.from(sums, (sum) => sum / Math.max(1, count));
}
