import { InvalidArgumentError } from '@rppkit/spec';
import { adjustByBenjaminiHochberg } from '../statistics/adjust-by-benjamini-hochberg.ts';
import { adjustByHolm } from '../statistics/adjust-by-holm.ts';
import type { Comparison } from './comparison.ts';

export function correctPValues(pValues: readonly number[], correction: Comparison['correction']): ArrayLike<number> {
  if (correction === 'holm') return adjustByHolm(pValues);
  return correction === 'benjamini-hochberg' ? adjustByBenjaminiHochberg(pValues) : pValues;
}

/**
 * Throws `InvalidArgumentError` where so few permutations are drawn that a pair which alone has the smallest possible
 * p-value, 1 / (permutations + 1), would not be significant after the correction over `family` tests.
 */
export function assertReachableSignificance(
  permutations: number,
  family: number,
  correction: Comparison['correction'],
  significanceLevel: number,
): void {
  const factor = correction === 'none' ? 1 : family;
  const isEnough = (count: number): boolean => factor * (1 / (count + 1)) <= significanceLevel;
  if (isEnough(permutations)) return;
  let least = Math.max(1, Math.ceil(factor / significanceLevel) - 2);
  while (!isEnough(least)) least++;
  throw new InvalidArgumentError(
    'permutations',
    `at least ${least}, so that one of ${family} comparisons can be significant at ${significanceLevel}`,
    permutations,
    'Draw more permutations, or compare fewer systems or metrics.',
  );
}
