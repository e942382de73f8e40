import { InvalidArgumentError } from '@rppkit/spec';
import { assertAmounts } from './assert-arguments.ts';

/** Above it 2^gain - 1 could add up to infinity. */
export const largestGrade = 512;

/** The gains 2^grade - 1, `Float64Array [candidates]`. Throws `InvalidArgumentError` for a grade outside [0, 512]. */
export function computeExponentialGains(grades: ArrayLike<number>): Float64Array {
  assertAmounts('gains', grades);
  const gains = new Float64Array(grades.length);
  for (let candidate = 0; candidate < gains.length; candidate++) {
    const grade = grades[candidate]!;
    if (grade > largestGrade) {
      const advice = 'Pass relevance grades, such as 0 to 4.';
      throw new InvalidArgumentError(`gains[${candidate}]`, `at most ${largestGrade}`, grade, advice);
    }
    gains[candidate] = 2 ** grade - 1;
  }
  return gains;
}
