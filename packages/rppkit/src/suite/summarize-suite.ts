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
import { type RankingRowName, rankingRows, referenceRow } from './ranking-rows.ts';
import type { MeasuredRow, RowOutcome, SuiteOutcome } from './suite-outcome.ts';
import type { SuiteResults, SuiteRow } from './suite-results.ts';

type Cutoff = '1' | '5' | '10';

/**
 * The table of a suite: NDCG with 95 % intervals, for one seed of the bootstrap over users, for several over users and seeds; each
 * row tested against the best fixed prompt by a paired t test on the users' means over seeds, corrected by Holm. Users whom a call
 * lost in any row are left out of all. Throws `RppError` (`USERS_LOST`) where they are more than the suite allows.
 */
export function summarizeSuite(outcome: SuiteOutcome): SuiteResults {
  const { data, model, transferFrom, seeds, calls, rows, missing, allowedLoss, backend, versions, timing } = outcome;
  const kept = keepUsers(rows, data.reportUsers, allowedLoss);
  const random = createRandomStream('ranking suite');
  const values = (row: MeasuredRow, k: Cutoff): Float64Array[] =>
    row.outcomes.map(({ ndcg }) => Float64Array.from(kept, (user) => ndcg[k][user]!));
  const reference = values(rows.find(({ row }) => row === referenceRow)!, '10');
  const others = rows.filter(({ row }) => row !== referenceRow);
  const adjusted = adjustByHolm(
    others.map((row) => pairedTTest(averageSeeds(values(row, '10')), averageSeeds(reference)).pValue),
  );
  const pValues = new Map<RankingRowName, number>(others.map(({ row }, index) => [row, adjusted[index]!]));
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
      const own10 = values(measured, '10');
      // A row without a model is the same for every seed.
      const differences = reference.map((fixed, seed) => pairedDifferences(own10[seed] ?? own10[0]!, fixed));
      const tokens = averageCost(outcomes, ({ tokensPerRanking }) => tokensPerRanking);
      const ndcg = { 1: at('1'), 5: at('5'), 10: at('10') };
      return {
        row,
        label: row === 'rpp-transferred' ? `RPP, trained on ${transferFrom}` : rankingRows[row].label,
        kind: rankingRows[row].kind,
        ndcg,
        overBestFixed: row === referenceRow ? null : estimate(differences, own.split('over best fixed')),
        pValue: pValues.get(row) ?? null,
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

/** The mean over seeds for each user. */
function averageSeeds(values: readonly Float64Array[]): Float64Array {
  return values[0]!.map((_, user) => mean(values.map((own) => own[user]!)));
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
