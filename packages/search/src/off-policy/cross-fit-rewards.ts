/**
 * Cross-fitting.
 * Chernozhukov, Chetverikov, Demirer, Duflo, Hansen, Newey, Robins: "Double/debiased machine learning for treatment and
 * structural parameters", The Econometrics Journal 21(1), 2018.
 *
 * Symbols: q(x, s) the reward model, pi the target.
 * Differences from the paper: folds of whole groups.
 */

import { InvalidArgumentError, type RandomStream, samplePermutation } from '@rppkit/spec';
import { assertSameSlots } from './importance-weights.ts';
import { computeJointCount } from './joint-numbering.ts';
import type { PromptLog } from './prompt-log.ts';
import type { PromptTarget } from './prompt-target.ts';

/** A model of the expected reward of a prompt. */
export interface RewardPredictor {
  /** Of every joint action in a context, the last slot varying fastest, `Float64Array [joint actions]`, finite. */
  predictJoint(context: number): Float64Array;
}

/** Fits a reward model on some rows of a log, `Int32Array` of row numbers, rising. */
export type FitRewards = (log: PromptLog, rows: Int32Array) => RewardPredictor;

export interface CrossFitOptions {
  /** `createRidgeFit` gives one. A model that was fitted on other data: return it whatever the rows. */
  readonly fit: FitRewards;
  /** An integer from 2 to the number of groups, default 5. */
  readonly folds?: number;
  /** Draws the folds. */
  readonly random: RandomStream;
}

/** Predictions for each row by a model that has not seen the row's group. */
export interface RewardPredictions {
  /** q(x, s) of the logged prompt, `Float64Array [rows]`. */
  readonly logged: Float64Array;
  /** The mean of q(x, .) under the target, `Float64Array [rows]`. */
  readonly expected: Float64Array;
}

/**
 * Fits a model for each fold on all other folds, and predicts the fold with it. Throws `InvalidArgumentError` for wrong
 * folds, predictions of another length or that are not finite, and where log and target have different slots.
 */
export function crossFitRewards(
  log: PromptLog,
  target: PromptTarget,
  { fit: fitRewards, folds = 5, random }: CrossFitOptions,
): RewardPredictions {
  assertSameSlots(log, target);
  if (!Number.isInteger(folds) || folds < 2 || folds > log.groupCount) {
    throw new InvalidArgumentError('folds', `an integer from 2 to ${log.groupCount}, the number of groups`, folds);
  }
  const places = samplePermutation(random, log.groupCount);
  const joint = computeJointCount(log.actionCounts);
  const logged = new Float64Array(log.rows);
  const expected = new Float64Array(log.rows);
  const all = Int32Array.from({ length: log.rows }, (_, row) => row);
  for (let fold = 0; fold < folds; fold++) {
    const isHeldOut = (row: number): boolean => places[log.groups[row]!]! % folds === fold;
    const predictor = fitRewards(
      log,
      all.filter((row) => !isHeldOut(row)),
    );
    for (const row of all.filter(isHeldOut)) {
      const context = log.contexts[row]!;
      const predictions = predictor.predictJoint(context);
      if (predictions.length !== joint) {
        throw new InvalidArgumentError('predictJoint(context)', `a Float64Array of length ${joint}`, predictions);
      }
      logged[row] = predictions[log.jointActions[row]!]!;
      expected[row] = computeExpectation(target.computeJoint(context), predictions);
      if (!Number.isFinite(logged[row]!) || !Number.isFinite(expected[row]!)) {
        throw new InvalidArgumentError('predictJoint(context)', 'finite numbers', Number.NaN);
      }
    }
  }
  return { logged, expected };
}

function computeExpectation(probabilities: Float64Array, values: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += probabilities[index]! * values[index]!;
  return sum;
}
