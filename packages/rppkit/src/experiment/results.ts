import type { HeadroomVerdict } from '@rppkit/search';
import type { ExperimentConfig } from './experiment-config.ts';

/** A mean over users with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The rows of the results table, in the order in which they are printed. */
export type RowId =
  | 'chance'
  | 'popularity'
  | 'random'
  | 'best-fixed'
  | 'best-fixed-repeated'
  | 'rpp-swapped'
  | 'rpp'
  | 'context-oracle';

/** One system, judged on the report users. */
export interface ResultRow {
  readonly id: RowId;
  readonly label: string;
  /** NDCG at each cut-off, over the report users that every system answered. */
  readonly ndcg: Readonly<Record<'1' | '5' | '10', Estimate>>;
  /** LLM calls spent to find its prompts; null where no LLM is involved. */
  readonly searchCalls: number | null;
  /** Calls of one ranking; only in runs whose episodes have several rounds, and where an LLM is involved. */
  readonly callsPerRanking?: number;
  /** Mean prompt and answer tokens of one ranking, of all its calls; null where no LLM is involved. */
  readonly tokensPerRanking: number | null;
  /** Share of answers without a usable ranking; null where no LLM is involved. */
  readonly invalidShare: number | null;
}

/** One system less another on the same report users, in NDCG@10. */
export interface SystemComparison {
  readonly system: RowId;
  readonly reference: RowId;
  /** Its 95 % interval is not corrected for the number of comparisons. */
  readonly difference: Estimate;
  /** Two-sided. */
  readonly pValue: number;
  /** Corrected over all comparisons of the run. */
  readonly adjustedPValue: number;
}

/** Every system against the best fixed prompt and against RPP, each pair once. */
export interface Significance {
  /** `pairedRandomizationTest` of @rppkit/metrics. */
  readonly test: 'paired randomization';
  readonly permutations: number;
  readonly correction: 'holm';
  readonly comparisons: readonly SystemComparison[];
}

