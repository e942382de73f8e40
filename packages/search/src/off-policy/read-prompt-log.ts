import type { RankingStepInfo } from '@rppkit/env';
import { computeActionMasks, type PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import type { LoggedPrompt } from './logged-prompt.ts';
import { createPromptLog, type PromptLog } from './prompt-log.ts';

export interface ReadPromptLogOptions {
  /** The space that the prompts were chosen from. */
  readonly space: PatternSpace;
  /** As in `PromptLogOptions`. */
  readonly independentSlots?: boolean;
}

/** A log and the tasks that its contexts number. */
export interface TaskPromptLog {
  readonly log: PromptLog;
  /** Context c of the log is task c; in order of first occurrence. */
  readonly tasks: readonly RankingTask[];
}

/** The part of a step's info that a log needs, of an environment as of a replayed table. */
export type LoggedStepInfo = Pick<RankingStepInfo, 'judged' | 'round' | 'choice' | 'score' | 'logProbabilities'>;

/**
 * The log of an environment's steps: its infos, after `step` was given the policy's `logProbabilities`. A reward is the
 * metric of the answer, without prices and penalties; rows of one user form a group. Infos of rows that did not act are
 * skipped. Throws `InvalidArgumentError` as `createPromptLog` does, and for infos without log-probabilities.
 */
export function readPromptLog(
  infos: Iterable<LoggedStepInfo | undefined>,
  { space, independentSlots = true }: ReadPromptLogOptions,
): TaskPromptLog {
  const contexts = new Map<RankingTask, number>();
  const rows: LoggedPrompt[] = [];
  let place = -1;
  for (const info of infos) {
    place++;
    if (info === undefined) continue;
    const {
      judged: { task },
      round,
      choice,
      score = Number.NaN,
      logProbabilities,
    } = info;
    if (logProbabilities === undefined) {
      throw new InvalidArgumentError(
        `infos[${place}].logProbabilities`,
        'what the policy gave each expression',
        undefined,
        'Pass the logProbabilities of policy.act to environment.step.',
      );
    }
    const context = contexts.get(task) ?? contexts.size;
    contexts.set(task, context);
    const masks = computeActionMasks(space, task);
    rows.push({ context, choice, logProbabilities, reward: score, masks, group: task.user, round });
  }
  const actionCounts = space.patterns.map(({ expressions }) => expressions.length);
  return { log: createPromptLog(rows, { actionCounts, independentSlots }), tasks: [...contexts.keys()] };
}
