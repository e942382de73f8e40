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

const mostFolds = 5;

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
    const values = new Set(users).size < 2 ? undefined : estimatePattern(choices, { position, ...contexts });
    return {
      pattern: name,
      expressions: expressions.map((expression, action): ExpressionEffect => {
        const drawn = choices.filter(({ actions }) => actions[position] === action);
        const weights = drawn.map(({ propensities }) => 1 / propensities[position]!);
        return {
          id: expression.id,
          perspective: describePerspective(expression),
          effect: values === undefined ? null : values(action),
          answers: drawn.length,
          effectiveAnswers: computeEffectiveSize(weights),
        };
      }),
    };

    function estimatePattern(
      rows: readonly TrainingChoice[],
      { observations, observationSize }: Contexts & { readonly position: number },
    ): (action: number) => ExpressionEffect['effect'] {
      const log = createPromptLog(
        rows.map(({ actions, propensities, reward }, context) => ({
          context,
          choice: [actions[position]!],
          logProbabilities: [Math.log(propensities[position]!)],
          reward,
          group: users[context]!,
        })),
        { actionCounts: [expressions.length] },
      );
      const predictors = crossFit(log, { observations, observationSize, random: random.split(name) });
      const contrasts = rows.map((row, index) => {
        const worth = Float64Array.from(predictors(index));
        const own = row.actions[position]!;
        worth[own]! += (row.reward - worth[own]!) / row.propensities[position]!;
        const legal = expressions.flatMap((_, action) => (isLegal(row, action) ? [action] : []));
        const mean = legal.reduce((sum, action) => sum + worth[action]!, 0) / legal.length;
        return worth.map((value, action) => (legal.includes(action) ? value - mean : Number.NaN));
      });
      return (action) => {
        const means = averageByUser(contrasts, users, action);
        if (means.length < 2) return null;
        const { mean, low, high } = studentMeanInterval(means);
        return { mean, low, high };
      };
    }
  });
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
  users: readonly string[],
  action: number,
): readonly number[] {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const [row, contrast] of contrasts.entries()) {
    const value = contrast[action]!;
    if (Number.isNaN(value)) continue;
    const entry = sums.get(users[row]!) ?? { sum: 0, count: 0 };
    entry.sum += value;
    entry.count++;
    sums.set(users[row]!, entry);
  }
  return Array.from(sums.values(), ({ sum, count }) => sum / count);
}

function computeEffectiveSize(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum === 0 ? 0 : sum ** 2 / weights.reduce((total, weight) => total + weight ** 2, 0);
}