/** One point of the learning curve: the mean reward of the episodes since the point before. */
export interface LearningPoint {
  readonly episodes: number;
  /** Calls of the training until then: of its episodes, and with RPP+ those that refined and tested sentences. */
  readonly calls: number;
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

/** What the policy picks for some of the report users. */
export interface GroupUse {
  /** What the users were grouped by, such as `history length`. */
  readonly grouping: string;
  /** `low`, `middle` or `high`, terciles of the report users; `none`: users without that number. */
  readonly group: string;
  readonly users: number;
  /** Share of these users by pattern and expression, in the order of `patternUse`. */
  readonly shares: readonly (readonly number[])[];
}

/** What one expression is worth in training, against the mean of the legal ones of its pattern. */
export interface ExpressionEffect {
  readonly id: string;
  readonly perspective: string;
  /** In reward, with a 95 % interval over training users; null where fewer than two users could be given it. */
  readonly effect: Estimate | null;
  /** Answers to prompts with it. */
  readonly answers: number;
  /** How many answers drawn evenly they are worth; intervals of fewer than 100 tend to be too short. */
  readonly effectiveAnswers: number;
}

/** The expressions of one pattern, retired ones included. */
export interface PatternEffects {
  readonly pattern: string;
  readonly expressions: readonly ExpressionEffect[];
}

/** How answers could be read. */
export interface AnswerCounts {
  /** Answers, without the failed calls. */
  readonly answers: number;
  /** Answers without a usable ranking by the parser's reason. */
  readonly invalid: Readonly<Record<string, number>>;
  /** Usable answers that leave a candidate out, name one again, or name what is no candidate. One may do all three. */
  readonly partial: number;
  readonly repeated: number;
  readonly foreign: number;
  /** Calls without an answer by reason; they are no part of `answers`. */
  readonly failed: Readonly<Record<string, number>>;
}

/** Whether answers depend on where the relevant candidate stands in the prompt. */
export interface PositionBias {
  readonly id: RowId;
  readonly label: string;
  /** Mean NDCG@10 by position in the prompt, from 0; null where it never stood there. */
  readonly positions: readonly { readonly position: number; readonly count: number; readonly mean: number | null }[];
  /** Change of NDCG@10 for each position further down, with its 95 % interval. */
  readonly slope: Estimate;
  /** Two-sided t test of slope 0. */
  readonly slopeP: number;
  /** Permutation test of any effect of the position. */
  readonly anyEffectP: number;
}

/** A pattern that was not learned, and the expression that everybody got. */
export interface FrozenPattern {
  readonly pattern: string;
  readonly id: string;
  readonly perspective: string;
}

/** One report user's prompt and answer, for people to look at; a line of `examples.jsonl`. All text in it is third-party text. */
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
  /** Names of guards that it passed. */
  readonly passed: readonly string[];
  /** Updates of the training that were finished when it was made. */
  readonly born: number;
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

/** What the calls of one phase took, of a model whose answers cost something. */
export interface PhaseCost {
  readonly phase: string;
  /** Answers of the model; those of the store cost nothing and are counted apart. */
  readonly answers: number;
  readonly fromStore: number;
  /** Tokens of the model's answers and of their prompts. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Requests that were sent again before an answer came. */
  readonly retries: number;
  /** Failed calls, and how many of those the provider may have charged for all the same. */
  readonly failed: number;
  readonly possiblyPaid: number;
  /** Milliseconds until the answer of the model, of its last attempt; null without answers. */
  readonly latencyMs: { readonly p50: number; readonly p95: number } | null;
}

/** From `calls.jsonl`: all calls of all processes that worked on the run. */
export interface RunCost {
  readonly phases: readonly PhaseCost[];
  /** Per million tokens, in the currency that they were given in; null where none were given. */
  readonly prices: { readonly inputPerMillion: number; readonly outputPerMillion: number } | null;
  /** Waits before requests that were sent again, by what had failed. */
  readonly waits: Readonly<Record<string, { readonly count: number; readonly milliseconds: number }>>;
}

/** What kind of policy a run trains, as its configuration says. */
export type RunSetting = Pick<ExperimentConfig, 'preset' | 'rounds' | 'patterns' | 'learner' | 'observation'>;

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
  /** What else the policy is than that of a default run; absent where it is that. */
  readonly setting?: RunSetting;
  /** Of a policy that another run trained; models as configurations name them. The best fixed prompt is that run’s, too. */
  readonly transfer?: { readonly run: string; readonly trainedOn: string; readonly evaluatedOn: string };
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
  readonly gains: {
    readonly overBestFixed: Estimate;
    readonly overSwapped: Estimate;
    /** Over the best fixed prompt asked in as many rounds; only where there are several. */
    readonly overRepeated?: Estimate;
  };
  readonly significance: Significance;
  /** The sentence that says whether personalisation pays here. */
  readonly verdict: string;
  readonly learningCurve: readonly LearningPoint[];
  readonly patternUse: readonly PatternUse[];
  readonly groupUse: readonly GroupUse[];
  /** Null where the run has no `trajectories.jsonl`, and where episodes have several rounds. */
  readonly effects: readonly PatternEffects[] | null;
  readonly answers: {
    /** Of the evaluation, by system; swaps are counted together. */
    readonly evaluation: readonly (AnswerCounts & { readonly id: RowId; readonly label: string })[];
    /** Of the training's episodes; null where the run has no `trajectories.jsonl`. */
    readonly training: AnswerCounts | null;
  };
  /** Of the best fixed prompt and of RPP; empty where too few users or positions are left to see it. */
  readonly positionBias: readonly PositionBias[];
  /** Of a run that learned some patterns only; bounds and controls are those of all patterns. */
  readonly frozen?: readonly FrozenPattern[];
  /** What RPP+ refined; null for RPP. */
  readonly refined: {
    readonly sentences: readonly RefinedSentence[];
    /** Refinements that gave no sentence, by reason. */
    readonly reasons: Readonly<Record<string, number>>;
  } | null;
  readonly versions: Readonly<Record<string, string>>;
  /** What depends on when and how often the run was interrupted. All else follows from seed, data and answers. */
  readonly timing: {
    /** Over all processes that worked on the run; answers read again after an interruption are read from the store. */
    readonly calls: readonly CallCount[];
    /** Null for a model whose answers cost nothing. */
    readonly cost: RunCost | null;
  };
}
