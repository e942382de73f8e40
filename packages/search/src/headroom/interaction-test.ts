import type { PatternSpace } from '@rppkit/patterns';
import { type Encoder, InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { assertAnswerRows } from '../bounds/assert-answer-rows.ts';
import type { RandomPromptAnswers } from '../random-prompts.ts';
import { createObservationExchange } from './exchange-observations.ts';
import { createInteractionSetup } from './interaction-setup.ts';
import { computeProducts, writeStatistics, writeSums } from './interaction-statistic.ts';

export interface InteractionTestOptions {
  readonly space: PatternSpace;
  /** What a policy may observe, prepared for the tasks. */
  readonly encoders: readonly Encoder[];
  readonly random: RandomStream;
  /** At least 19; default 199. */
  readonly permutations?: number;
}

/** Sums of equal size may differ by rounding; this share of the statistic counts them as equal. */
const slack = 1e-12;

/** The result of the permutation test of the user x prompt interaction. */
export interface InteractionTest {
  /** (1 + permutations at least as large) / (1 + permutations); 1 where nothing could be tested. */
  readonly p: number;
  readonly statistic: number;
  /** Mean of the statistic over the permutations. */
  readonly expected: number;
  /** The value that the statistic has to exceed at level .05. */
  readonly critical: number;
  /** Tasks that entered: those with an answer. */
  readonly tasks: number;
  /** The same test for each pattern alone, in the order of the space; not corrected for their number. */
  readonly patterns: readonly { readonly name: string; readonly p: number }[];
}

/**
 * Does what a prompt is worth depend on the user, as far as the observation shows? The main effects of expressions and users are
 * fitted and removed. The statistic sums, over expressions and observation values, the squared covariance of what is left with
 * their product, over each pattern divided by its variance. One answer a task is enough; several share what the task has in common.
 *
 * Observations are permuted among tasks with the same legal expressions: prompts are drawn from what is legal, so only among these
 * tasks are prompts independent of users. For the same reason observations are centred within these groups. A user with several
 * tasks changes places as a whole, with users who have as many tasks in each group; others keep their observations. Choices have
 * to be legal. Throws `InvalidArgumentError` for fewer than 19 permutations and rows without a finite reward.
 */
export function testInteraction(
  answers: Pick<RandomPromptAnswers, 'tasks' | 'rows'>,
  { space, encoders, random, permutations = 199 }: InteractionTestOptions,
): InteractionTest {
  assertPermutations(permutations);
  assertAnswerRows(answers);
  const { tasks, rows } = answers;
  const nameAll = (values: ArrayLike<number>): InteractionTest['patterns'] =>
    space.patterns.map(({ name }, position) => ({ name, p: values[position]! }));
  const none = { p: 1, statistic: 0, expected: 0, critical: 0, patterns: nameAll(space.patterns.map(() => 1)) };
  if (rows.length === 0) return { ...none, tasks: 0 };
  const { groupOf, userOf, observations, residuals } = createInteractionSetup(tasks, rows, { space, encoders });
  const products = computeProducts(residuals, groupOf);
  if (observations.size === 0) return { ...none, tasks: products.tasks.length };
  const { starts, count } = residuals.cells;
  const layout = { starts, size: observations.size };
  const room = {
    sums: new Float64Array(count * layout.size),
    squares: new Float64Array(count * layout.size),
  };

  const own = new Float64Array(space.patterns.length);
  writeSums(products, observations, products.tasks, room);
  const statistic = writeStatistics(room, layout, own);
  const exchange = createObservationExchange(products.tasks, { groupOf, userOf });
  const givers = products.tasks.slice();
  const permuted = new Float64Array(space.patterns.length);
  const totals = new Float64Array(permutations);
  const atLeast = new Float64Array(space.patterns.length).fill(1);
  for (let permutation = 0; permutation < permutations; permutation++) {
    exchange(random, givers);
    writeSums(products, observations, givers, room);
    totals[permutation] = writeStatistics(room, layout, permuted);
    for (let position = 0; position < own.length; position++) {
      if (permuted[position]! >= own[position]! * (1 - slack)) atLeast[position]!++;
    }
  }
  totals.sort();
  const reached = totals.reduce((sum, total) => sum + Number(total >= statistic * (1 - slack)), 0);
  return {
    p: (1 + reached) / (1 + permutations),
    statistic,
    expected: totals.reduce((sum, total) => sum + total, 0) / permutations,
    critical: totals[Math.ceil(0.95 * (permutations + 1)) - 1]!,
    tasks: products.tasks.length,
    patterns: nameAll(atLeast.map((count) => count / (1 + permutations))),
  };
}

/** Throws `InvalidArgumentError` for fewer permutations than can reject at level .05. */
export function assertPermutations(permutations: number): void {
  if (Number.isInteger(permutations) && permutations >= 19) return;
  throw new InvalidArgumentError('permutations', 'an integer of at least 19', permutations);
}
