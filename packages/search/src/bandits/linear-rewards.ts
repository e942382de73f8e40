import { expandJointSums } from '@rppkit/policy';
import { InvalidArgumentError } from '@rppkit/spec';
import type { RewardModelOptions } from './bandit.ts';
import { createFeatureLayout, type FeatureLayout, type WidenedFeatures } from './feature-layout.ts';
import { computeActionValues, computeWeightPairSums, copyFromParents } from './feature-values.ts';
import { createRewardStatistics, type RewardFit, type RewardStatistics } from './reward-statistics.ts';

/** The reward model of a bandit: statistics of all rows, and the last fit to them. */
export class LinearRewards {
  readonly layout: FeatureLayout;
  readonly squares: boolean;
  /** 1, the observation values x and, with squares, x^2 - 1 of the context that was read last; `Float64Array [contextSize]`. */
  readonly context: Float64Array;
  readonly #refitGrowth: number;
  readonly #statistics: RewardStatistics;
  #fit: RewardFit;
  #fittedRows = 0;
  #pairSums: Float64Array;

  /** Throws `InvalidArgumentError` for options outside their ranges. */
  constructor(counts: readonly number[], observationSize: number, options: RewardModelOptions) {
    const { squares = false, pairs = false, penalty = 30, contextPenalty = 300, refitGrowth = 0.1 } = options;
    assertPositive('penalty', penalty);
    assertPositive('contextPenalty', contextPenalty);
    if (!(refitGrowth >= 0)) throw new InvalidArgumentError('refitGrowth', 'at least 0', refitGrowth);
    const contextSize = 1 + observationSize * (squares ? 2 : 1);
    this.layout = createFeatureLayout(counts, { contextSize, pairs });
    this.squares = squares;
    this.context = new Float64Array(contextSize);
    this.#refitGrowth = refitGrowth;
    const penalties = { constant: penalty, context: contextPenalty, pair: penalty };
    this.#statistics = createRewardStatistics(this.layout, penalties);
    this.#fit = this.#statistics.fit();
    this.#pairSums = computeWeightPairSums(this.layout, this.#fit.weights);
  }

  /** The last fit; its factor is of the features there were then. */
  get fit(): RewardFit {
    return this.#fit;
  }

  /** Rows added so far. */
  get rows(): number {
    return this.#statistics.rows;
  }

  /** Rows of the last fit. */
  get fittedRows(): number {
    return this.#fittedRows;
  }

  /** Reads the context of a row of a batch, `Float32Array [batch, observationSize]`. */
  readContext(observations: Float32Array, row: number): void {
    const size = (this.context.length - 1) / (this.squares ? 2 : 1);
    this.context[0] = 1;
    for (let index = 0; index < size; index++) {
      const value = observations[row * size + index]!;
      this.context[1 + index] = value;
      if (this.squares) this.context[1 + size + index] = value * value - 1;
    }
  }

  /** The estimated reward of a joint action in the context. */
  predict(actions: Int32Array): number {
    const { mean, weights } = this.#fit;
    const { counts, pairs } = this.layout;
    let sum = mean;
    for (let agent = 0; agent < actions.length; agent++) {
      const block = this.layout.getBlock(agent, actions[agent]!);
      for (let index = 0; index < this.context.length; index++) sum += weights[block + index]! * this.context[index]!;
    }
    for (const { first, second, features } of pairs) {
      sum += weights[features[actions[first]! * counts[second]! + actions[second]!]!]!;
    }
    return sum;
  }

  /**
   * Writes the estimates in the context less a constant, `Float64Array [joint actions]`, -Infinity where a share is 0; returns
   * the joint action with the highest, the first among equals.
   */
  score(scores: Float64Array, shares: Float64Array): number {
    expandJointSums(computeActionValues(this.layout, this.#fit.weights, this.context), scores);
    let greedy = -1;
    for (let joint = 0; joint < scores.length; joint++) {
      if (shares[joint] === 0) {
        scores[joint] = Number.NEGATIVE_INFINITY;
        continue;
      }
      scores[joint]! += this.#pairSums[joint]!;
      if (greedy < 0 || scores[joint]! > scores[greedy]!) greedy = joint;
    }
    return greedy;
  }

  /** Adds what a joint action brought in the context. */
  add(actions: Int32Array, reward: number): void {
    this.#statistics.add(this.context, actions, reward);
  }

  /** Fits again once the rows have grown enough; returns whether it did. */
  refitIfDue(): boolean {
    const { rows } = this.#statistics;
    if (rows === this.#fittedRows || rows < this.#fittedRows * (1 + this.#refitGrowth)) return false;
    this.#fit = this.#statistics.fit();
    this.#fittedRows = rows;
    this.#pairSums = computeWeightPairSums(this.layout, this.#fit.weights);
    return true;
  }

  /** Adds an action with the estimate of its parent. */
  widen(agent: number, parent: number): WidenedFeatures {
    const widened = this.layout.widen(agent, parent);
    this.#statistics.widen(widened);
    this.#fit = { ...this.#fit, weights: copyFromParents(this.#fit.weights, widened) };
    this.#pairSums = computeWeightPairSums(this.layout, this.#fit.weights);
    return widened;
  }
}

function assertPositive(argument: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError(argument, 'a positive number', value);
  }
}
