import type { RandomStream } from '@rppkit/spec';
import { createObservationExchange } from './exchange-observations.ts';
import { writeInteraction } from './interaction-fit.ts';
import type { InteractionSetup } from './interaction-setup.ts';
import { computeProducts, writeStatistics, writeSums } from './interaction-statistic.ts';
import type { PromptResiduals } from './prompt-residuals.ts';
import type { StandardizedObservations } from './standardize-observations.ts';

/** In units of the reward; what is not seen then, such as the interaction of a single prompt, is never seen. */
const largestScale = 1e4;

export interface DetectableHeadroomOptions extends InteractionSetup {
  /** What the statistic of the interaction test has to exceed. */
  readonly critical: number;
  readonly random: RandomStream;
  /** Interactions that are drawn, default 40. */
  readonly draws?: number;
}

/**
 * The headroom that the interaction test sees with probability .8: interactions are drawn at random (independent normal weights for
 * every expression and observation value) and added to residuals whose own interaction a permutation of users has destroyed; each
 * is made as large as the test needs to reject, and the 80th percentile of the headrooms is the answer; infinite where observations
 * do not differ.
 */
export function estimateDetectableHeadroom({
  residuals,
  observations,
  headroom,
  groupOf,
  userOf,
  critical,
  random,
  draws = 40,
}: DetectableHeadroomOptions): number {
  if (observations.size === 0) return Infinity;
  const { cells } = residuals;
  const length = cells.count * observations.size;
  const noise = { sums: new Float64Array(length), squares: new Float64Array(length) };
  const signal = { sums: new Float64Array(length), squares: new Float64Array(length) };
  const both = { sums: new Float64Array(length), squares: noise.squares };
  const layout = { starts: cells.starts, size: observations.size };
  const output = new Float64Array(cells.starts.length - 1);
  const products = computeProducts(residuals, groupOf);
  const exchange = createObservationExchange(products.tasks, { groupOf, userOf });
  const givers = products.tasks.slice();
  const headrooms = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    exchange(random, givers);
    writeSums(products, observations, givers, noise);
    const weights = Float64Array.from({ length }, () => random.normal());
    const added = computeProducts({ ...residuals, residuals: simulate(residuals, observations, weights) }, groupOf);
    writeSums(added, observations, added.tasks, signal);
    const isSeen = (scale: number): boolean => {
      for (let index = 0; index < length; index++) both.sums[index] = noise.sums[index]! + scale * signal.sums[index]!;
      return writeStatistics(both, layout, output) > critical;
    };
    let low = 0;
    let high = 1e-4;
    while (high < largestScale && !isSeen(high)) high *= 2;
    if (!isSeen(high)) {
      headrooms[draw] = Infinity;
      continue;
    }
    for (let step = 0; step < 20; step++) {
      const middle = (low + high) / 2;
      if (isSeen(middle)) high = middle;
      else low = middle;
    }
    headrooms[draw] = headroom.compute(weights, high).reduce((sum, value) => sum + value, 0);
  }
  return headrooms.sort()[Math.ceil(0.8 * draws) - 1]!;
}

/** Rewards of the rows' prompts by an interaction alone. */
function simulate(
  { cells, chosen, tasks }: PromptResiduals,
  observations: StandardizedObservations,
  weights: Float64Array,
): Float64Array {
  const patterns = cells.starts.length - 1;
  const worth = new Float64Array(cells.count);
  const values = new Float64Array(tasks.length);
  let written = -1;
  for (let row = 0; row < tasks.length; row++) {
    if (tasks[row] !== written) {
      written = tasks[row]!;
      writeInteraction(weights, observations, written, worth);
    }
    for (let position = 0; position < patterns; position++) values[row]! += worth[chosen[row * patterns + position]!]!;
  }
  return values;
}
