import {
  computeActionMasks,
  computeJointActionCount,
  type JointAction,
  legalizeJointAction,
  type PatternSpace,
} from '@rppkit/patterns';
import type { RewardModel } from '@rppkit/search';
import type { RankingTask } from '@rppkit/spec';

export interface ListUniformPoliciesOptions {
  /** Ranks the joint actions for each task. */
  readonly model: Pick<RewardModel, 'rank'>;
  readonly space: PatternSpace;
  readonly tasks: readonly RankingTask[];
}

/**
 * For each expression of each pattern the model's best policy that has it for everybody, `[patterns][expressions][tasks]`: for each
 * task the best legal joint action with that expression. A window longer than a task's history is served as its longest legal one.
 */
export function listUniformPolicies({
  model,
  space,
  tasks,
}: ListUniformPoliciesOptions): readonly (readonly (readonly JointAction[])[])[] {
  const bests = tasks.map((task) => findBests(model.rank(computeJointActionCount(space), task), space, task));
  return space.patterns.map(({ expressions }, position) =>
    expressions.map((_, action) =>
      tasks.map((task, index) => {
        const own = bests[index]![position]!;
        const any = own.find((choice) => choice !== undefined)!;
        const wanted = any.map((chosen, place) => (place === position ? action : chosen));
        return own[legalizeJointAction(space, wanted, task)[position]!]!;
      }),
    ),
  );
}

/** The best legal joint action with each expression, `[patterns][expressions]`; undefined for an illegal one. */
function findBests(
  ranked: readonly JointAction[],
  space: PatternSpace,
  task: RankingTask,
): (JointAction | undefined)[][] {
  const masks = computeActionMasks(space, task);
  const bests = masks.map((mask) => new Array<JointAction | undefined>(mask.length).fill(undefined));
  for (const choice of ranked) {
    if (choice.some((action, position) => masks[position]![action] === 0)) continue;
    for (const [position, action] of choice.entries()) bests[position]![action] ??= choice;
  }
  return bests;
}
