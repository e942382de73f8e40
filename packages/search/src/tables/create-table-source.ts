import { assertJudgedTasks, computeRankingsScore, type JudgingOptions } from '@rppkit/env';
import { computeJointActionCount, encodeJointAction, legalizeJointAction } from '@rppkit/patterns';
import { InvalidArgumentError, type JudgedTask } from '@rppkit/spec';
import type { AnswerSource, PromptTrial } from '../answers/answer-source.ts';
import { createEntryScores } from './entry-scores.ts';
import { createLegalActions } from './legal-actions.ts';
import { matchTasks } from './match-tasks.ts';
import { getEntryRanking, isRewarded, type ResponseTable } from './response-table.ts';

export interface TableSourceOptions {
  /** With labels, any of the table's tasks in any order; matched by id and content. */
  readonly tasks: readonly JudgedTask[];
  readonly reward?: JudgingOptions;
}

/**
 * Answers of a response table, at no cost. The order index counts modulo the table's orders and the sample index modulo its
 * draws, so answers repeat once all draws were given. Entries that failed or were never asked give no reward. `ask` throws
 * `InvalidArgumentError` for a trial whose joint action, made legal, was not recorded. Throws it here for tasks that are not
 * those of the table or that cannot be judged, and `NoRelevantItemError` for a task without a relevant candidate.
 */
export function createTableSource(table: ResponseTable, { tasks, reward = {} }: TableSourceOptions): AnswerSource {
  const { manifest, actions, statuses, inputTokens, outputTokens } = table;
  const { space, orders, draws } = manifest;
  assertJudgedTasks(tasks, reward);
  const places = matchTasks(table, tasks);
  const scores = createEntryScores(table, { tasks, places, judging: reward });
  const computeLegal = createLegalActions(space, actions);
  const legal = tasks.map(({ task }) => computeLegal(task));
  const getTask = (index: number): JudgedTask => {
    const judged = tasks[index];
    if (judged === undefined) throw new InvalidArgumentError('trial.task', `an index in [0, ${tasks.length})`, index);
    return judged;
  };

  const findEntry = ({ task, choice, orderIndex = 0, sampleIndex = 0 }: PromptTrial): number => {
    const number = encodeJointAction(space, legalizeJointAction(space, choice, getTask(task).task));
    const action = legal[task]!.places.get(number);
    if (action === undefined) {
      const expected = `one of the ${actions.length} recorded joint actions, or one that comes to the same`;
      throw new InvalidArgumentError('trial.choice', expected, choice.join(', '), 'Heed the actions of the source.');
    }
    for (const [name, value] of Object.entries({ orderIndex, sampleIndex })) {
      if (Number.isInteger(value) && value >= 0) continue;
      throw new InvalidArgumentError(`trial.${name}`, 'a non-negative integer', value);
    }
    const row = (places[task]! * actions.length + action) * orders + (orderIndex % orders);
    return row * draws + (sampleIndex % draws);
  };

  const isWhole = actions.length === computeJointActionCount(space);
  return {
    tasks,
    space,
    candidateOrders: orders,
    draws,
    ...(isWhole ? {} : { actions: actions.slice() }),
    judge: (task, rankings) => computeRankingsScore(getTask(task), rankings, reward),
    async ask(trials, { signal } = {}) {
      signal?.throwIfAborted();
      const rewards = new Float64Array(trials.length);
      const rankings = new Array<Int32Array | undefined>(trials.length).fill(undefined);
      const tokens = new Float64Array(trials.length);
      for (const [place, trial] of trials.entries()) {
        const index = findEntry(trial);
        rewards[place] = scores(trial.task, index);
        if (!isRewarded(statuses[index]!)) continue;
        rankings[place] = getEntryRanking(table, index);
        tokens[place] = inputTokens[index]! + outputTokens[index]!;
      }
      return { rewards, rankings, tokens };
    },
  };
}
