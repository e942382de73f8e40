import type { RandomStream } from './random-stream.ts';
import { InvalidArgumentError } from './rpp-error.ts';

/** A uniformly random permutation of 0 … size-1 (Fisher-Yates), `Int32Array [size]`. */
export function samplePermutation(random: RandomStream, size: number): Int32Array {
  assertCount('size', size);
  const order = new Int32Array(size);
  for (let index = 0; index < size; index++) order[index] = index;
  for (let last = size - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const swapped = order[last]!;
    order[last] = order[other]!;
    order[other] = swapped;
  }
  return order;
}

/** `count` distinct integers of 0 … size-1 in random order, `Int32Array [count]` (Floyd's method, then shuffled). */
export function sampleDistinct(random: RandomStream, size: number, count: number): Int32Array {
  assertCount('size', size);
  assertCount('count', count);
  if (count > size) throw new InvalidArgumentError('count', `at most ${size}`, count);
  const chosen = new Set<number>();
  for (let bound = size - count; bound < size; bound++) {
    const candidate = random.integer(bound + 1);
    chosen.add(chosen.has(candidate) ? bound : candidate);
  }
  const values = [...chosen];
  const order = samplePermutation(random, count);
  for (let place = 0; place < count; place++) order[place] = values[order[place]!]!;
  return order;
}

/** An index drawn in proportion to non-negative weights (they need not sum to 1). Throws when all are 0. */
export function sampleIndex(random: RandomStream, weights: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < weights.length; index++) {
    if (!(weights[index]! >= 0)) throw new InvalidArgumentError('weights', 'non-negative', weights[index]);
    total += weights[index]!;
  }
  if (!(total > 0 && total < Infinity)) {
    throw new InvalidArgumentError('weights', 'numbers with a positive, finite sum', total);
  }
  let left = random.uniform() * total;
  let chosen = -1;
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index]!;
    if (weight <= 0) continue;
    chosen = index;
    left -= weight;
    if (left < 0) break;
  }
  return chosen;
}

/** A uniformly random permutation without fixed points (by rejection, on average e tries); `size` at least 2. */
export function sampleDerangement(random: RandomStream, size: number): Int32Array {
  if (!(Number.isInteger(size) && size >= 2)) {
    throw new InvalidArgumentError('size', 'an integer of at least 2', size, 'One element cannot change places.');
  }
  for (;;) {
    const order = samplePermutation(random, size);
    if (order.every((value, index) => value !== index)) return order;
  }
}

function assertCount(name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 0)) throw new InvalidArgumentError(name, 'a non-negative integer', value);
}
