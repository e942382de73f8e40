import type { CallCount } from '../experiment/results.ts';
import type { cutoffs } from '../experiment/system-values.ts';
import type { RankingRowName } from './ranking-rows.ts';

/** NDCG of each report task at each cut-off, in the order of the tasks; null where a call failed. Plain JSON. */
export type SuiteValues = Readonly<Record<`${(typeof cutoffs)[number]}`, readonly (number | null)[]>>;

/** What one row came to with one seed. Plain JSON. */
export interface RowOutcome {
  readonly ndcg: SuiteValues;
  /** Calls that found its prompts, of all purposes; null where no model is asked. */
  readonly searchCalls: number | null;
  /** Calls that one ranking takes; null where no model is asked. */
  readonly callsPerRanking: number | null;
  /** Mean prompt and answer tokens of one ranking; null where no model is asked. */
  readonly tokensPerRanking: number | null;
  /** Share of answers without a usable ranking; null where no model is asked. */
  readonly invalidShare: number | null;
}

/** A row that was measured: one outcome a seed, in the order of the seeds; one for all of them where no model is asked. */
export interface MeasuredRow {
  readonly row: RankingRowName;
  readonly outcomes: readonly RowOutcome[];
}

/** A row that cannot be made on these data with this model. */
export interface MissingRow {
  readonly row: RankingRowName;
  readonly reason: string;
}

/** Per-user values and costs of all rows on the same report tasks. Plain JSON. */
export interface SuiteOutcome {
  readonly data: {
    readonly name: string;
    readonly users: number;
    readonly items: number;
    readonly interactions: number;
    readonly trainUsers: number;
    readonly reportUsers: number;
    readonly candidates: number;
  };
  readonly model: string;
  /** The model that trained the policy of the row `rpp-transferred`; null without that row. */
  readonly transferFrom: string | null;
  /** Of prompts and learners; tasks and recommenders are the same for all. */
  readonly seeds: readonly number[];
  /** Calls that every search and training was allowed. */
  readonly calls: number;
  readonly rows: readonly MeasuredRow[];
  readonly missing: readonly MissingRow[];
  /** Users that failed calls may cost, as a share. */
  readonly allowedLoss: number;
  readonly backend: string;
  readonly versions: Readonly<Record<string, string>>;
  /** What depends on when and how often the suite was interrupted; all else follows from seeds, data and answers. */
  readonly timing: { readonly calls: readonly CallCount[] };
}
