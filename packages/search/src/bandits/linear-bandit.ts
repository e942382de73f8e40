import { type AgentNetwork, expandJointSums, type PairScores, sampleActionChain } from '@rppkit/policy';
import {
  type ActionMasks,
  InvalidArgumentError,
  type PolicyActions,
  type Rollout,
  RppError,
  type UpdateMetrics,
} from '@rppkit/spec';
import type { Bandit, BanditActOptions, BanditSpace, RewardModelOptions } from './bandit.ts';
import {
  assertBanditSpace,
  assertJointActions,
  assertMasks,
  assertPositive,
  countRows,
  listLearnableRows,
} from './bandit-checks.ts';
import { exportLinearNetworks } from './export-linear-networks.ts';
import { createFeatureLayout, type FeatureLayout, type WidenedFeatures } from './feature-layout.ts';
import { computeActionValues, computeWeightPairSums, copyFromParents } from './feature-values.ts';
import { createRewardStatistics, type RewardFit, type RewardStatistics } from './reward-statistics.ts';

/** What a rule sees of one row; arrays are used again for the next row. */
interface BanditRow {
  /** `Float64Array [contextSize]`. */
  readonly context: Float64Array;
  /** Estimated reward less a constant, `Float64Array [joint actions]`; -Infinity for those that may not be chosen. */
  readonly scores: Float64Array;
  /**
   * How actions are explored evenly, `Float64Array [joint actions]`: 1 for a joint action of the first actions, shared with
   * later children, 0 where it may not be chosen. Their sum is `shareSum`.
   */
  readonly shares: Float64Array;
  readonly shareSum: number;
  /** The joint action with the highest score, the first among equals. */
  readonly greedy: number;
  /** Rows learned from so far, those since the last fit included. */
  readonly rows: number;
}

/** How an algorithm explores. */
export interface ExplorationRule {
  readonly name: string;
  /** Writes the weights by which the joint action is drawn, `Float64Array [joint actions]`, all 0 before. */
  distribute(row: BanditRow, weights: Float64Array): void;
  /** After every fit, and once before the first rows. */
  refit?(fit: RewardFit): void;
  /** After the layout was widened: new features are what their parents are until the next fit. */
  widen?(widened: WidenedFeatures): void;
}

/** A bandit of one rule. Throws `InvalidArgumentError` for a space or options outside their ranges. */
export function createLinearBandit(
  space: BanditSpace,
  options: RewardModelOptions,
  createRule: (layout: FeatureLayout) => ExplorationRule,
): Bandit {
  return new LinearBandit(space, options, createRule);
}

class LinearBandit implements Bandit {
  readonly agents: readonly string[];
  readonly observationSize: number;
  readonly #squares: boolean;
  readonly #refitGrowth: number;
  readonly #layout: FeatureLayout;
  readonly #statistics: RewardStatistics;
  readonly #rule: ExplorationRule;
  /** What each action has of the even exploration: 1, halved whenever it is shared with a child. */
  readonly #shares: number[][];
  readonly #context: Float64Array;
  #fit: RewardFit;
  #fittedRows = 0;
  #pairSums: Float64Array;
  #updates = 0;
  #disposed = false;

