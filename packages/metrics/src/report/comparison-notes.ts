import type { Comparison } from './comparison.ts';

/** Sentences that say how a comparison was made. They hold no names of systems or metrics. */
export function describeComparison(comparison: Comparison, intervals: boolean): readonly string[] {
  const { users, leftOut, correction, pairs, significanceLevel, interval, resamples, level } = comparison;
  const lost = leftOut === 0 ? '' : `; ${leftOut} left out because some system lacks them`;
  const family = pairs.length === 1 ? '1 comparison' : `${pairs.length} comparisons`;
  const corrected =
    correction === 'none' ? `without correction for ${family}` : `${corrections[correction]} over ${family}`;
  const method = interval === 'student' ? 'Student' : `BCa bootstrap (${resamples} resamples)`;
  return [
    `${users} users${lost}.`,
    `Superscripts name the systems that are significantly worse (two-sided ${describeTest(comparison)}, ${corrected}, p at most ${significanceLevel})${comparison.test === 'wilcoxon' ? ', by their ranks and by their mean' : ''}.`,
    ...(intervals ? [`Brackets: ${Number((100 * level).toPrecision(12))} % ${method} intervals over users.`] : []),
  ];
}

const corrections = { holm: 'Holm correction', 'benjamini-hochberg': 'Benjamini-Hochberg correction' } as const;

function describeTest({ test, zeroRule, permutations }: Comparison): string {
  if (test === 'student') return 'paired t test';
  if (test === 'randomization') return `paired randomisation test with ${permutations} permutations`;
  return `Wilcoxon signed-rank test, zeros ${zeroRule === 'pratt' ? 'ranked as by Pratt' : 'left out'}`;
}
