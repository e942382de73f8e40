/**
 * What each expression is worth, from the log of a policy that learned.
 * Dudik, Langford, Li: "Doubly robust policy evaluation and learning", ICML 2011.
 *
 *   v_i(e) = q(x_i, e) + 1[a_i = e] (r_i - q(x_i, e)) / mu_i(e),   effect(e) = mean_i ( v_i(e) - mean_{e' legal} v_i(e') )
 *
 * Symbols: i one prompt of the training, x_i its observation and how far training was, a_i its expression of the pattern, mu_i
 * what the policy gave it, r_i the reward; q a ridge model of the reward, cross-fitted over users, so that no prompt is
 * predicted by a model that saw its user.
 *
 * Differences from the paper: one pattern at a time, the others as the policy chose them; and a contrast to the pattern's
 * mean, taken within each prompt, which removes how hard the task is.
 *
 * Weighting alone would not do: the policy soon gives some expressions no chance in some contexts. There the model's word stands.
 */

import { studentMeanInterval } from '@rppkit/metrics/statistics';
import { computeActionMasks, createPatternSpace, type PatternSpace } from '@rppkit/patterns';
import type { Child } from '@rppkit/refiner';
import { createPromptLog, createRidgeFit, type PromptLog, type RewardPredictor } from '@rppkit/search';
import { type Encoder, type JudgedTask, type RandomStream, samplePermutation } from '@rppkit/spec';
import { describePerspective } from './describe-pattern-use.ts';
import type { TrainingChoice } from './read-training-answers.ts';
import type { ExpressionEffect, PatternEffects } from './results.ts';

export interface EstimateEffectsOptions {
  /** The training tasks that `choices` number. */
  readonly tasks: readonly JudgedTask[];
  /** As training left it. */
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  /** Refined expressions, which could not be chosen all the time; default none. */
  readonly children?: readonly Pick<Child, 'pattern' | 'id' | 'born' | 'ended' | 'verdict'>[];
  /** Split, not drawn from. */
  readonly random: RandomStream;
}

/** Fits cost most of the time of a report: 30,000 prompts take some seconds. */
const mostFolds = 3;

/** Effects of all expressions of all patterns. */
export function estimateEffects(
  choices: readonly TrainingChoice[],
  { tasks, space, encoders, children = [], random }: EstimateEffectsOptions,
): readonly PatternEffects[] {
  const contexts = encodeContexts(choices, tasks, encoders);
  const masks = computeMasks(tasks, space);
  const users = choices.map(({ task }) => tasks[task]!.task.user);
  return space.patterns.map(({ name, expressions }, position) => {
    const found = expressions.map(({ id }) => children.find((child) => child.pattern === name && child.id === id));
    const isLegal = ({ task, update }: TrainingChoice, action: number): boolean => {
      if (masks[task]![position]![action] !== 1) return false;
      const child = found[action];
      if (child === undefined) return true;
      const { born, ended = Number.POSITIVE_INFINITY, verdict } = child;
      return update > born && (verdict === 'promoted' || update <= ended);
    };
    const log = new Set(users).size < 2 ? undefined : createPatternLog(choices, users, position, expressions.length);
    const contrasts =
      log && computeContrasts(choices, position, isLegal, crossFit(log, { ...contexts, random: random.split(name) }));
    return {
      pattern: name,
      expressions: expressions.map((expression, action): ExpressionEffect => {
        const drawn = choices.filter(({ actions }) => actions[position] === action);
        return {
          id: expression.id,
          perspective: describePerspective(expression),
          effect: contrasts === undefined ? null : estimateMean(averageByUser(contrasts, log!, action)),
          answers: drawn.length,
          effectiveAnswers: computeEffectiveSize(drawn.map(({ propensities }) => 1 / propensities[position]!)),
        };
      }),
    };
  });
}

/** The log of one pattern by itself; a context is a row. */
function createPatternLog(
  choices: readonly TrainingChoice[],
  users: readonly string[],
  position: number,
  actionCount: number,
): PromptLog {
  const rows = choices.map(({ actions, propensities, reward }, context) => ({
    context,
    choice: [actions[position]!],
    logProbabilities: [Math.log(propensities[position]!)],
    reward,
    group: users[context]!,
  }));
  return createPromptLog(rows, { actionCounts: [actionCount] });
}

