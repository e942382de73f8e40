import { studentTTwoSidedP } from '../statistics/student-t.ts';
import { assertPositionedValues, computeCentred } from './positioned-values.ts';

/** The answers whose relevant item stood at one position of the prompt. */
export interface PositionMean {
  /** Position in the prompt, from 0. */
  readonly position: number;
  /** Number of answers. */
  readonly count: number;
  /** Mean of their values; undefined where there is none. */
  readonly mean: number | undefined;
}

export interface NdcgByPosition {
  /** One entry for each position, in order. */
  readonly positions: readonly PositionMean[];
  /** Change of the value for each position further down: below 0 where items shown first are favoured. */
  readonly slope: number;
  /** Standard error of the slope. */
  readonly standardError: number;
  /** Two-sided p-value of slope 0, by Student's t with answers - 2 degrees of freedom. */
  readonly pValue: number;
}

export interface NdcgByPositionOptions {
  /** Number of candidates shown, an integer from 2 to 1,000,000; default the highest position + 1. */
  readonly positionCount?: number;
}

/**
 * NDCG by the position of the relevant item in the prompt: where a language model reads its candidates evenly, the means
 * are equal and the slope is 0. The slope is that of the least-squares line through all answers:
 *
 *   slope = S_xy / S_xx,   standard error = sqrt( (S_yy - slope * S_xy) / ((n - 2) S_xx) )
 *
 * S_xy the sum of (x - x̄)(y - ȳ), x the position, y the value. `values [answers]` are NDCG or any other value of an answer,
 * `positions [answers]` count from 0, to 999,999 at most. The test takes answers as independent: for tasks that were asked more than once, and
 * for effects that are no slope (such as a neglected middle), use `positionBiasTest`.
 * Throws `InvalidArgumentError` for fewer than three answers, differing lengths, values that are not finite, or positions
 * that are out of range or all equal.
 *
 * Sources: the question: Hou, Zhang, Lin, Lu, Xie, McAuley, Zhao, "Large language models are zero-shot rankers for
 * recommender systems", ECIR 2024; the test: ordinary least squares, as in `scipy.stats.linregress`.
 */
export function ndcgByPosition(
  values: ArrayLike<number>,
  positions: ArrayLike<number>,
  { positionCount }: NdcgByPositionOptions = {},
): NdcgByPosition {
  const count = assertPositionedValues(values, positions, positionCount);
  const counts = new Int32Array(count);
  const sums = new Float64Array(count);
  for (let answer = 0; answer < values.length; answer++) {
    counts[positions[answer]!]! += 1;
    sums[positions[answer]!]! += values[answer]!;
  }
  const x = computeCentred(positions);
  const y = computeCentred(values);
  let squaresX = 0;
  let squaresY = 0;
  let products = 0;
  for (let answer = 0; answer < values.length; answer++) {
    squaresX += x[answer]! ** 2;
    squaresY += y[answer]! ** 2;
    products += x[answer]! * y[answer]!;
  }
  const slope = products / squaresX;
  const degreesOfFreedom = values.length - 2;
  const residual = Math.max(0, squaresY - slope * products);
  const standardError = Math.sqrt(residual / (degreesOfFreedom * squaresX));
  return {
    positions: Array.from(counts, (answers, position) => ({
      position,
      count: answers,
      mean: answers === 0 ? undefined : sums[position]! / answers,
    })),
    slope,
    standardError,
    // 0 / 0 where all values are equal: no slope, no doubt.
    pValue: slope === 0 ? 1 : studentTTwoSidedP(slope / standardError, degreesOfFreedom),
  };
}
