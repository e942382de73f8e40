import { adjustByHolm, pairedRandomizationTest } from '@rppkit/metrics/statistics';
import type { RandomStream } from '@rppkit/spec';
import type { Estimate, RowId, Significance, SystemComparison } from './results.ts';

/** Random sign patterns of each test: the smallest p-value is 1 / 10,001. */
const permutations = 10_000;

export interface CompareSystemsOptions {
  /** NDCG@10 of one system for the compared users, in one order. */
  readonly select: (id: RowId) => Float64Array;
  /** Mean difference of two systems with its interval. */
  readonly computeDifference: (left: RowId, right: RowId) => Estimate;
  /** Split, not drawn from. */
  readonly random: RandomStream;
}

/**
 * Tests every system against the best fixed prompt, and RPP against every system: Fisher's paired randomisation test of the
 * mean difference, which assumes no distribution, with p-values corrected by Holm over all of these pairs.
 */
export function compareSystems(
  systems: readonly RowId[],
  { select, computeDifference, random }: CompareSystemsOptions,
): Significance {
  const pairs = [
    ...systems.filter((id) => id !== 'best-fixed').map((id) => [id, 'best-fixed'] as const),
    ...systems.filter((id) => id !== 'best-fixed' && id !== 'rpp').map((id) => ['rpp', id] as const),
  ];
  const pValues = pairs.map(([system, reference]) => {
    const stream = random.split(`${system}-${reference}`);
    return pairedRandomizationTest(select(system), select(reference), { random: stream, permutations }).pValue;
  });
  const adjusted = adjustByHolm(pValues);
  const comparisons = pairs.map(
    ([system, reference], index): SystemComparison => ({
      system,
      reference,
      difference: computeDifference(system, reference),
      pValue: pValues[index]!,
      adjustedPValue: adjusted[index]!,
    }),
  );
  return { test: 'paired randomization', permutations, correction: 'holm', comparisons };
}

/** The comparison of one system less another; undefined where that pair was not tested. */
export function findComparison(
  { comparisons }: Pick<Significance, 'comparisons'>,
  system: RowId,
  reference: RowId,
): SystemComparison | undefined {
  return comparisons.find((one) => one.system === system && one.reference === reference);
}
