import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mean, pairedDifferences, standardDeviation } from '@rppkit/metrics/statistics';
import { parseExperimentConfig, type RankingRowName, runRankingSuite, type SuiteOutcome, summarizeSuite } from 'rppkit';
import { configureData, type RankedDataName } from './ranked-data.ts';

export interface MeasureRankingOptions {
  readonly data: RankedDataName;
  readonly model: 'simulated:weak' | 'simulated:strong';
  /** Of prompts and learners; tasks are those of seed 1. */
  readonly seed: number;
  /** Calls of each search and training. */
  readonly calls: number;
  readonly rows: readonly RankingRowName[];
  /** Where fitted recommenders are kept; default: nowhere. */
  readonly recommendersPath?: string;
  readonly log: (line: string) => void;
}

/** Means over users of one row with one seed. */
export interface RankingRecordRow {
  readonly ndcg: readonly [at1: number, at5: number, at10: number];
  /** NDCG@10 less that of the best fixed prompt. */
  readonly difference: number;
  /** Standard errors over users of NDCG@10 and of the difference. */
  readonly errors: readonly [ndcg: number, difference: number];
  /** Null where no model is asked. */
  readonly costs: { readonly searchCalls: number; readonly callsPerRanking: number; readonly tokens: number } | null;
}

export interface RankingRecord {
  readonly data: RankedDataName;
  readonly users: number;
  readonly rows: Readonly<Record<string, RankingRecordRow>>;
  /** Rows that could not be made, and why. */
  readonly missing: Readonly<Record<string, string>>;
}

/** Measures the rows anew, but for the recommenders, which are fitted once a data set. */
export async function measureRanking(options: MeasureRankingOptions): Promise<RankingRecord> {
  const { data, model, seed, calls, rows, recommendersPath, log } = options;
  const path = mkdtempSync(join(tmpdir(), 'rppkit-ranking-'));
  try {
    const outcome = await runRankingSuite({
      config: parseExperimentConfig({ ...configureData(data), model, episodes: calls }),
      rows,
      seeds: [seed],
      path,
      ...(recommendersPath !== undefined && { recommendersPath }),
      log,
      progress: { begin: (label) => log(`${data} ${model} ${seed}: ${label}`), advance() {}, end() {} },
      signal: new AbortController().signal,
    });
    return { data, ...recordRows(outcome) };
  } finally {
    rmSync(path, { recursive: true });
  }
}

function recordRows(outcome: SuiteOutcome): Omit<RankingRecord, 'data'> {
  const { users, rows } = summarizeSuite(outcome);
  const read = (row: RankingRowName): Float64Array =>
    // The simulated model never fails.
    Float64Array.from(outcome.rows.find((measured) => measured.row === row)!.outcomes[0]!.ndcg[10], (value) => value!);
  const fixed = read('best-fixed');
  return {
    users,
    rows: Object.fromEntries(
      rows.map(({ row, ndcg, searchCalls, callsPerRanking, tokensPerRanking }): [string, RankingRecordRow] => {
        const values = read(row);
        const differences = pairedDifferences(values, fixed);
        return [
          row,
          {
            ndcg: [shorten(ndcg[1].mean), shorten(ndcg[5].mean), shorten(ndcg[10].mean)],
            difference: shorten(mean(differences)),
            errors: [computeError(values), computeError(differences)],
            costs:
              searchCalls === null
                ? null
                : { searchCalls, callsPerRanking: callsPerRanking!, tokens: shorten(tokensPerRanking!) },
          },
        ];
      }),
    ),
    missing: Object.fromEntries(outcome.missing.map(({ row, reason }) => [row, reason])),
  };
}

const computeError = (values: ArrayLike<number>): number =>
  shorten(standardDeviation(values) / Math.sqrt(values.length));

/** Seven digits say all that the table shows, and keep the committed record short. */
const shorten = (value: number): number => Number(value.toPrecision(7));
