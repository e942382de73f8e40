import { type RandomStream, samplePermutation } from '@rppkit/spec';

/**
 * Splits the rows 0 … rowCount-1 at random into `minibatches` parts, every row in one of them. The first parts hold one row
 * more where the rows do not divide; more parts than rows give one row each. A single part keeps the order of the rows.
 */
export function splitMinibatches(
  rowCount: number,
  minibatches: number,
  random: RandomStream,
): readonly (readonly number[])[] {
  if (minibatches === 1) return [Array.from({ length: rowCount }, (_, row) => row)];
  const order = [...samplePermutation(random, rowCount)];
  const size = Math.floor(rowCount / minibatches);
  const longer = rowCount % minibatches;
  return Array.from({ length: Math.min(minibatches, rowCount) }, (_, part) => {
    const start = part * size + Math.min(part, longer);
    return order.slice(start, start + size + (part < longer ? 1 : 0));
  });
}
