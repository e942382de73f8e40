import { type AgentNetwork, type PairScores, sampleActionChain } from '@rppkit/policy';
import { InvalidArgumentError, type PolicyActions, type Rollout, RppError, type UpdateMetrics } from '@rppkit/spec';
import type { Bandit, BanditActOptions, BanditSpace, RewardModelOptions } from './bandit.ts';
import { assertBanditSpace, assertJointActions, assertMasks, countRows, listLearnableRows } from './bandit-checks.ts';
import { decodeJoint } from './decode-joint.ts';
import type { ExplorationRule } from './exploration-rule.ts';
import { exportLinearNetworks } from './export-linear-networks.ts';
import type { FeatureLayout } from './feature-layout.ts';
import { createJointShares } from './joint-shares.ts';
import { LinearRewards } from './linear-rewards.ts';

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
  readonly #rewards: LinearRewards;
  readonly #rule: ExplorationRule;
  /** What each action has of the even exploration: 1, halved whenever it is shared with a child. */
  readonly #shares: number[][];
  #updates = 0;
  #disposed = false;

  constructor(space: BanditSpace, options: RewardModelOptions, createRule: (layout: FeatureLayout) => ExplorationRule) {
    assertBanditSpace(space);
    this.agents = [...space.agents];
    this.observationSize = space.observationSize;
    const counts = this.agents.map((agent) => space.actionCounts[agent]!);
    this.#shares = counts.map((count) => new Array<number>(count).fill(1));
    this.#rewards = new LinearRewards(counts, space.observationSize, options);
    this.#rule = createRule(this.#rewards.layout);
    this.#rule.refit?.(this.#rewards.fit);
  }

  get name(): string {
    return this.#rule.name;
  }

  get actionCounts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.agents.map((agent, index) => [agent, this.#shares[index]!.length]));
  }

  act(observations: Float32Array, { deterministic, random, masks, jointActions }: BanditActOptions): PolicyActions {
    this.#assertLive();
    const batchSize = countRows(observations, this.observationSize);
    assertMasks(masks, this, batchSize);
    const { agents } = this;
    const { layout, context, rows } = this.#rewards;
    const { counts, joint } = layout;
    const actions = counts.map(() => new Int32Array(batchSize));
    const logProbabilities = counts.map(() => new Float32Array(batchSize));
    const chosen = new Int32Array(counts.length);
    const logs = new Float64Array(counts.length);
    const scores = new Float64Array(joint);
    const weights = new Float64Array(joint);
    const even = createJointShares({ agents, actionShares: this.#shares, masks, jointActions });
    for (let row = 0; row < batchSize; row++) {
      this.#rewards.readContext(observations, row);
      even.read(row);
      const { shares, sum: shareSum } = even;
      const greedy = this.#rewards.score(scores, shares);
      if (deterministic) {
        decodeJoint(greedy, counts, chosen);
      } else {
        weights.fill(0);
        this.#rule.distribute({ context, scores, shares, shareSum, greedy, rows }, weights);
        sampleActionChain(weights, counts, random, chosen, logs);
      }
      for (let agent = 0; agent < counts.length; agent++) {
        actions[agent]![row] = chosen[agent]!;
        logProbabilities[agent]![row] = logs[agent]!;
      }
    }
    return {
      actions: Object.fromEntries(agents.map((name, agent) => [name, actions[agent]!])),
      logProbabilities: Object.fromEntries(agents.map((name, agent) => [name, logProbabilities[agent]!])),
    };
  }

  async update(rollout: Rollout): Promise<UpdateMetrics> {
    this.#assertLive();
    const rows = listLearnableRows(rollout, this);
    const [{ observations, actions, rewards }] = rollout.steps as [Rollout['steps'][number]];
    const before = { mean: 0, squaredError: 0 };
    const chosen = new Int32Array(this.agents.length);
    for (const row of rows) {
      this.#rewards.readContext(observations, row);
      this.agents.forEach((agent, index) => {
        chosen[index] = actions[agent]![row]!;
      });
      const reward = rewards[row]!;
      before.mean += reward / rows.length;
      before.squaredError += (reward - this.#rewards.predict(chosen)) ** 2 / rows.length;
      this.#rewards.add(chosen, reward);
    }
    if (this.#rewards.refitIfDue()) this.#rule.refit?.(this.#rewards.fit);
    if (rows.length > 0) this.#updates++;
    return {
      'train/n_updates': this.#updates,
      'train/usable_rows': rows.length,
      'train/mean_reward': before.mean,
      // Of predictions made before these rows were learned from.
      'train/value_loss': before.squaredError,
      'train/fitted_rows': this.#rewards.fittedRows,
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
    assertJointActions((this.#rewards.layout.joint / shares.length) * (shares.length + 1));
    shares[parent]! /= 2;
    shares.push(shares[parent]!);
    const widened = this.#rewards.widen(index, parent);
    this.#rule.widen?.(widened);
  }

  exportNetworks(): readonly AgentNetwork[] {
    this.#assertLive();
    const { layout, fit, squares } = this.#rewards;
    return exportLinearNetworks(this.agents, layout, fit.weights, squares);
  }

  exportPairs(): readonly PairScores[] {
    this.#assertLive();
    const { layout, fit } = this.#rewards;
    return layout.pairs.map(({ first, second, features }) => ({
      first: this.agents[first]!,
      second: this.agents[second]!,
      scores: Float32Array.from(features, (feature) => fit.weights[feature]!),
    }));
  }

  dispose(): void {
    this.#disposed = true;
  }

  #assertLive(): void {
    if (!this.#disposed) return;
    throw new RppError(
      'DISPOSED_LEARNER',
      'Expected a live bandit, received a call after dispose(). Create a new one.',
    );
  }
}
