import { pairedDifferences } from '@rppkit/metrics/statistics';

/**
 * The earliest of several trials that cannot be told from the best one: its values, one a user, lie below those of the best by
 * at most one standard error of the mean difference. With the defaults as the first trial, they give way only to something
 * that validation shows to be better (the one-standard-error rule of Breiman, Friedman, Olshen and Stone, "Classification and
 * regression trees", 1984).
 */
export function selectTrial(trials: readonly Float64Array[]): number {
  const means = trials.map(computeMean);
  const best = trials[means.indexOf(Math.max(...means))]!;
  return trials.findIndex((values) => {
    const differences = pairedDifferences(best, values);
    const mean = computeMean(differences);
    const squares = differences.reduce((sum, difference) => sum + (difference - mean) ** 2, 0);
    return mean <= Math.sqrt(squares / (values.length - 1) / values.length);
  });
}

const computeMean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
