import { InvalidArgumentError } from '@rppkit/spec';
import {
  assertDesign,
  assertPower,
  mostUsers,
  type PairedTTestDesign,
  pairedTTestPower,
} from './paired-t-test-power.ts';

export interface RequiredUsersOptions extends PairedTTestDesign {
  /** True mean difference that is to be found, positive, in units of the metric. */
  readonly difference: number;
  /** Chance of finding it, above `significanceLevel` and below 1, default .8. */
  readonly power?: number;
}

/**
 * The smallest number of users with which the paired t test finds `difference` with at least `power`; exact, through
 * `pairedTTestPower`. At least 2.
 * Throws `InvalidArgumentError` for options out of range, or where more than 1e9 users would be needed.
 */
export function requiredUsers({
  difference,
  standardDeviation,
  power = 0.8,
  significanceLevel = 0.05,
  alternative = 'two-sided',
}: RequiredUsersOptions): number {
  assertDesign(standardDeviation, significanceLevel, alternative);
  assertPower(power, significanceLevel);
  if (!(difference > 0 && difference < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError('difference', 'a positive finite number', difference, 'Order the systems to fit.');
  }
  const isEnough = (users: number): boolean =>
    pairedTTestPower({ users, difference, standardDeviation, significanceLevel, alternative }) >= power;
  let tooFew = 1;
  let enough = 2;
  while (!isEnough(enough)) {
    if (enough === mostUsers) {
      const advice = `More than ${mostUsers} users would be needed.`;
      throw new InvalidArgumentError('difference', 'larger by standardDeviation', difference, advice);
    }
    tooFew = enough;
    enough = Math.min(2 * enough, mostUsers);
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
