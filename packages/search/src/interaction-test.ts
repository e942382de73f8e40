import { computeObservationSize, encodeObservation } from '@rppkit/env';
import type { JointAction, PatternSpace } from '@rppkit/patterns';
import { type Encoder, type RandomStream, samplePermutation } from '@rppkit/spec';
import { groupByMasks } from './group-by-masks.ts';
import type { RandomPromptAnswers } from './random-prompts.ts';
import { createRidgeRegression } from './ridge-regression.ts';

export interface InteractionTestOptions {
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  readonly random: RandomStream;
  /** Default 199. */
  readonly permutations?: number;
}

/** The result of the permutation test of the user x prompt interaction. */
export interface InteractionTest {
  /** (1 + permutations at least as large) / (1 + permutations); 1 where no task could enter. */
  readonly p: number;
  readonly statistic: number;
  /** Tasks that entered: those with at least two answers. */
  readonly tasks: number;
}

/**
 * Does what a prompt is worth depend on the user at all? Within each task, rewards and expression indicators are centred,
 * which removes every main effect of the user, and the main effects of the expressions are fitted and removed. The
 * statistic sums, over expressions and observation values, the squared covariance of what is left with their product.
 *
 * Observations are permuted among tasks with the same legal expressions: prompts are drawn from what is legal, so only
 * among these tasks are prompts independent of users. For the same reason observations are centred within these groups.
 */
export function testInteraction(
  { tasks, rows }: Pick<RandomPromptAnswers, 'tasks' | 'rows'>,
  { space, encoders, random, permutations = 199 }: InteractionTestOptions,
): InteractionTest {
  const blocks = collectBlocks(rows);
  if (blocks.length === 0) return { p: 1, statistic: 0, tasks: 0 };
  const taskOf = blocks.map((block) => tasks[block[0]!.task]!.task);
  const groups = groupByMasks(taskOf, space);
  const dimensions = computeObservationSize(encoders);
  const observations = taskOf.map((task) => {
    const observation = new Float32Array(dimensions);
    encodeObservation(encoders, { task, round: 0, rounds: 1 }, observation);
    return Float64Array.from(observation);
  });
  for (const group of groups) centreWithin(observations, group);

  const { cells, products } = computeProducts(blocks, space);
  const sums = new Float64Array(cells * dimensions);
  const computeStatistic = (giver: Int32Array): number => {
    sums.fill(0);
    for (let block = 0; block < blocks.length; block++) {
      const observation = observations[giver[block]!]!;
      const { indices, values } = products[block]!;
      for (let position = 0; position < indices.length; position++) {
        const start = indices[position]! * dimensions;
        const value = values[position]!;
        for (let index = 0; index < dimensions; index++) sums[start + index]! += value * observation[index]!;
      }
    }
    return sums.reduce((total, sum) => total + sum * sum, 0) / blocks.length;
  };

  const giver = Int32Array.from(blocks, (_, block) => block);
  const statistic = computeStatistic(giver);
  let atLeast = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    for (const group of groups) {
      const order = samplePermutation(random, group.length);
      for (let index = 0; index < group.length; index++) giver[group[index]!] = group[order[index]!]!;
    }
    if (computeStatistic(giver) >= statistic) atLeast++;
  }
  return { p: (1 + atLeast) / (1 + permutations), statistic, tasks: blocks.length };
}

interface Row {
  readonly task: number;
  readonly choice: JointAction;
  readonly reward: number;
}

/** The answers of each task that has at least two. */
function collectBlocks(rows: readonly Row[]): readonly (readonly Row[])[] {
  const byTask = new Map<number, Row[]>();
  for (const row of rows) {
    const block = byTask.get(row.task);
    if (block === undefined) byTask.set(row.task, [row]);
    else block.push(row);
  }
  return [...byTask.values()].filter((block) => block.length >= 2);
}

function centreWithin(observations: readonly Float64Array[], group: readonly number[]): void {
  const dimensions = observations[group[0]!]!.length;
  for (let index = 0; index < dimensions; index++) {
    let sum = 0;
    for (const member of group) sum += observations[member]![index]!;
    for (const member of group) observations[member]![index]! -= sum / group.length;
  }
}

interface SparseVector {
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/**
 * For every task the sum over its answers of residual times centred expression indicators, by expression (`cells` in all):
 * the part of the statistic that no permutation changes.
 */
function computeProducts(
  blocks: readonly (readonly Row[])[],
  space: PatternSpace,
): { readonly cells: number; readonly products: readonly SparseVector[] } {
  let cells = 0;
  const offsets = space.patterns.map(({ expressions }) => {
    const offset = cells;
    cells += expressions.length;
    return offset;
  });
  const centred = blocks.map((block) => {
    const present = [
      ...new Set(block.flatMap(({ choice }) => choice.map((action, position) => offsets[position]! + action))),
    ];
    const mean = block.reduce((sum, { reward }) => sum + reward, 0) / block.length;
    const shares = present.map(
      (cell) =>
        block.filter(({ choice }) => choice.some((action, position) => offsets[position]! + action === cell)).length /
        block.length,
    );
    const answers = block.map(({ choice, reward }) => {
      const chosen = new Set(choice.map((action, position) => offsets[position]! + action));
      return {
        target: reward - mean,
        values: Float64Array.from(present, (cell, index) => Number(chosen.has(cell)) - shares[index]!),
      };
    });
    return { indices: Int32Array.from(present), answers };
  });
  const regression = createRidgeRegression(cells);
  for (const { indices, answers } of centred) {
    for (const { target, values } of answers) regression.add({ indices, values }, target);
  }
  // Indicators of one pattern sum to a constant; the tiny penalty only picks one of the equal solutions.
  const weights = regression.solve(1e-6);
  const products = centred.map(({ indices, answers }) => {
    const sums = new Float64Array(indices.length);
    for (const { target, values } of answers) {
      let residual = target;
      for (let index = 0; index < indices.length; index++) residual -= weights[indices[index]!]! * values[index]!;
      for (let index = 0; index < indices.length; index++) sums[index]! += residual * values[index]!;
    }
    return { indices, values: sums };
  });
  return { cells, products };
}
