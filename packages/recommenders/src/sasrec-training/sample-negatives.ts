import type { RandomStream } from '@rppkit/spec';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';

/**
 * For each entry of `users` an item drawn evenly from those that this user never had, or from all where there is none.
 * Fast where the entries of one user stand together.
 */
export function sampleNegatives(
  { items, starts, item }: Pick<TrainingInteractions, 'items' | 'starts' | 'item'>,
  users: Int32Array,
  random: RandomStream,
): Int32Array {
  const negatives = new Int32Array(users.length);
  const owner = new Int32Array(items.length).fill(-1);
  for (let index = 0; index < users.length; index++) {
    const user = users[index]!;
    const begin = starts[user]!;
    const end = starts[user + 1]!;
    if (index === 0 || users[index - 1] !== user) {
      for (let entry = begin; entry < end; entry++) owner[item[entry]!] = user;
    }
    let drawn = random.integer(items.length);
    if (end - begin < items.length) while (owner[drawn] === user) drawn = random.integer(items.length);
    negatives[index] = drawn;
  }
  return negatives;
}
