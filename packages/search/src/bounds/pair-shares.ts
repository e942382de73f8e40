import { createRidgeRegression } from '@rppkit/regression';
import { type RandomStream, samplePermutation } from '@rppkit/spec';
import { numberCells } from '../headroom/prompt-cells.ts';
import { computeActionMean } from './cube-means.ts';
import type { RewardCube } from './reward-cube.ts';

/** The interaction of two patterns. */
export interface PairShare {
  readonly patterns: readonly [string, string];
  /**
   * Share of the variance between prompts' means that it explains beyond the main effects, about 0 to 1; below 0 by chance where there
   * is nothing. Absent where prompts do not differ in both halves of the users alike.
   */
  readonly share?: number;
}

/**
 * Shares by covariances between the tasks of two halves of the users, so that noise, which the halves do not share, adds nothing. On a cube of sampled
 * prompts the pairs overlap, and their shares may add up to more than they explain together.
 */
export function computePairShares(
  { space, choices }: RewardCube,
  means: Float64Array,
  {
    members,
    userOf,
    random,
  }: { readonly members: readonly number[]; readonly userOf: Int32Array; readonly random: RandomStream },
): readonly PairShare[] {
  const users = new Map<number, number[]>();
  for (const task of members) {
    const own = users.get(userOf[task]!);
    if (own === undefined) users.set(userOf[task]!, [task]);
    else own.push(task);
  }
  const lists = [...users.values()];
  const order = samplePermutation(random, lists.length);
  const halves = [0, 1].map((half) =>
    [...order].filter((_, place) => place % 2 === half).flatMap((place) => lists[place]!),
  );
  const perHalf = halves.map((members) =>
    Float64Array.from(choices, (_, action) => computeActionMean(means, choices.length, action, members)),
  );
  const answered = [...choices.keys()].filter((action) => perHalf.every((half) => !Number.isNaN(half[action]!)));
  const { starts, count } = numberCells(space);
  const main = answered.map((action) =>
    Int32Array.from(choices[action]!, (expression, position) => starts[position]! + expression),
  );
  const halfMeans = perHalf.map((half) => centre(Float64Array.from(answered, (action) => half[action]!)));
  const rest = halfMeans.map((values) => {
    const fitted = fitIndicators(main, values, count);
    return values.map((value, row) => value - fitted[row]!);
  });
  const total = computeDot(halfMeans[0]!, halfMeans[1]!);
  return space.patterns.flatMap((left, first) =>
    space.patterns.slice(first + 1).map((right, offset): PairShare => {
      const second = first + 1 + offset;
      const size = right.expressions.length;
      const pairs = answered.map((action) =>
        Int32Array.of(choices[action]![first]! * size + choices[action]![second]!),
      );
      const [one, other] = rest.map((values) => fitIndicators(pairs, values, left.expressions.length * size));
      const patterns = [left.name, right.name] as const;
      return total > 0 ? { patterns, share: computeDot(one!, other!) / total } : { patterns };
    }),
  );
}

/** Fitted values of least squares on indicators. */
function fitIndicators(rows: readonly Int32Array[], values: Float64Array, count: number): Float64Array {
  const regression = createRidgeRegression(count);
  for (const [row, indices] of rows.entries()) {
    regression.add({ indices, values: new Float64Array(indices.length).fill(1) }, values[row]!);
  }
  const weights = regression.solve(1e-6);
  return Float64Array.from(rows, (indices) => indices.reduce((sum, index) => sum + weights[index]!, 0));
}

function centre(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function computeDot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < left.length; row++) sum += left[row]! * right[row]!;
  return sum;
}
