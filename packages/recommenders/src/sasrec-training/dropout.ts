import type { RandomStream } from '@rppkit/spec';
import type { CreateDropoutMask } from './sasrec-network.ts';

/**
 * Masks that keep a value with probability 1 - `rate` (in [0, 1), to the nearest 1 / 65,536) and scale it by what keeps the
 * mean.
 */
export function createDropout(rate: number, random: RandomStream): CreateDropoutMask {
  const threshold = Math.round(rate * 0x10000);
  const kept = 1 / (1 - rate);
  return (size) => {
    const mask = new Float32Array(size);
    // Two values a draw: a mask has a value for every activation.
    for (let index = 0; index < size; index += 2) {
      const bits = random.bits();
      if (bits >>> 16 >= threshold) mask[index] = kept;
      // Past the end of a mask of odd size the write is ignored.
      if ((bits & 0xffff) >= threshold) mask[index + 1] = kept;
    }
    return mask;
  };
}