  constructor(space: BanditSpace, options: RewardModelOptions, createRule: (layout: FeatureLayout) => ExplorationRule) {
    const { squares = false, pairs = false, penalty = 30, contextPenalty = 300, refitGrowth = 0.1 } = options;
    assertBanditSpace(space);
    assertPositive('penalty', penalty);
    assertPositive('contextPenalty', contextPenalty);
    if (!(refitGrowth >= 0)) throw new InvalidArgumentError('refitGrowth', 'at least 0', refitGrowth);
    this.agents = [...space.agents];
    this.observationSize = space.observationSize;
    this.#squares = squares;
    this.#refitGrowth = refitGrowth;
    const counts = this.agents.map((agent) => space.actionCounts[agent]!);
    const contextSize = 1 + space.observationSize * (squares ? 2 : 1);
    this.#layout = createFeatureLayout(counts, { contextSize, pairs });
    this.#statistics = createRewardStatistics(this.#layout, {
      constant: penalty,
      context: contextPenalty,
      pair: penalty,
    });
    this.#shares = counts.map((count) => new Array<number>(count).fill(1));
    this.#context = new Float64Array(contextSize);
    this.#rule = createRule(this.#layout);
    this.#fit = this.#statistics.fit();
    this.#rule.refit?.(this.#fit);
    this.#pairSums = computeWeightPairSums(this.#layout, this.#fit.weights);
  }

  get name(): string {
    return this.#rule.name;
  }

  get actionCounts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.agents.map((agent, index) => [agent, this.#shares[index]!.length]));
  }

  act(observations: Float32Array, options: BanditActOptions): PolicyActions {
    this.#assertLive();
    const { deterministic, random, masks, jointActions } = options;
    const batchSize = countRows(observations, this.observationSize);
    assertMasks(masks, this, batchSize);
    const counts = this.#layout.counts;
    const actions = counts.map(() => new Int32Array(batchSize));
    const logProbabilities = counts.map(() => new Float32Array(batchSize));
    const chosen = new Int32Array(counts.length);
    const logs = new Float64Array(counts.length);
    const scores = new Float64Array(this.#layout.joint);
    const shares = new Float64Array(this.#layout.joint);
    const weights = new Float64Array(this.#layout.joint);
    const allowed = jointActions === undefined ? undefined : this.#createAllowed(jointActions);
    const legal = counts.map((count) => new Uint8Array(count).fill(1));
    let shareSum = 0;
    for (let row = 0; row < batchSize; row++) {
      this.#readContext(observations, row);
      if (this.#readMasks(masks, row, legal) || row === 0) {
        shareSum = computeShares(this.#shares, legal, allowed, shares);
        if (!(shareSum > 0)) throw new InvalidArgumentError('masks', 'to allow a joint action', `none in row ${row}`);
      }
      const greedy = this.#score(scores, shares);
      if (deterministic) {
        decodeJoint(greedy, counts, chosen);
      } else {
        weights.fill(0);
        this.#rule.distribute(
          { context: this.#context, scores, shares, shareSum, greedy, rows: this.#statistics.rows },
          weights,
        );
        sampleActionChain(weights, counts, random, chosen, logs);
      }
      for (let agent = 0; agent < counts.length; agent++) {
        actions[agent]![row] = chosen[agent]!;
        logProbabilities[agent]![row] = logs[agent]!;
      }
    }
    return {
      actions: Object.fromEntries(this.agents.map((name, agent) => [name, actions[agent]!])),
      logProbabilities: Object.fromEntries(this.agents.map((name, agent) => [name, logProbabilities[agent]!])),
    };
  }

  async update(rollout: Rollout): Promise<UpdateMetrics> {
    this.#assertLive();
    const rows = listLearnableRows(rollout, this);
    const [{ observations, actions, rewards }] = rollout.steps as [Rollout['steps'][number]];
    const before = { mean: 0, squaredError: 0 };
    const chosen = new Int32Array(this.agents.length);
    for (const row of rows) {
      this.#readContext(observations, row);
      this.agents.forEach((agent, index) => {
        chosen[index] = actions[agent]![row]!;
      });
      const reward = rewards[row]!;
      before.mean += reward / rows.length;
      before.squaredError += (reward - this.#predict(chosen)) ** 2 / rows.length;
      this.#statistics.add(this.#context, chosen, reward);
    }
    const total = this.#statistics.rows;
    const isDue = total > this.#fittedRows && total >= this.#fittedRows * (1 + this.#refitGrowth);
    if (isDue) {
      this.#fit = this.#statistics.fit();
      this.#fittedRows = total;
      this.#rule.refit?.(this.#fit);
      this.#pairSums = computeWeightPairSums(this.#layout, this.#fit.weights);
    }
    if (rows.length > 0) this.#updates++;
    return {
      'train/n_updates': this.#updates,
      'train/usable_rows': rows.length,
      'train/mean_reward': before.mean,
      // Of predictions made before these rows were learned from.
      'train/value_loss': before.squaredError,
      'train/fitted_rows': this.#fittedRows,
    };
  }

  widen({ agent, parent }: { readonly agent: string; readonly parent: number }): void {
    this.#assertLive();
    const index = this.agents.indexOf(agent);
    const shares = this.#shares[index];
    if (shares === undefined) throw new InvalidArgumentError('agent', `one of ${this.agents.join(', ')}`, agent);
    if (!(Number.isSafeInteger(parent) && parent >= 0 && parent < shares.length)) {
      throw new InvalidArgumentError('parent', `an action of ${agent} below ${shares.length}`, parent);
    }
    assertJointActions((this.#layout.joint / shares.length) * (shares.length + 1));
    const widened = this.#layout.widen(index, parent);
    this.#statistics.widen(widened);
    shares[parent]! /= 2;
    shares.push(shares[parent]!);
    // What the bandit believes now; the factor is that of the last fit, and only rules read it, when it is new.
    this.#fit = { ...this.#fit, weights: copyFromParents(this.#fit.weights, widened) };
    this.#rule.widen?.(widened);
    this.#pairSums = computeWeightPairSums(this.#layout, this.#fit.weights);
  }

  exportNetworks(): readonly AgentNetwork[] {
    this.#assertLive();
    return exportLinearNetworks(this.agents, this.#layout, this.#fit.weights, this.#squares);
  }

  exportPairs(): readonly PairScores[] {
    this.#assertLive();
    return this.#layout.pairs.map(({ first, second, features }) => ({
      first: this.agents[first]!,
      second: this.agents[second]!,
      scores: Float32Array.from(features, (feature) => this.#fit.weights[feature]!),
    }));
  }

  dispose(): void {
    this.#disposed = true;
  }

  #readContext(observations: Float32Array, row: number): void {
    const { observationSize } = this;
    const start = row * observationSize;
    this.#context[0] = 1;
    for (let index = 0; index < observationSize; index++) {
      const value = observations[start + index]!;
      this.#context[1 + index] = value;
      if (this.#squares) this.#context[1 + observationSize + index] = value * value - 1;
    }
  }

  /** Scores of the joint actions that have a share; returns the greedy one. */
  #score(scores: Float64Array, shares: Float64Array): number {
    expandJointSums(computeActionValues(this.#layout, this.#fit.weights, this.#context), scores);
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

  #predict(actions: Int32Array): number {
    let sum = this.#fit.mean;
    for (let agent = 0; agent < actions.length; agent++) {
      const block = this.#layout.getBlock(agent, actions[agent]!);
      for (let index = 0; index < this.#context.length; index++) {
        sum += this.#fit.weights[block + index]! * this.#context[index]!;
      }
    }
    for (const { first, second, features } of this.#layout.pairs) {
      sum += this.#fit.weights[features[actions[first]! * this.#layout.counts[second]! + actions[second]!]!]!;
    }
    return sum;
  }

  /** Writes the row's masks; returns whether they differ from the ones before. */
  #readMasks(masks: ActionMasks | undefined, row: number, legal: readonly Uint8Array[]): boolean {
    let changed = false;
    for (let agent = 0; agent < legal.length; agent++) {
      const own = legal[agent]!;
      const mask = masks?.[this.agents[agent]!];
      if (mask === undefined) continue;
      for (let action = 0; action < own.length; action++) {
        const value = mask[row * own.length + action]!;
        if (value > 1) throw new InvalidArgumentError(`masks.${this.agents[agent]}`, 'made of 0 and 1', value);
        if (own[action] !== value) changed = true;
        own[action] = value;
      }
    }
    return changed;
  }

  #createAllowed(jointActions: Int32Array): Uint8Array {
    const allowed = new Uint8Array(this.#layout.joint);
    for (const joint of jointActions) {
      if (!(joint >= 0 && joint < allowed.length)) {
        throw new InvalidArgumentError('jointActions', `numbers in [0, ${allowed.length})`, joint);
      }
      allowed[joint] = 1;
    }
    return allowed;
  }

  #assertLive(): void {
    if (!this.#disposed) return;
    throw new RppError(
      'DISPOSED_LEARNER',
      'Expected a live bandit, received a call after dispose(). Create a new one.',
    );
  }
}

function computeShares(
  shares: readonly (readonly number[])[],
  legal: readonly Uint8Array[],
  allowed: Uint8Array | undefined,
  output: Float64Array,
): number {
  let size = 1;
  output[0] = 1;
  for (let agent = 0; agent < shares.length; agent++) {
    const own = shares[agent]!;
    for (let prefix = size - 1; prefix >= 0; prefix--) {
      const share = output[prefix]!;
      for (let action = own.length - 1; action >= 0; action--) {
        output[prefix * own.length + action] = share * own[action]! * legal[agent]![action]!;
      }
    }
    size *= own.length;
  }
  let sum = 0;
  for (let joint = 0; joint < size; joint++) {
    if (allowed !== undefined) output[joint]! *= allowed[joint]!;
    sum += output[joint]!;
  }
  return sum;
}

function decodeJoint(joint: number, counts: readonly number[], actions: Int32Array): void {
  let rest = joint;
  for (let agent = counts.length - 1; agent >= 0; agent--) {
    actions[agent] = rest % counts[agent]!;
    rest = Math.floor(rest / counts[agent]!);
  }
}
