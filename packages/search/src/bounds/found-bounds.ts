import { encodeJointAction, type JointAction, legalizeJointAction } from '@rppkit/patterns';
import { InvalidArgumentError } from '@rppkit/spec';
import type { FoundPrompts } from '../searchers/searcher.ts';
import { createLegalActions } from '../tables/legal-actions.ts';
import type { PromptRankings } from './prompt-rankings.ts';
import type { RewardCube } from './reward-cube.ts';

/** A result of a search, found on other users than those of the cube. */
export interface FoundBound {
  /** Names its row. */
  readonly name: string;
  /** What chooses prompts for any task, or one joint action for each task of the cube. */
  readonly prompts: Pick<FoundPrompts, 'prepare' | 'choose' | 'promptsPerRanking'> | readonly JointAction[];
}

/**
 * Rewards of found prompts, `Float64Array [tasks]`: of a single prompt the mean over the draws of the cube, of several the aggregate
 * where prompt t is asked in draw t, counted modulo the draws. A prompt of the cube is one that comes to the same for the task,
 * windows made legal. Rejects with `InvalidArgumentError` for a prompt that the cube lacks.
 */
export async function scoreFound(
  cube: RewardCube,
  { name, prompts }: FoundBound,
  {
    means,
    rankings,
    signal,
  }: { readonly means: Float64Array; readonly rankings: PromptRankings; readonly signal?: AbortSignal },
): Promise<Float64Array> {
  const { space, tasks } = cube;
  const numberOf = new Map(Array.from(cube.actions, (number, action) => [number, action]));
  if ('length' in prompts && prompts.length !== tasks.length) {
    throw new InvalidArgumentError(`found ${name}`, `one joint action for each of ${tasks.length} tasks`, prompts);
  }
  if (!('length' in prompts)) {
    await prompts.prepare?.(
      tasks.map(({ task }) => task),
      signal === undefined ? {} : { signal },
    );
  }
  const computeLegal = createLegalActions(space, cube.actions);
  const chosen = tasks.map(({ task }, index) => ('length' in prompts ? [prompts[index]!] : prompts.choose(task)));
  const actions = chosen.map((list, task) =>
    list.map((choice) => {
      const { task: plain } = tasks[task]!;
      const action =
        numberOf.get(encodeJointAction(space, choice)) ??
        computeLegal(plain).places.get(encodeJointAction(space, legalizeJointAction(space, choice, plain)));
      if (action === undefined) {
        const advice = 'Read the cube with it, or search among the actions of the cube.';
        throw new InvalidArgumentError(
          `found ${name} of task ${task}`,
          'a prompt of the cube',
          choice.join(', '),
          advice,
        );
      }
      return action;
    }),
  );
  const list = (task: number): { task: number; choice: JointAction; draw: number }[] =>
    actions[task]!.map((action, place) => ({ task, choice: cube.choices[action]!, draw: place % cube.draws }));
  await rankings.load(
    actions.flatMap(({ length }, task) => (length > 1 ? list(task) : [])),
    signal,
  );
  return Float64Array.from(actions, (own, task) =>
    own.length > 1 ? rankings.judge(task, list(task)) : means[task * cube.choices.length + own[0]!]!,
  );
}
