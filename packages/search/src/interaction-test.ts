import { computeObservationSize, type Encoder, encodeObservation } from '@rppkit/env';
import type { PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError, type RandomStream, samplePermutation } from '@rppkit/spec';
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
  /** (1 + permutations at least as large) / (1 + permutations). */
  readonly p: number;
  readonly statistic: number;
  /** Tasks that entered; those with a failed call, or with fewer draws than the others, are left out. */
  readonly tasks: number;
}

/**
 * Does what a prompt is worth depend on the user at all? Answers to random prompts are cleared of the main effects of
 * user context and prompt; the statistic sums, over expressions and observation values, the squared covariance of what is
 * left with their product. Residuals are permuted in whole blocks of one task, which keeps users and prompts as they were
 * asked (Freedman, Lane: "A nonstochastic interpretation of reported significance levels", JBES 1(4), 1983).
 */
export function testInteraction(
  { tasks, rows }: Pick<RandomPromptAnswers, 'tasks' | 'rows'>,
  { space, encoders, random, permutations = 199 }: InteractionTestOptions,
): InteractionTest {
  const byTask = new Map<number, (typeof rows)[number][]>();
  for (const row of rows) {
    const block = byTask.get(row.task);
    if (block === undefined) byTask.set(row.task, [row]);
    else block.push(row);
  }
  const draws = Math.max(0, ...Array.from(byTask.values(), (block) => block.length));
  // With one draw more for some tasks, their last draw is dropped rather than all other tasks.
  const complete = [...byTask.values()].filter((block) => block.length >= Math.max(1, draws - 1));
  const size = complete.reduce((least, block) => Math.min(least, block.length), draws);
  const blocks = complete.map((block) => block.slice(0, size));
  if (blocks.length < 3) throw new InvalidArgumentError('rows', 'answers for at least three tasks', rows);

  const dimensions = computeObservationSize(encoders);
  const contexts = blocks.map((block) => {
    const context = new Float32Array(dimensions);
    encodeObservation(encoders, { task: tasks[block[0]!.task]!.task, round: 0, rounds: 1 }, context);
    return context;
  });
  const residuals = computeResiduals(blocks, contexts, space);
  const flat = blocks.flat();

  const offsets: number[] = [];
  let cells = 0;
  for (const { expressions } of space.patterns) {
    offsets.push(cells);
    cells += expressions.length;
  }
  const sums = new Float64Array(cells * dimensions);
  const counts = new Float64Array(cells);
  for (const { choice } of flat) {
    for (const [position, action] of choice.entries()) counts[offsets[position]! + action]! += 1;
  }
  const computeStatistic = (order: Int32Array | undefined): number => {
    sums.fill(0);
    flat.forEach(({ choice }, row) => {
      const block = Math.floor(row / size);
      const residual = residuals[(order === undefined ? block : order[block]!) * size + (row % size)]!;
      const context = contexts[block]!;
      for (let position = 0; position < choice.length; position++) {
        const start = (offsets[position]! + choice[position]!) * dimensions;
        for (let index = 0; index < dimensions; index++) sums[start + index]! += residual * context[index]!;
      }
    });
    return sums.reduce(
      (total, sum, index) => total + sum ** 2 / Math.max(1, counts[Math.floor(index / dimensions)]!),
      0,
    );
  };

  const statistic = computeStatistic(undefined);
  let atLeast = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    if (computeStatistic(samplePermutation(random, blocks.length)) >= statistic) atLeast++;
  }
  return { p: (1 + atLeast) / (1 + permutations), statistic, tasks: blocks.length };
}

/** Rewards less the fitted main effects of context and prompt, one after the other in block order. */
function computeResiduals(
  blocks: readonly RandomPromptAnswers['rows'][],
  contexts: readonly Float32Array[],
  space: PatternSpace,
): Float64Array {
  const dimensions = contexts[0]!.length;
  let features = 1 + dimensions;
  const starts = space.patterns.map(({ expressions }) => {
    const start = features;
    features += expressions.length;
    return start;
  });
  const regression = createRidgeRegression(features);
  const createRow = (choice: readonly number[], context: Float32Array) => ({
    indices: Int32Array.from(
      [0, ...context.keys()]
        .map((_, index) => index)
        .concat(choice.map((action, position) => starts[position]! + action)),
    ),
    values: Float64Array.from([1, ...context, ...choice.map(() => 1)]),
  });
  blocks.forEach((block, index) => {
    for (const { choice, reward } of block) regression.add(createRow(choice, contexts[index]!), reward);
  });
  const weights = regression.solve(1);
  return Float64Array.from(
    blocks.flatMap((block, index) =>
      block.map(({ choice, reward }) => {
        const { indices, values } = createRow(choice, contexts[index]!);
        return reward - indices.reduce((sum, feature, position) => sum + weights[feature]! * values[position]!, 0);
      }),
    ),
  );
}
