import { InvalidArgumentError } from '@rppkit/spec';
import { assertArrayLike } from '../assert-arguments.ts';

/** Prompts show far fewer candidates; a number that was read wrongly must not allocate memory without end. */
const largestPositionCount = 1_000_000;

/**
 * Checks one value and one position for each answer and returns the number of positions: `positionCount`, or the highest
 * position + 1, at most 1,000,000. Throws `InvalidArgumentError`.
 */
export function assertPositionedValues(
  values: ArrayLike<number>,
  positions: ArrayLike<number>,
  positionCount?: number,
): number {
  assertArrayLike('values', values);
  assertArrayLike('positions', positions);
  if (values.length < 3) throw new InvalidArgumentError('values', 'those of at least three answers', values);
  if (positions.length !== values.length) {
    throw new InvalidArgumentError('positions', `of length ${values.length}, one an answer`, positions);
  }
  if (positionCount !== undefined) assertPositionCount(positionCount);
  const end = positionCount ?? largestPositionCount;
  let highest = 0;
  let varied = false;
  for (let answer = 0; answer < values.length; answer++) {
    if (!Number.isFinite(values[answer])) {
      throw new InvalidArgumentError(`values[${answer}]`, 'a finite number', values[answer]);
    }
    const position = positions[answer]!;
    if (!Number.isInteger(position) || position < 0 || position >= end) {
      const expected = `an integer from 0 to ${end - 1}`;
      throw new InvalidArgumentError(`positions[${answer}]`, expected, position, 'Count positions from 0.');
    }
    highest = Math.max(highest, position);
    if (position !== positions[0]) varied = true;
  }
  if (!varied) {
    throw new InvalidArgumentError(
      'positions',
      'at least two positions that differ',
      positions,
      'Shuffle the candidates for each task: with one position its effect cannot be seen.',
    );
  }
  return positionCount ?? highest + 1;
}

function assertPositionCount(positionCount: number): void {
  if (Number.isInteger(positionCount) && positionCount >= 2 && positionCount <= largestPositionCount) return;
  throw new InvalidArgumentError('positionCount', `an integer from 2 to ${largestPositionCount}`, positionCount);
}

/** Values less their mean, `Float64Array`; exactly 0 where all values are equal. */
export function computeCentred(values: ArrayLike<number>): Float64Array {
  // Less the first value before the mean is taken: the mean of equal values may differ from them by rounding.
  const shifted = Float64Array.from(values, (value) => value - values[0]!);
  const mean = shifted.reduce((sum, value) => sum + value, 0) / shifted.length;
  return shifted.map((value) => value - mean);
}