/** v_i(e) less its mean over the legal e, for each prompt, `Float64Array [expressions]`; NaN where e was not legal. */
function computeContrasts(
  choices: readonly TrainingChoice[],
  position: number,
  isLegal: (choice: TrainingChoice, action: number) => boolean,
  predict: (row: number) => Float64Array,
): readonly Float64Array[] {
  return choices.map((choice, row) => {
    const worth = Float64Array.from(predict(row));
    const own = choice.actions[position]!;
    worth[own]! += (choice.reward - worth[own]!) / choice.propensities[position]!;
    const values = worth.map((value, action) => (isLegal(choice, action) ? value : Number.NaN));
    const legal = values.filter((value) => !Number.isNaN(value));
    const mean = legal.reduce((sum, value) => sum + value, 0) / legal.length;
    return values.map((value) => value - mean);
  });
}

function estimateMean(values: readonly number[]): ExpressionEffect['effect'] {
  if (values.length < 2) return null;
  const { mean, low, high } = studentMeanInterval(values);
  return { mean, low, high };
}

interface Contexts {
  /** `Float32Array [choices, observationSize]` */
  readonly observations: Float32Array;
  readonly observationSize: number;
}

/** What the policy saw, and how far training was, from -1 to 1. */
function encodeContexts(
  choices: readonly TrainingChoice[],
  tasks: readonly JudgedTask[],
  encoders: readonly Encoder[],
): Contexts {
  const observationSize = encoders.reduce((sum, { size }) => sum + size, 1);
  const observations = new Float32Array(choices.length * observationSize);
  const updates = choices.reduce((most, { update }) => Math.max(most, update), 1);
  for (const [row, { task, update }] of choices.entries()) {
    let place = row * observationSize;
    observations[place++] = (2 * update) / updates - 1;
    for (const encoder of encoders) {
      encoder.encode(
        { task: tasks[task]!.task, round: 0, rounds: 1 },
        observations.subarray(place, place + encoder.size),
      );
      place += encoder.size;
    }
  }
  return { observations, observationSize };
}

/** Legal expressions of each task while none was retired yet. */
function computeMasks(tasks: readonly JudgedTask[], space: PatternSpace): readonly (readonly Uint8Array[])[] {
  const patterns = space.patterns.map((pattern) => ({
    ...pattern,
    expressions: pattern.expressions.map(({ retired: _retired, ...expression }) => expression),
  }));
  const whole = createPatternSpace({ ...space, patterns });
  return tasks.map(({ task }) => computeActionMasks(whole, task));
}

/** For each row the reward of every expression, by a model that has not seen the row's user. */
function crossFit(
  log: PromptLog,
  { observations, observationSize, random }: Contexts & { readonly random: RandomStream },
): (row: number) => Float64Array {
  const { groups, groupCount, rows, actionCounts } = log;
  const folds = Math.min(mostFolds, groupCount);
  const places = samplePermutation(random, groupCount);
  const foldOf = (row: number): number => places[groups[row]!]! % folds;
  const fit = createRidgeFit({ actionCounts, observations, observationSize });
  const models = Array.from({ length: folds }, (_, fold): RewardPredictor => {
    const others = Array.from({ length: rows }, (_, row) => row).filter((row) => foldOf(row) !== fold);
    return fit(log, Int32Array.from(others));
  });
  return (row) => models[foldOf(row)]!.predictJoint(row);
}

/** The mean of each user's prompts in which the expression was legal, of users who have any. */
function averageByUser(
  contrasts: readonly Float64Array[],
  { groups, groupCount }: PromptLog,
  action: number,
): readonly number[] {
  const sums = new Float64Array(groupCount);
  const counts = new Int32Array(groupCount);
  for (const [row, contrast] of contrasts.entries()) {
    const value = contrast[action]!;
    if (Number.isNaN(value)) continue;
    sums[groups[row]!]! += value;
    counts[groups[row]!]! += 1;
  }
  return Array.from(sums, (sum, group) => sum / counts[group]!).filter((mean) => !Number.isNaN(mean));
}

function computeEffectiveSize(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum === 0 ? 0 : sum ** 2 / weights.reduce((total, weight) => total + weight ** 2, 0);
}
