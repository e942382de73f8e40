import { InvalidArgumentError } from '@rppkit/spec';

/**
 * Indices of p-values from the smallest to the largest. Throws `InvalidArgumentError` for no p-value or one outside
 * [0, 1].
 */
export function computePValueOrder(pValues: ArrayLike<number>): Int32Array {
  if (pValues.length === 0) throw new InvalidArgumentError('pValues.length', 'at least 1', 0);
  for (let index = 0; index < pValues.length; index++) {
    if (!(pValues[index]! >= 0 && pValues[index]! <= 1)) {
      throw new InvalidArgumentError(`pValues[${index}]`, 'from 0 to 1', pValues[index]);
    }
  }
  return Int32Array.from(pValues, (_, index) => index).sort((left, right) => pValues[left]! - pValues[right]!);
}
