import type { AgentNetwork, PairScores } from '@rppkit/policy';
import type { ActOptions, Learner, PolicyActions } from '@rppkit/spec';

/** Sizes of what a bandit sees and chooses. A `VectorEnvironment` is one. */
export interface BanditSpace {
  /** In the order of the patterns; at least one, with different names. */
  readonly agents: readonly string[];
  /** Floats of one observation, at least 1; standardised, as encoders write them. */
  readonly observationSize: number;
  /** Actions of every agent, each at least 1. Together at most 2^20 joint actions. */
  readonly actionCounts: Readonly<Record<string, number>>;
}

/** The reward model that all bandits share: linear in the observation for every action, by ridge regression. */
export interface RewardModelOptions {
  /** Whether x^2 - 1 stands in the context beside 1 and x, for every observation value x; default false. */
  readonly squares?: boolean;
  /** Whether every pair of actions of two agents has a constant of its own; default false. */
  readonly pairs?: boolean;
  /** L2 penalty on the constants of actions and pairs, in rows, above 0; default 30. */
  readonly penalty?: number;
  /** L2 penalty on the weights of x and x^2 - 1, in rows, above 0; default 300. */
  readonly contextPenalty?: number;
  /** The model is fitted again once the rows have grown by this share, at least 0; default 0.1. 0: at every update. */
  readonly refitGrowth?: number;
}

export interface BanditActOptions extends ActOptions {
  /** Numbers of the joint actions to choose among, the last agent varying fastest; default all. */
  readonly jointActions?: Int32Array;
}

/**
 * A factored contextual bandit: all agents choose together, once an episode, by a linear model of the reward. A learner of
 * single rounds: `update` throws `InvalidArgumentError` for rollouts of more than one step.
 */
export interface Bandit extends Learner {
  /**
   * Deterministic: the legal joint action with the highest estimated reward (the first among equals), with log-probabilities
   * 0; this is what `exportNetworks` and `exportPairs` serve. Else a draw as the algorithm explores. The log-probabilities
   * are those of the draw, agent by agent, each given the agents before it, so that their sum is the joint action's.
   */
  act(observations: Float32Array, options: BanditActOptions): PolicyActions;
  /**
   * Adds an action to `agent` with the estimate, and until the next fit also the uncertainty, of its parent. When actions
   * are explored evenly, parent and child share what the parent had.
   */
  widen(options: { readonly agent: string; readonly parent: number }): void;
  /** The estimated reward as networks for `createPolicyFile`: as logits, less a constant. */
  exportNetworks(): readonly AgentNetwork[];
  /** The estimated pair effects for `createPolicyFile`; none without `pairs`. */
  exportPairs(): readonly PairScores[];
}
