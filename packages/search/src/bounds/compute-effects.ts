import { bootstrapMeanInterval, type MeanInterval } from '@rppkit/metrics/statistics';
import { computeActionMasks, legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import { createRidgeRegression } from '@rppkit/regression';
import type { RandomStream } from '@rppkit/spec';
import { numberCells, type PromptCells } from '../headroom/prompt-cells.ts';
import { computeCubeMeans } from './cube-means.ts';
import { computePairShares, type PairShare } from './pair-shares.ts';
import type { RewardCube } from './reward-cube.ts';
import type { TaskGrouping } from './task-groups.ts';
import { numberUsers } from './user-numbers.ts';

export interface ComputeEffectsOptions {
  /** Effects are given for each group of each, besides overall. */
  readonly groupings?: readonly TaskGrouping[];
  readonly random: RandomStream;
}

/** Effects among some of the tasks. */
export interface PromptEffects {
  /** Absent: all tasks. */
  readonly grouping?: string;
  /** The group's name, such as `short`. */
  readonly group?: string;
  readonly tasks: number;
  readonly patterns: readonly PatternEffects[];
  /** For each two patterns how much of the variance between prompts their interaction explains. */
  readonly pairs: readonly PairShare[];
}

export interface PatternEffects {
  readonly pattern: string;
  readonly expressions: readonly ExpressionEffect[];
}

/** How much better than the pattern's other expressions one is, all else equal. */
export interface ExpressionEffect {
  readonly id: string;
  /** Tasks for which it is legal and was answered. */
  readonly tasks: number;
  /**
   * Mean over the users of these tasks of its reward less the mean of the task's legal expressions, with its 95 % bootstrap interval
   * over users; absent for fewer than two of them.
   */
  readonly effect?: MeanInterval;
}

/**
 * Effect of every expression and share of every two patterns' interaction. Per task an additive model of the patterns is fitted by
 * least squares, so that a cube of sampled prompts, in which expressions are not balanced, gives the same as a whole one where worths
 * add up and the prompts tell the expressions apart.
 */
export function computeEffects(
  cube: RewardCube,
  { groupings = [], random }: ComputeEffectsOptions,
): readonly PromptEffects[] {
  const { space, tasks } = cube;
  const means = computeCubeMeans(cube);
  const cells = numberCells(space);
  const effects = tasks.map((_, task) => fitTaskEffects(cube, means, cells, task));
  const { userOf } = numberUsers(tasks);
  const describe = (members: readonly number[], stream: RandomStream): PromptEffects => ({
    tasks: members.length,
    patterns: describePatterns(effects, { space, cells, members, userOf, random: stream }),
    pairs: computePairShares(cube, means, { members, userOf, random: stream.split('pairs') }),
  });
  const overall = describe([...tasks.keys()], random.split('overall'));
  return [
    overall,
    ...groupings.flatMap((grouping) => {
      const { name } = grouping;
      const groups = new Map<string, number[]>();
      for (const [index, { task }] of tasks.entries()) {
        const group = grouping.of(task);
        const members = groups.get(group);
        if (members === undefined) groups.set(group, [index]);
        else members.push(index);
      }
      return Array.from(groups, ([group, members]) => ({
        grouping: name,
        group,
        ...describe(members, random.split(name).split(group)),
      }));
    }),
  ];
}

/** Effects of a task's expressions, mean 0 among a pattern's answered ones, `Float64Array [cells]`; NaN for others. */
function fitTaskEffects(
  { space, tasks, choices }: RewardCube,
  means: Float64Array,
  { count, starts }: PromptCells,
  task: number,
): Float64Array {
  const judged = tasks[task]!.task;
  const masks = computeActionMasks(space, judged);
  const regression = createRidgeRegression(count);
  const seen = new Uint8Array(count);
  const values = new Float64Array(starts.length - 1).fill(1);
  let level = 0;
  let answered = 0;
  for (let action = 0; action < choices.length; action++) {
    const reward = means[task * choices.length + action]!;
    if (Number.isNaN(reward)) continue;
    level += reward;
    answered++;
  }
  level /= answered;
  for (const [action, choice] of choices.entries()) {
    const reward = means[task * choices.length + action]!;
    if (Number.isNaN(reward)) continue;
    const served = legalizeJointAction(space, choice, judged);
    const indices = Int32Array.from(served, (expression, position) => starts[position]! + expression);
    for (const cell of indices) seen[cell] = 1;
    regression.add({ indices, values }, reward - level);
  }
  const effects = regression.solve(1e-6);
  for (const [position, mask] of masks.entries()) {
    const part = effects.subarray(starts[position], starts[position + 1]);
    let sum = 0;
    let legal = 0;
    for (let action = 0; action < mask.length; action++) {
      if (mask[action] !== 1 || seen[starts[position]! + action] !== 1) part[action] = Number.NaN;
      else {
        sum += part[action]!;
        legal++;
      }
    }
    for (let action = 0; action < mask.length; action++) part[action]! -= sum / legal;
  }
  return effects;
}

function describePatterns(
  effects: readonly Float64Array[],
  {
    space,
    cells,
    members,
    userOf,
    random,
  }: {
    readonly space: PatternSpace;
    readonly cells: PromptCells;
    readonly members: readonly number[];
    readonly userOf: Int32Array;
    readonly random: RandomStream;
  },
): readonly PatternEffects[] {
  return space.patterns.map(({ name, expressions }, position) => ({
    pattern: name,
    expressions: expressions.map(({ id }, action) => {
      const cell = cells.starts[position]! + action;
      const known = members.filter((task) => !Number.isNaN(effects[task]![cell]!));
      const values = poolTasks(known, userOf, (task) => effects[task]![cell]!);
      if (values.length < 2) return { id, tasks: known.length };
      const stream = random.split(name).split(id);
      return { id, tasks: known.length, effect: bootstrapMeanInterval(values, { random: stream }) };
    }),
  }));
}

/** The mean over each user's tasks, of the users that have any. */
function poolTasks(tasks: readonly number[], userOf: Int32Array, read: (task: number) => number): readonly number[] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const task of tasks) {
    const entry = sums.get(userOf[task]!) ?? { sum: 0, count: 0 };
    entry.sum += read(task);
    entry.count++;
    sums.set(userOf[task]!, entry);
  }
  return Array.from(sums.values(), ({ sum, count }) => sum / count);
}
