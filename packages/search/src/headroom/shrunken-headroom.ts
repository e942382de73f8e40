import { type RandomStream, samplePermutation } from '@rppkit/spec';
import { fitInteraction, writeInteraction } from './interaction-fit.ts';
import type { InteractionSetup } from './interaction-setup.ts';
import type { PromptResiduals } from './prompt-residuals.ts';
import type { StandardizedObservations } from './standardize-observations.ts';

export interface ShrunkenHeadroomOptions extends InteractionSetup {
  readonly random: RandomStream;
}

const folds = 5;
/** Per row. */
const penalties = [0.03, 0.1, 0.3, 1];

/**
 * What prompts chosen from these answers would gain, by pattern, `Float64Array [patterns]`: the interaction is fitted by ridge
 * regression, and what it promises is multiplied by how far other users bear it out (the slope of their residuals
 * on its predictions, at least 0, five folds over users). The penalty is the one that predicts best there. More answers would find more.
 */
export function estimateShrunkenHeadroom({
  residuals,
  observations,
  headroom,
  groupOf,
  userOf,
  random,
}: ShrunkenHeadroomOptions): Float64Array {
  const patterns = residuals.cells.starts.length - 1;
  if (observations.size === 0) return new Float64Array(patterns);
  const foldOfUser = new Int32Array(userOf.reduce((most, user) => Math.max(most, user), -1) + 1);
  for (const [place, user] of samplePermutation(random, foldOfUser.length).entries()) foldOfUser[user] = place % folds;
  const foldOf = userOf.map((user) => foldOfUser[user]!);
  const scaled = penalties.map((penalty) => penalty * residuals.tasks.length);
  const covariances = new Float64Array(penalties.length);
  const variances = new Float64Array(penalties.length);
  for (let fold = 0; fold < folds; fold++) {
    const fitted = fitInteraction(residuals, observations, scaled, (task) => foldOf[task] !== fold);
    for (const [index, weights] of fitted.entries()) {
      const predicted = predictCentred(residuals, observations, weights, groupOf);
      for (let row = 0; row < predicted.length; row++) {
        if (foldOf[residuals.tasks[row]!] !== fold) continue;
        covariances[index]! += predicted[row]! * residuals.residuals[row]!;
        variances[index]! += predicted[row]! ** 2;
      }
    }
  }
  let best = -1;
  let bestExplained = 0;
  for (let index = 0; index < penalties.length; index++) {
    const explained = covariances[index]! > 0 ? covariances[index]! ** 2 / variances[index]! : 0;
    if (explained > bestExplained) {
      best = index;
      bestExplained = explained;
    }
  }
  if (best < 0) return new Float64Array(patterns);
  const [weights] = fitInteraction(residuals, observations, [scaled[best]!]);
  return headroom.compute(weights!, covariances[best]! / variances[best]!);
}

/** Predictions of all rows, less their mean over the prompts of the same group with the same observation. */
function predictCentred(
  { cells, chosen, tasks }: PromptResiduals,
  observations: StandardizedObservations,
  weights: Float64Array,
  groupOf: Int32Array,
): Float64Array {
  const patterns = cells.starts.length - 1;
  const groups = groupOf.reduce((most, group) => Math.max(most, group), -1) + 1;
  const shares = new Float64Array(groups * cells.count);
  const counts = new Float64Array(groups);
  for (let row = 0; row < tasks.length; row++) {
    const group = groupOf[tasks[row]!]!;
    counts[group]!++;
    for (let position = 0; position < patterns; position++) {
      shares[group * cells.count + chosen[row * patterns + position]!]!++;
    }
  }
  const worth = new Float64Array(cells.count);
  const predicted = new Float64Array(tasks.length);
  for (let row = 0; row < tasks.length; row++) {
    const group = groupOf[tasks[row]!]!;
    writeInteraction(weights, observations, tasks[row]!, worth);
    let sum = 0;
    for (let position = 0; position < patterns; position++) sum += worth[chosen[row * patterns + position]!]!;
    for (let cell = 0; cell < cells.count; cell++) {
      sum -= (shares[group * cells.count + cell]! / counts[group]!) * worth[cell]!;
    }
    predicted[row] = sum;
  }
  return predicted;
}
