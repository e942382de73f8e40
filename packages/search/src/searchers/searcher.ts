import type { JointAction, PatternSpace } from '@rppkit/patterns';
import type { RandomStream, RankingTask } from '@rppkit/spec';
import type { AnswerSource } from '../answers/answer-source.ts';

export interface SearchOptions {
  /** Calls that may be made at most, failed ones included, a positive integer. */
  readonly calls: number;
  readonly random: RandomStream;
  readonly signal?: AbortSignal;
  /** Called now and then with the calls made so far. */
  readonly onProgress?: (progress: { readonly calls: number }) => void;
}

/** Finds prompts within a budget. Every implementation passes `describeSearcher`. */
export interface Searcher {
  readonly name: string;
  /** The fewest calls that it can work with in that source; `search` throws `InvalidArgumentError` below. */
  computeFewestCalls(source: AnswerSource): number;
  /**
   * Asks at most `calls` trials. A failed call tells nothing of its prompt. Same source, calls and stream, same result.
   * Rejects with the reason of its signal, and with `NoAnswersError` where no call was answered.
   */
  search(source: AnswerSource, options: SearchOptions): Promise<FoundPrompts>;
}

/** What a search ended with; chooses prompts for any task, also of people it has never seen. */
export interface FoundPrompts {
  /** Calls made. */
  readonly calls: number;
  /** Prompts that one ranking takes, each a call; above 1 their answers are aggregated. */
  readonly promptsPerRanking: number;
  /** What its joint actions are points of; where it is told, `evaluateFoundPrompts` refuses a source of another space. */
  readonly space?: PatternSpace;
  /**
   * There where choosing waits for something, such as a text embedder: called with every task before `choose` is. May be
   * called again with the same ones.
   */
  prepare?(tasks: readonly RankingTask[], options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Legal joint actions, one for each of `promptsPerRanking`. */
  choose(task: RankingTask): readonly JointAction[];
  /** Plain JSON, which `loadFoundPrompts` reads. */
  save(): FoundPromptsState;
}

/** A saved `FoundPrompts`; `kind` says which fields there are. */
export interface FoundPromptsState {
  readonly kind: string;
  readonly calls: number;
  readonly [field: string]: unknown;
}
