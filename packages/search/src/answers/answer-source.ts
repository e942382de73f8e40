import type { JointAction, PatternSpace } from '@rppkit/patterns';
import type { JudgedTask } from '@rppkit/spec';

/** One prompt to judge: a joint action for one of the tasks. */
export interface PromptTrial {
  /** Index into the tasks. */
  readonly task: number;
  /** Where its window is longer than the task's history, the longest legal window is asked, as it would be served. */
  readonly choice: JointAction;
  /** Candidate order; default 0, the task's own. */
  readonly orderIndex?: number;
  /** Tells repeated draws of one prompt in one order apart; default 0. */
  readonly sampleIndex?: number;
}

/** What came of trials, in their order. */
export interface TrialAnswers {
  /** Reward of each answer, `Float64Array [trials]`; NaN where the call failed, which says nothing about the prompt. */
  readonly rewards: Float64Array;
  /** Indices of the task's own candidates, best first, maybe not all, none for an invalid answer; undefined: failed. */
  readonly rankings: readonly (Int32Array | undefined)[];
  /** Prompt and answer tokens, `Float64Array [trials]`; 0 where the call failed. */
  readonly tokens: Float64Array;
}

/**
 * Where searchers and bandits get their answers from: a model, or a table of answers recorded before, which costs nothing.
 * The same trials give the same answers.
 */
export interface AnswerSource {
  readonly tasks: readonly JudgedTask[];
  readonly space: PatternSpace;
  /** Numbers of the joint actions that can be asked, rising; absent: all of the space. */
  readonly actions?: Int32Array;
  /** Different candidate orders that it tells apart, at least 1. */
  readonly candidateOrders: number;
  /** Different draws of a prompt in one order, at least 1; further ones repeat. Absent: as many as are asked for. */
  readonly draws?: number;
  /** Asks every trial. Rejects with the reason of its signal. */
  ask(trials: readonly PromptTrial[], options?: { readonly signal?: AbortSignal }): Promise<TrialAnswers>;
  /** The reward of several answers to one task, as one ranking (their rank aggregate); at least one ranking. */
  judge(task: number, rankings: readonly Int32Array[]): number;
}
