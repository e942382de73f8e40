import type { RandomStream } from '@rppkit/spec';
import type { LearnedUsers } from '../fitted/learned-users.ts';

/** Stands in `inputs` where a window has no item, and in `targets` where nothing is to be learned. */
export const padding = -1;

/** Pieces of the users' sequences, one row each. */
export interface TrainingWindows {
  readonly count: number;
  /** Indices of items, padded at the left, `Int32Array [count, maximumLength]`. */
  readonly inputs: Int32Array;
  /** The item that follows each input, `Int32Array [count, maximumLength]`. */
  readonly targets: Int32Array;
  /** The user of each window, `Int32Array [count]`. */
  readonly users: Int32Array;
}

/**
 * Cuts every sequence from its end into windows of `maximumLength` inputs, so that each item but the first of a user is a
 * target once. With a random stream, the newest window of a user who needs several is of random length: the cuts fall
 * elsewhere in each epoch.
 */
export function cutTrainingWindows(
  { users, starts, item }: Pick<LearnedUsers, 'users' | 'starts' | 'item'>,
  maximumLength: number,
  random: RandomStream,
): TrainingWindows {
  const owners: number[] = [];
  /** Entries of the first and after the last target of each window. */
  const begins: number[] = [];
  const ends: number[] = [];
  for (let user = 0; user < users.length; user++) {
    const first = starts[user]! + 1;
    let end = starts[user + 1]!;
    let size = end - first > maximumLength ? 1 + random.integer(maximumLength) : maximumLength;
    while (end > first) {
      const begin = Math.max(first, end - size);
      owners.push(user);
      begins.push(begin);
      ends.push(end);
      end = begin;
      size = maximumLength;
    }
  }
  const count = owners.length;
  const inputs = new Int32Array(count * maximumLength).fill(padding);
  const targets = new Int32Array(count * maximumLength).fill(padding);
  for (let window = 0; window < count; window++) {
    const begin = begins[window]!;
    const end = ends[window]!;
    const place = (window + 1) * maximumLength - (end - begin);
    inputs.set(item.subarray(begin - 1, end - 1), place);
    targets.set(item.subarray(begin, end), place);
  }
  return { count, inputs, targets, users: Int32Array.from(owners) };
}
