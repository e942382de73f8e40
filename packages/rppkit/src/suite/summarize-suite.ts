import {
  adjustByHolm,
  bootstrapMeanInterval,
  bootstrapTwoLevelInterval,
  mean,
  pairedDifferences,
  pairedTTest,
} from '@rppkit/metrics/statistics';
import { createRandomStream, type RandomStream, RppError } from '@rppkit/spec';
import type { Estimate } from '../experiment/results.ts';
import { type CrossedMean, estimateCrossedMean } from './estimate-crossed-mean.ts';
import { rankingRows, referenceRow } from './ranking-rows.ts';
import type { MeasuredRow, RowOutcome, SuiteOutcome } from './suite-outcome.ts';
import type { SuiteResults, SuiteRow } from './suite-results.ts';

type Cutoff = '1' | '5' | '10';

/**
 * The table of a suite: NDCG with 95 % intervals of the bootstrap, for one seed over users, for several over users and seeds; each row
 * less the best fixed prompt, tested for one seed by a paired t test on users, for several, with its interval, by the t test of
 * `estimateCrossedMean`, which covers users and seeds; corrected by Holm. Users whom a call lost in any row are left out of all.
 * Throws `RppError` (`USERS_LOST`) where they are more than the suite allows.
 */
export function summarizeSuite(outcome: SuiteOutcome): SuiteResults {
  const { data, model, transferFrom, seeds, calls, rows, missing, allowedLoss, backend, versions, timing } = outcome;
  const kept = keepUsers(rows, data.reportUsers, allowedLoss);
  const random = createRandomStream('ranking suite');
  const values = (row: MeasuredRow, k: Cutoff): Float64Array[] =>
    row.outcomes.map(({ ndcg }) => Float64Array.from(kept, (user) => ndcg[k][user]!));
  const reference = values(rows.find(({ row }) => row === referenceRow)!, '10');
  const others = rows.filter(({ row }) => row !== referenceRow);
  const gains = others.map((row) => compare(values(row, '10'), reference, random.split(row.row)));
  // Of no p-values there are none to correct.
  const adjusted = gains.length === 0 ? [] : adjustByHolm(gains.map(({ pValue }) => pValue));
  const compared = new Map(
    others.map(({ row }, index) => {
      const { mean: centre, low, high } = gains[index]!;
      return [row, { overBestFixed: { mean: centre, low, high }, pValue: adjusted[index]! }];
    }),
  );
  return {
    schemaVersion: 1,
    suite: 'ranking',
    data,
    model,
    transferFrom,
    seeds,
    calls,
    users: kept.length,
    lostUsers: data.reportUsers - kept.length,
    rows: rows.map((measured): SuiteRow => {
      const { row, outcomes } = measured;
      const own = random.split(row);
      const at = (k: Cutoff): Estimate => estimate(values(measured, k), own.split(k));
      const tokens = averageCost(outcomes, ({ tokensPerRanking }) => tokensPerRanking);
      const ndcg = { 1: at('1'), 5: at('5'), 10: at('10') };
      return {
        row,
        label: row === 'rpp-transferred' ? `RPP, trained on ${transferFrom}` : rankingRows[row].label,
        kind: rankingRows[row].kind,
        ndcg,
        ...(compared.get(row) ?? { overBestFixed: null, pValue: null }),
        searchCalls: averageCost(outcomes, ({ searchCalls }) => searchCalls),
        callsPerRanking: averageCost(outcomes, ({ callsPerRanking }) => callsPerRanking),
        tokensPerRanking: tokens,
        invalidShare: averageCost(outcomes, ({ invalidShare }) => invalidShare),
        ndcgPerThousandTokens: tokens === null ? null : (1000 * ndcg[10].mean) / tokens,
      };
    }),
    missing,
    backend,
    versions,
    timing,
  };
}

/** Indices of the users whom every row and seed answered. */
function keepUsers(rows: readonly MeasuredRow[], users: number, allowedLoss: number): readonly number[] {
  const outcomes = rows.flatMap((row) => row.outcomes);
  const kept = Array.from({ length: users }, (_, user) => user).filter((user) =>
    outcomes.every(({ ndcg }) => ndcg[10][user] !== null),
  );
  const lost = users - kept.length;
  if (lost <= allowedLoss * users && kept.length >= 2) return kept;
  throw new RppError(
    'USERS_LOST',
    `Expected failed calls for at most ${100 * allowedLoss} % of ${users} report users, and two users left, received ${lost} lost. Run the same command to ask again for what is missing, or raise --allowed-loss.`,
  );
}

/** A row less the best fixed prompt, seed by seed; one that asks no model is the same for every seed. */
function compare(
  values: readonly Float64Array[],
  reference: readonly Float64Array[],
  random: RandomStream,
): CrossedMean {
  const differences = reference.map((fixed, seed) => pairedDifferences(values[seed] ?? values[0]!, fixed));
  if (reference.length > 1) return estimateCrossedMean(differences);
  return {
    ...estimate(differences, random.split('over best fixed')),
    pValue: pairedTTest(values[0]!, reference[0]!).pValue,
  };
}

function estimate(values: readonly ArrayLike<number>[], random: RandomStream): Estimate {
  if (values.length === 1) {
    const { mean: centre, low, high } = bootstrapMeanInterval(values[0]!, { random });
    return { mean: centre, low, high };
  }
  const { estimate: centre, low, high } = bootstrapTwoLevelInterval(values, { random, design: 'crossed' });
  return { mean: centre, low, high };
}

function averageCost(outcomes: readonly RowOutcome[], read: (outcome: RowOutcome) => number | null): number | null {
  const costs = outcomes.map(read).filter((cost) => cost !== null);
  return costs.length === 0 ? null : mean(costs);
}
