import type { JointAction } from '@rppkit/patterns';
import type { Encoder, RandomStream } from '@rppkit/spec';
import { fitRewardModel, type RewardModel } from '../bounds/reward-model.ts';
import { countPrompts, listPrompts } from './list-prompts.ts';
import type { SearchCalls } from './search-calls.ts';
import { createTaskWalk } from './task-walk.ts';

export interface ScreeningOptions {
  /** Calls that it makes. */
  readonly count: number;
  readonly random: RandomStream;
  /** Contexts that worths may depend on; default: none. */
  readonly encoders?: readonly Encoder[];
  /** L2 penalty of the model; default 10. */
  readonly penalty?: number;
}

/** A ridge model of the reward, fitted on uniformly random prompts. Throws `NoAnswersError` where every call failed. */
export async function screenPrompts(
  calls: SearchCalls,
  { count, random, encoders = [], penalty = 10 }: ScreeningOptions,
): Promise<RewardModel> {
  const { source } = calls;
  const { tasks, space } = source;
  const walk = createTaskWalk(source, random.split('screening'));
  const draws = random.split('prompts');
  const prompts = listPrompts(source);
  const choices = Array.from({ length: count }, () => prompts[draws.integer(prompts.length)]!);
  const rows: { readonly task: number; readonly choice: JointAction; readonly reward: number }[] = [];
  await calls.ask(
    count,
    (index) => ({ ...walk(index), choice: choices[index]! }),
    (index, reward) => {
      if (!Number.isNaN(reward)) rows.push({ task: walk(index).task, choice: choices[index]!, reward });
    },
  );
  calls.assertAnswered();
  return fitRewardModel({ tasks, rows }, { space, encoders, penalty });
}

/** The `count` best of the prompts that the source can be asked, best first. */
export function rankPrompts(
  { source }: SearchCalls,
  model: RewardModel,
  count: number,
  task?: Parameters<RewardModel['rank']>[1],
): readonly JointAction[] {
  if (source.actions === undefined) return model.rank(count, task);
  const offered = new Set(listPrompts(source).map(String));
  return model
    .rank(Number.POSITIVE_INFINITY, task)
    .filter((choice) => offered.has(String(choice)))
    .slice(0, Math.min(count, countPrompts(source)));
}
