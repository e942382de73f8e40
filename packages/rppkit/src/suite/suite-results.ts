import type { CallCount, Estimate } from '../experiment/results.ts';
import type { RankingRowKind, RankingRowName } from './ranking-rows.ts';
import type { MissingRow, SuiteOutcome } from './suite-outcome.ts';

/** One row of the table of a suite. */
export interface SuiteRow {
  readonly row: RankingRowName;
  readonly label: string;
  readonly kind: RankingRowKind;
  /** Over users, and over users and seeds where there are several. */
  readonly ndcg: Readonly<Record<'1' | '5' | '10', Estimate>>;
  /** NDCG@10 less that of the best fixed prompt, over the same; null for that row itself. */
  readonly overBestFixed: Estimate | null;
  /**
   * Of the test against the best fixed prompt, corrected by Holm over all rows; null for that row itself. With one seed a paired t test on
   * users, with several one that covers users and seeds, as the interval does.
   */
  readonly pValue: number | null;
  /** Means over seeds; null where no model is asked. */
  readonly searchCalls: number | null;
  readonly callsPerRanking: number | null;
  readonly tokensPerRanking: number | null;
  readonly invalidShare: number | null;
  /** Mean NDCG@10 divided by thousands of tokens of one ranking; null where no model is asked. */
  readonly ndcgPerThousandTokens: number | null;
}

/** The table of a suite with everything that it is of; written to `results.json`. */
export interface SuiteResults {
  readonly schemaVersion: 1;
  readonly suite: 'ranking';
  readonly data: SuiteOutcome['data'];
  readonly model: string;
  readonly transferFrom: string | null;
  readonly seeds: readonly number[];
  readonly calls: number;
  /** Report users whom every row and seed answered: all figures are about them. */
  readonly users: number;
  readonly lostUsers: number;
  readonly rows: readonly SuiteRow[];
  readonly missing: readonly MissingRow[];
  readonly backend: string;
  readonly versions: Readonly<Record<string, string>>;
  /** What depends on when and how often the suite was interrupted. */
  readonly timing: { readonly calls: readonly CallCount[] };
}
