import type { PatternSpace } from '@rppkit/patterns';
import type { VectorEnvironment } from '@rppkit/spec';
import type { InsteadAnswer, InsteadRequest } from './ask-instead.ts';
import type { RankingStepInfo } from './episode.ts';

/** What a later environment needs to go on as this one would. Plain data. */
export interface RecommendationEnvironmentState {
  /** How often each task was visited, by id. */
  readonly visits: Readonly<Record<string, number>>;
  readonly space: PatternSpace;
}

/** The environment, and what only an LLM environment can do. */
export interface RecommendationEnvironment extends VectorEnvironment<RankingStepInfo> {
  readonly space: PatternSpace;
  /**
   * Goes on with a space that holds more expressions behind those of now, or retires some, between two rollouts; indices
   * stay what they were. Throws `InvalidArgumentError` for a space that lacks any, and `RppError` (`EPISODE_UNDER_WAY`)
   * where a row has not ended.
   */
  replaceSpace(space: PatternSpace): void;
  /**
   * Asks other prompts in place of rounds that were played, for the same tasks, candidate orders and draws: the other half
   * of a paired comparison. Changes no row. Failed calls are a value, as in a step. Throws `InvalidArgumentError` in an
   * environment with `reword`, whose rounds had other words.
   */
  askInstead(
    requests: readonly InsteadRequest[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly InsteadAnswer[]>;
  save(): RecommendationEnvironmentState;
  /** Goes on from `save`. Throws as `replaceSpace` does. */
  load(state: RecommendationEnvironmentState): void;
}
