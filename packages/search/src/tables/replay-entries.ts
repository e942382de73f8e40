import type { RewardOptions } from '@rppkit/env';
import type { JudgedTask, VectorStep } from '@rppkit/spec';
import { createEntryScores } from './entry-scores.ts';
import { createLegalActions } from './legal-actions.ts';
import { entryStatuses, getEntryRanking, isRewarded, type ResponseTable, rankedCode } from './response-table.ts';
import type { TableStepInfo } from './table-step-info.ts';

/** The entry that each row replays. */
export interface ReplayedRows {
  /** Numbers of the tasks. */
  readonly tasks: Int32Array;
  /** Places among the recorded actions. */
  readonly actions: Int32Array;
  /** order * draws + draw. */
  readonly draws: Int32Array;
  /** By row; undefined where none were given. */
  readonly logProbabilities: readonly (readonly number[])[] | undefined;
}

/** What rows came to in a step, without what encoders and masks say of it. */
export type RowOutcomes = Pick<
  VectorStep<TableStepInfo>,
  'rewards' | 'terminated' | 'truncated' | 'active' | 'learnable' | 'infos'
>;

/**
 * Replays entries: their rewards, flags and infos. `places` says where in the table each of the tasks is. Failed entries, and
 * those that were never asked, are truncated and not learnable.
 */
export function createEntryReplay(
  table: ResponseTable,
  {
    tasks,
    places,
    reward,
  }: { readonly tasks: readonly JudgedTask[]; readonly places: Int32Array; readonly reward: RewardOptions },
): (rows: ReplayedRows) => RowOutcomes {
  const { manifest, statuses, inputTokens, outputTokens } = table;
  const { orders, draws: drawsPerOrder, space } = manifest;
  const { metric, k, missing, objective = 'final', pricePerThousandTokens = 0, invalidPenalty = 0 } = reward;
  // A sum of rounds is not discounted inside the reward.
  const discount = objective === 'sum' ? 1 : (reward.discount ?? 1);
  const legal = tasks.map(({ task }) => task).map(createLegalActions(space, table.actions));
  const scores = createEntryScores(table, {
    tasks,
    places,
    judging: {
      ...(metric !== undefined && { metric }),
      ...(k !== undefined && { k }),
      ...(missing !== undefined && { missing }),
    },
  });
  return ({ tasks: numbers, actions, draws, logProbabilities }) => {
    const outcomes = createRowOutcomes(numbers.length);
    outcomes.active.fill(1);
    for (let row = 0; row < numbers.length; row++) {
      const task = numbers[row]!;
      const action = actions[row]!;
      const drawn = draws[row]!;
      const index = (places[task]! * table.actions.length + action) * orders * drawsPerOrder + drawn;
      const code = statuses[index]!;
      const isGiven = isRewarded(code);
      outcomes.terminated[row] = isGiven ? 1 : 0;
      outcomes.learnable[row] = isGiven ? 1 : 0;
      outcomes.truncated[row] = isGiven ? 0 : 1;
      const score = scores(task, index);
      if (isGiven) {
        const tokens = inputTokens[index]! + outputTokens[index]!;
        // In the order of operations of `computeReward`, so that not a bit differs.
        outcomes.rewards[row] =
          discount * score - (pricePerThousandTokens * tokens) / 1000 - (code === rankedCode ? 0 : invalidPenalty);
      }
      outcomes.infos[row] = {
        judged: tasks[task]!,
        round: 0,
        choice: legal[task]!.choices[action]!,
        orderIndex: Math.floor(drawn / drawsPerOrder),
        sampleIndex: drawn % drawsPerOrder,
        status: entryStatuses[code]!,
        ranking: getEntryRanking(table, index),
        ...(isGiven && { score, value: score }),
        ...(logProbabilities !== undefined && { logProbabilities: logProbabilities[row]! }),
      };
    }
    return outcomes;
  };
}

/** Rows that have done nothing yet. */
export function createRowOutcomes(rows: number): RowOutcomes & { readonly infos: (TableStepInfo | undefined)[] } {
  return {
    rewards: new Float32Array(rows),
    terminated: new Uint8Array(rows),
    truncated: new Uint8Array(rows),
    active: new Uint8Array(rows),
    learnable: new Uint8Array(rows),
    infos: new Array<TableStepInfo | undefined>(rows).fill(undefined),
  };
}
