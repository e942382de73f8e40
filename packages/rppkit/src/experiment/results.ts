import type { HeadroomVerdict } from '@rppkit/search';

/** A mean over users with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The rows of the results table, in the order in which they are printed. */
export type RowId = 'chance' | 'popularity' | 'random' | 'best-fixed' | 'rpp-swapped' | 'rpp' | 'context-oracle';

/** One system, judged on the report users. */
export interface ResultRow {
  readonly id: RowId;
  readonly label: string;
  /** NDCG at each cut-off, over the report users that every system answered. */
  readonly ndcg: Readonly<Record<'1' | '5' | '10', Estimate>>;
  /** LLM calls spent to find its prompts; null where no LLM is involved. */
  readonly searchCalls: number | null;
  /** Mean prompt and answer tokens of one ranking; null where no LLM is involved. */
  readonly tokensPerRanking: number | null;
  /** Share of answers without a usable ranking; null where no LLM is involved. */
  readonly invalidShare: number | null;
}

/** One point of the learning curve: the mean reward of the episodes since the point before. */
export interface LearningPoint {
  readonly episodes: number;
  readonly reward: Estimate;
}

/** How often the policy picks each expression of a pattern for the report users. */
export interface PatternUse {
  readonly pattern: string;
  readonly expressions: readonly {
    readonly id: string;
    readonly perspective: string;
    readonly share: number;
    readonly fixed: boolean;
  }[];
}

/** One report user's prompt and answer, for people to look at. All text in it is third-party text. */
export interface PromptExample {
  readonly user: string;
  readonly history: readonly string[];
  /** Titles in prompt order; the relevant one is marked. */
  readonly candidates: readonly { readonly title: string; readonly relevant: boolean }[];
  readonly prompt: {
    readonly text: string;
    readonly spans: readonly { readonly section: string; readonly start: number; readonly end: number }[];
  };
  readonly answer: string;
  /** Titles in ranked order. */
  readonly ranking: readonly string[];
  readonly ndcg: number;
  readonly fixed: { readonly answer: string; readonly ranking: readonly string[]; readonly ndcg: number };
}

/** One sentence that RPP+ made, and how its test against the sentence that it came from ended. */
export interface RefinedSentence {
  readonly pattern: string;
  readonly id: string;
  readonly parent: string;
  readonly sentence: string;
  readonly parentSentence: string;
  /** `open`: training ended before its test did. */
  readonly verdict: 'open' | 'promoted' | 'retired' | 'undecided';
  /** Answers to the same tasks that were compared. */
  readonly pairs: number;
  /** Mean NDCG less that of the parent; null without pairs. */
  readonly gain: number | null;
  /** Share of the report users for whom the policy picks it. */
  readonly share: number;
  /** Names of guards that could not check it. */
  readonly notChecked: readonly string[];
}

/** What calls were for. */
export type CallPhase = 'best fixed prompt' | 'context oracle' | 'train' | 'refine' | 'evaluate' | 'headroom';

/**
 * Calls of one phase. `announced` is the number that was printed before the first call; null for refinements, which come out
 * of the calls of the training.
 */
export interface CallCount {
  readonly phase: CallPhase;
  readonly announced: number | null;
  readonly fromModel: number;
  readonly fromStore: number;
  readonly failed: number;
  /** Failed calls by reason. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Everything the report shows; written to `results.json`. */
export interface ExperimentResults {
  readonly schemaVersion: 1;
  readonly run: string;
  readonly command: string;
  readonly seed: number;
  readonly data: {
    readonly name: string;
    readonly users: number;
    readonly items: number;
    readonly interactions: number;
    readonly trainUsers: number;
    readonly reportUsers: number;
    /** Report users left out of the table because a call failed for one of the systems. */
    readonly lostUsers: number;
    readonly candidates: number;
  };
  readonly model: string;
  readonly backend: string;
  readonly rows: readonly ResultRow[];
  /** Context oracle less best fixed prompt; null where the oracle's answers were not bought. */
  readonly headroom:
    | (Estimate & {
        readonly verdict: HeadroomVerdict;
        readonly interactionP: number;
        readonly oracleAnswers: number;
        /** Report users in all that would settle the interval; only where it is not settled. */
        readonly usersToDecide?: number;
      })
    | null;
  readonly gains: { readonly overBestFixed: Estimate; readonly overSwapped: Estimate };
  /** The sentence that says whether personalisation pays here. */
  readonly verdict: string;
  readonly learningCurve: readonly LearningPoint[];
  readonly patternUse: readonly PatternUse[];
  /** What RPP+ refined; null for RPP. */
  readonly refined: {
    readonly sentences: readonly RefinedSentence[];
    /** Refinements that gave no sentence, by reason. */
    readonly reasons: Readonly<Record<string, number>>;
  } | null;
  readonly examples: readonly PromptExample[];
  readonly versions: Readonly<Record<string, string>>;
  /** What depends on when and how often the run was interrupted. All else follows from seed, data and answers. */
  readonly timing: {
    /** Over all processes that worked on the run; answers read again after an interruption are read from the store. */
    readonly calls: readonly CallCount[];
  };
}
