import * as tf from '@tensorflow/tfjs';
import type { LearnedUsers } from '../fitted/learned-users.ts';
import type { SasrecSizes } from '../sasrec/sasrec-parameters.ts';
import type { SasrecNetwork } from './sasrec-network.ts';
import { padding } from './training-windows.ts';

/** Hidden state after each user's newest items, `Float32Array [users, dimensions]`; zeros for users without items. */
export function computeUserStates(
  network: SasrecNetwork,
  { users, starts, item }: Pick<LearnedUsers, 'users' | 'starts' | 'item'>,
  { maximumLength, dimensions }: SasrecSizes,
  batchSize: number,
): Float32Array {
  const states = new Float32Array(users.length * dimensions);
  // Without items there is no row to read for the padding either.
  if (item.length === 0) return states;
  for (let start = 0; start < users.length; start += batchSize) {
    const size = Math.min(batchSize, users.length - start);
    const inputs = new Int32Array(size * maximumLength).fill(padding);
    for (let row = 0; row < size; row++) {
      const end = starts[start + row + 1]!;
      const begin = Math.max(starts[start + row]!, end - maximumLength);
      inputs.set(item.subarray(begin, end), (row + 1) * maximumLength - (end - begin));
    }
    const newest = tf.tidy(() =>
      network
        .computeStates(inputs)
        .reshape([size, maximumLength, dimensions])
        .slice([0, maximumLength - 1, 0], [size, 1, dimensions])
        .dataSync<'float32'>(),
    );
    states.set(newest, start * dimensions);
  }
  for (let user = 0; user < users.length; user++) {
    if (starts[user] === starts[user + 1]) states.fill(0, user * dimensions, (user + 1) * dimensions);
  }
  return states;
}
