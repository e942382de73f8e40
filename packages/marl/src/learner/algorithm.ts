import type { AgentLogits, AgentNetwork } from '@rppkit/policy';
import type { ActOptions, PolicyActions, UpdateMetrics } from '@rppkit/spec';
import type * as tf from '@tensorflow/tfjs';
import type { Network } from '../networks/network.ts';
import type { ParameterGroup } from '../optimization/parameter-group.ts';
import type { FlatRollout } from '../rollouts/rollout-batch.ts';
import type { LearningSpace } from './learning-space.ts';

/** What a learner can do; shown in tables, and read by whoever chooses one. */
export interface LearnerCapabilities {
  /** `off-policy` learners also use rollouts of earlier policies. */
  readonly data: 'on-policy' | 'off-policy';
  /** What the critic reads: the central state, or each agent's observation. */
  readonly critic: 'central' | 'independent';
  /** `policy`: draws from the networks' softmax; `value`: the best action, and now and then a random one. */
  readonly acts: 'policy' | 'value';
}

/** What exploration knows beside the outputs. */
interface ExploreContext {
  /** Updates so far. */
  readonly done: number;
  /** What the outputs were computed from, `[batch, observationSize]`. */
  readonly observations: Float32Array;
}

/** What an update knows beside the rollout. */
interface UpdateContext {
  /** With the action counts of now. */
  readonly space: LearningSpace;
  /** Updates before this one. */
  readonly done: number;
  /** Rows that were active and carry a reward, rising; at least one. */
  readonly usable: readonly number[];
}

/** An algorithm: its networks, and how a rollout moves them. `createLearner` makes a learner of it. */
export interface Algorithm {
  /** Short and lower-case, such as `maa2c`. */
  readonly name: string;
  readonly capabilities: LearnerCapabilities;
  /** What is optimised; owned. */
  readonly groups: readonly ParameterGroup[];
  /** What follows them without an optimiser, such as target networks; owned. */
  readonly targets?: readonly Network[];
  /** For each agent `[batch, actions]`: logits, or values of actions. */
  computeOutputs(observations: tf.Tensor2D): readonly tf.Tensor2D[];
  /** Draws actions; default: from the softmax of the outputs. Deterministic choices never come here. */
  explore?(outputs: readonly AgentLogits[], options: ActOptions & ExploreContext): PolicyActions;
  /** One update. What it throws leaves the learner as it was. */
  update(rollout: FlatRollout, context: UpdateContext): UpdateMetrics;
  /** Makes room for one more action of an agent, a child of `parent`, in every network that knows actions. */
  widen(agent: string, parent: number): void;
  exportNetworks(): readonly AgentNetwork[];
  /** What it keeps beside its networks. `restore` throws `InvalidArgumentError` for what `save` cannot have made. */
  readonly memory?: AlgorithmMemory;
}

/** Plain data that an algorithm keeps beside its networks. */
export interface AlgorithmMemory {
  save(): unknown;
  /** Checks, without a change; returns what sets it. */
  prepareRestore(saved: unknown, space: LearningSpace): () => void;
}
