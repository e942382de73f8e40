import type { RecommendationEnvironmentState } from '@rppkit/env';
import type { GuardReport } from '../guards/run-guards.ts';
import type { PairedStatistics, TestVerdict } from './sequential-test.ts';

/** One refined expression and what became of it; its sentence stands in the space. Plain JSON data. */
export interface Child {
  /** Name of the pattern. */
  readonly pattern: string;
  readonly id: string;
  /** `id` of the expression that it was refined from, which may itself be a child. */
  readonly parent: string;
  /** Updates that were finished when it was made. */
  readonly born: number;
  /** `id` of the refiner that made it. */
  readonly model: string;
  readonly guards: readonly GuardReport[];
  /** Child less parent, on the same tasks and candidate orders. */
  readonly pairs: PairedStatistics;
  /** `open` while it is tested. `promoted` children stay, `retired` and `undecided` ones are retired. */
  readonly verdict: TestVerdict;
  /** Updates that were finished when the test ended. */
  readonly ended?: number;
}

/** How often an expression was chosen in rollouts, and what came of it. Plain JSON data. */
export interface Arm {
  readonly pattern: string;
  readonly id: string;
  /** Rounds with a score, their scores' sum and sum of squares. */
  readonly rounds: number;
  readonly sum: number;
  readonly squares: number;
  /** Rounds, those of an update counting half as much as those of the next: what is chosen now. */
  readonly recent: number;
  /** Answers by how they could be read, and those that named what is no candidate. */
  readonly complete: number;
  readonly partial: number;
  readonly invalid: number;
  readonly foreign: number;
  /** Of all answers. */
  readonly outputTokens: number;
  /** Refinements asked for, whatever came of them. */
  readonly refinements: number;
}

/** Calls and outcomes of a growth so far. Plain JSON data. */
export interface GrowthCounts {
  readonly updates: number;
  /** Rounds of the rollouts that the growth was shown, one call for each candidate order. */
  readonly rolloutCalls: number;
  /** Requests to the refining model. */
  readonly refineCalls: number;
  /** Calls that asked a parent or a child in place of the other. */
  readonly pairCalls: number;
  /** Pairs that were lost because a call failed. */
  readonly failedPairs: number;
  readonly refined: number;
  readonly rejected: number;
  /** Refinements in which the model gave no answer; the parent is used. */
  readonly failed: number;
  /** Why refinements were rejected or failed, with how often; one may have several reasons. */
  readonly reasons: Readonly<Record<string, number>>;
}

export const noCounts: GrowthCounts = {
  updates: 0,
  rolloutCalls: 0,
  refineCalls: 0,
  pairCalls: 0,
  failedPairs: 0,
  refined: 0,
  rejected: 0,
  failed: 0,
  reasons: {},
};

/** Everything that a growth needs to go on. Plain JSON data. */
export interface GrowthState {
  readonly version: 1;
  /** In the order in which they were made. */
  readonly children: readonly Child[];
  readonly arms: readonly Arm[];
  readonly counts: GrowthCounts;
  /** Mean score of the rounds of each update, the newest last. */
  readonly scores: readonly number[];
  /** Updates that were finished when expressions were last to be refined; 0 before. */
  readonly refinedAt: number;
  readonly environment: RecommendationEnvironmentState;
}
