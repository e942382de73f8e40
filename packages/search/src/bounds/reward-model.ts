import { computeObservationSize, encodeObservation } from '@rppkit/env';
import {
  computeActionMasks,
  computeJointActionCount,
  decodeJointAction,
  type JointAction,
  type PatternSpace,
} from '@rppkit/patterns';
import { createRidgeRegression, type SparseRow } from '@rppkit/regression';
import { type Encoder, InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import type { RandomPromptAnswers } from '../random-prompts.ts';
import { assertAnswerRows } from './assert-answer-rows.ts';

/**
 * A ridge model of the reward: for every expression a linear function of the context, for every pair of expressions of two
 * patterns a constant. The context is 1, each observation value x and x^2 - 1 (nothing but 1 without encoders).
 */
export interface RewardModel {
  /** The expected reward of a joint action for a task. */
  predict(task: RankingTask, choice: JointAction): number;
  /** The legal joint action with the highest expected reward, the first among equals. */
  choose(task: RankingTask): JointAction;
  /**
   * The joint actions with the highest expected reward, best first, of all that the space has; without a task, for the
   * average observation.
   */
  rank(count: number, task?: RankingTask): readonly JointAction[];
}

export interface FitRewardModelOptions {
  readonly space: PatternSpace;
  /** Without encoders the model is of the prompt alone. */
  readonly encoders?: readonly Encoder[];
  /** L2 penalty on standardised features, in rows, above 0; default 30. */
  readonly penalty?: number;
}

/**
 * Fits the model on answers to random prompts; encoders are prepared for all of their tasks. Throws `InvalidArgumentError` for no
 * rows, rows without a finite reward, and a penalty that is not positive.
 */
export function fitRewardModel(
  answers: Pick<RandomPromptAnswers, 'tasks' | 'rows'>,
  { space, encoders = [], penalty = 30 }: FitRewardModelOptions,
): RewardModel {
  const { tasks, rows } = answers;
  if (rows.length === 0) throw new InvalidArgumentError('rows', 'at least one answered prompt', rows);
  assertAnswerRows(answers);
  const features = createFeatures(space, encoders);
  const regression = createRidgeRegression(features.count);
  const contexts = tasks.map(({ task }) => features.computeContext(task));
  const mean = rows.reduce((sum, { reward }) => sum + reward, 0) / rows.length;
  for (const { task, choice, reward } of rows)
    regression.add(features.computeRow(contexts[task]!, choice), reward - mean);
  const weights = regression.solve(penalty);

  const joint = Array.from({ length: computeJointActionCount(space) }, (_, index) => decodeJointAction(space, index));
  const pairScores = joint.map((choice) =>
    features.computePairs(choice).reduce((sum, index) => sum + weights[index]!, 0),
  );
  const scoreAll = (task: RankingTask | undefined): Float64Array => {
    const context = features.computeContext(task);
    const single = space.patterns.map(({ expressions }, position) =>
      expressions.map((_, action) => features.computeLinear(weights, context, position, action)),
    );
    return Float64Array.from(joint, (choice, index) =>
      choice.reduce((sum, action, position) => sum + single[position]![action]!, mean + pairScores[index]!),
    );
  };
  return {
    predict(task, choice) {
      const { indices, values } = features.computeRow(features.computeContext(task), choice);
      return indices.reduce((sum, feature, position) => sum + weights[feature]! * values[position]!, mean);
    },
    choose(task) {
      const masks = computeActionMasks(space, task);
      const scores = scoreAll(task);
      let best = -1;
      joint.forEach((choice, index) => {
        if (choice.some((action, position) => masks[position]![action] !== 1)) return;
        if (best < 0 || scores[index]! > scores[best]!) best = index;
      });
      return joint[best]!;
    },
    rank(count, task) {
      const scores = scoreAll(task);
      const order = joint
        .map((_, index) => index)
        .sort((left, right) => scores[right]! - scores[left]! || left - right);
      return order.slice(0, count).map((index) => joint[index]!);
    },
  };
}

interface Features {
  readonly count: number;
  computeContext(task: RankingTask | undefined): Float64Array;
  computeRow(context: Float64Array, choice: JointAction): SparseRow;
  /** The context's contribution of one expression. */
  computeLinear(weights: Float64Array, context: Float64Array, position: number, action: number): number;
  /** Feature numbers of the pairs that a joint action holds. */
  computePairs(choice: JointAction): readonly number[];
}

function createFeatures(space: PatternSpace, encoders: readonly Encoder[]): Features {
  const size = computeObservationSize(encoders);
  const contextSize = 1 + 2 * size;
  const sizes = space.patterns.map(({ expressions }) => expressions.length);
  let offset = 0;
  const starts = sizes.map((expressions) => {
    const start = offset;
    offset += expressions * contextSize;
    return start;
  });
  const pairs: { readonly left: number; readonly right: number; readonly start: number }[] = [];
  for (let left = 0; left < sizes.length; left++) {
    for (let right = left + 1; right < sizes.length; right++) {
      pairs.push({ left, right, start: offset });
      offset += sizes[left]! * sizes[right]!;
    }
  }
  const computePairs = (choice: JointAction): readonly number[] =>
    pairs.map(({ left, right, start }) => start + choice[left]! * sizes[right]! + choice[right]!);
  return {
    count: offset,
    computeContext(task) {
      const observation = new Float32Array(size);
      // Encoders standardise: 0 is the average user.
      if (task !== undefined) encodeObservation(encoders, { task, round: 0, rounds: 1 }, observation);
      const context = new Float64Array(contextSize);
      context[0] = 1;
      observation.forEach((value, index) => {
        context[1 + index] = value;
        context[1 + size + index] = task === undefined ? 0 : value * value - 1;
      });
      return context;
    },
    computeRow(context, choice) {
      const length = choice.length * contextSize + pairs.length;
      const row = { indices: new Int32Array(length), values: new Float64Array(length).fill(1) };
      choice.forEach((action, position) => {
        const from = position * contextSize;
        for (let index = 0; index < contextSize; index++)
          row.indices[from + index] = starts[position]! + action * contextSize + index;
        row.values.set(context, from);
      });
      row.indices.set(computePairs(choice), choice.length * contextSize);
      return row;
    },
    computeLinear(weights, context, position, action) {
      const start = starts[position]! + action * contextSize;
      let sum = 0;
      for (let index = 0; index < contextSize; index++) sum += weights[start + index]! * context[index]!;
      return sum;
    },
    computePairs,
  };
}
