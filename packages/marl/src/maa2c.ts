/**
 * Multi-agent advantage actor-critic (MAA2C) with decentralised actors and one central critic.
 *
 * Mnih, Badia, Mirza, Graves, Lillicrap, Harley, Silver, Kavukcuoglu: "Asynchronous methods for deep reinforcement
 * learning", ICML 2016 (A2C is its synchronous form); with a central critic as in Papoudakis, Christianos, Schäfer,
 * Albrecht: "Benchmarking multi-agent deep reinforcement learning algorithms in cooperative tasks", NeurIPS 2021.
 *
 * Symbols: o observation, s state, a^i action of agent i, r reward of the row, pi^i actor of agent i, V critic,
 * gamma discount, A advantage, R = A + V(s) return, H entropy, beta entropy coefficient, N usable rows.
 *
 *   Eq. 1  delta = r + gamma V(s') - V(s), with V(s') = 0 after a terminated step, no gradient through either V
 *   Eq. 2  A = delta + gamma lambda A'                                  (A' of the next step of the same episode)
 *   Eq. 3  actor loss  = -1/N sum_rows sum_i [ log pi^i(a^i | o) A + beta H(pi^i(. | o)) ]
 *   Eq. 4  critic loss =  1/N sum_rows (R - V(s))^2
 *
 * Differences from the paper: one synchronous batch of episodes instead of asynchronous workers; Adam instead of RMSProp;
 * actors and critic share no layer and have their own optimisers; advantages may be normalised over the batch; lambda
 * mixes the returns (1 gives the paper's); actions may be masked; rows without a reward take no part. Actors are not
 * shared between agents, since agents have different actions.
 */
import { type AgentLogits, type AgentNetwork, chooseActions } from '@rppkit/policy';
import {
  type ActOptions,
  InvalidArgumentError,
  type Learner,
  type PolicyActions,
  type Rollout,
  RppError,
  type UpdateMetrics,
} from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { Adam } from './adam.ts';
import { computeAdvantages, computeExplainedVariance, normalizeAdvantages } from './advantages.ts';
import { computeClippedGradients, type Loss } from './compute-clipped-gradients.ts';
import { appendColumn, createDenseNetwork, type DenseNetwork } from './dense-network.ts';
import { assertLearningSpace, type LearningSpace } from './learning-space.ts';
import { type Maa2cOptions, resolveMaa2cOptions } from './maa2c-options.ts';
import { assertMaa2cState, type Maa2cState } from './maa2c-state.ts';
import { computeEntropy, computeMaskedLogSoftmax } from './masked-log-softmax.ts';
import { flattenRollout, selectRows } from './rollout-batch.ts';
import { computeScheduled } from './schedule.ts';

/** The MAA2C learner. */
export interface Maa2c extends Learner {
  /**
   * Adds an action to `agent` that takes half of the probability of `parent`. The probabilities of all other actions
   * stay, but the most probable action may become another one, as parent and child each keep only half: what
   * deterministic serving chooses can change.
   */
  widen(options: { readonly agent: string; readonly parent: number }): void;
  /** The actors' weights as plain arrays, for `createPolicyFile` of `@rppkit/policy`. */
  exportNetworks(): readonly AgentNetwork[];
  save(): Maa2cState;
  /**
   * Continues from `save`: the same rollouts then give the same weights. Throws `InvalidArgumentError` for the state of
   * another architecture and for a damaged one, and then changes nothing.
   */
  load(state: Maa2cState): void;
}

/** A call on a learner whose tensors were freed. */
export class DisposedLearnerError extends RppError {
  constructor() {
    super(
      'DISPOSED_LEARNER',
      'Expected a live learner, received a call after dispose(). Create a new one and load its saved state.',
    );
  }
}

/**
 * Creates a learner on the current TensorFlow.js backend. Throws `InvalidArgumentError` for a space without agents, with
 * two of the same name or with a size below 1. `act` and `update` throw it for wrong shapes, masks that hold anything but
 * 0 and 1, name no agent or allow no action; `update` also for observations, states and rewards that are not finite in
 * rows that are learned from. It throws `NonFiniteGradientError` where the gradient is not finite. An update that throws
 * leaves the learner as it was.
 */
export function createMaa2c(space: LearningSpace, options: Maa2cOptions): Maa2c {
  return new Maa2cLearner(space, options);
}

class Maa2cLearner implements Maa2c {
  readonly name = 'maa2c';
  readonly agents: readonly string[];
  readonly observationSize: number;
  readonly #stateSize: number;
  readonly #options: Required<Maa2cOptions>;
  readonly #actors: readonly DenseNetwork[];
  readonly #critic: DenseNetwork;
  readonly #actorOptimizer: Adam;
  readonly #criticOptimizer: Adam;
  #actionCounts: Readonly<Record<string, number>>;
  #updates = 0;
  #disposed = false;

  constructor(space: LearningSpace, options: Maa2cOptions) {
    this.#options = resolveMaa2cOptions(options);
    const { random, hiddenSizes, adamEpsilon } = this.#options;
    assertLearningSpace(space);
    this.agents = [...space.agents];
    this.observationSize = space.observationSize;
    this.#stateSize = space.stateSize;
    this.#actionCounts = Object.fromEntries(this.agents.map((agent) => [agent, space.actionCounts[agent]!]));
    this.#actors = this.agents.map((agent) =>
      createDenseNetwork({
        inputs: this.observationSize,
        hiddenSizes,
        outputs: this.#actionCounts[agent]!,
        // Nearly uniform first policies, whatever the observation.
        outputGain: 0.01,
        random: random.split('actor').split(agent),
      }),
    );
    this.#critic = createDenseNetwork({
      inputs: this.#stateSize,
      hiddenSizes,
      outputs: 1,
      outputGain: 1,
      random: random.split('critic'),
    });
    this.#actorOptimizer = new Adam(this.#actorVariables(), adamEpsilon);
    this.#criticOptimizer = new Adam(this.#critic.variables, adamEpsilon);
  }

  get actionCounts(): Readonly<Record<string, number>> {
    return this.#actionCounts;
  }

  act(observations: Float32Array, options: ActOptions): PolicyActions {
    this.#assertLive();
    const { observationSize } = this;
    if (observations.length === 0 || observations.length % observationSize !== 0) {
      throw new InvalidArgumentError('observations', `a Float32Array [batch, ${observationSize}]`, observations);
    }
    return chooseActions(this.#computeLogits(observations), options);
  }

  async update(rollout: Rollout): Promise<UpdateMetrics> {
    this.#assertLive();
    const { discount, gaeLambda, maxGradientNorm } = this.#options;
    const space = {
      agents: this.agents,
      observationSize: this.observationSize,
      stateSize: this.#stateSize,
      actionCounts: this.#actionCounts,
    };
    const flat = flattenRollout(rollout, space);
    const rows: number[] = [];
    for (let row = 0; row < flat.rowCount; row++) if (flat.usable[row] === 1) rows.push(row);
    if (rows.length === 0) return { 'train/n_updates': this.#updates, 'train/usable_rows': 0 };

    const values = this.#computeValues(flat.states);
    const nextValues = this.#computeValues(flat.nextStates);
    const estimates = computeAdvantages({ ...flat, values, nextValues }, { discount, gaeLambda }); // Eq. 1, Eq. 2
    const advantages = selectRows(estimates.advantages, 1, rows);
    const returns = selectRows(estimates.returns, 1, rows);
    const weights = this.#options.normalizeAdvantages ? normalizeAdvantages(advantages) : advantages;

    const actorLearningRate = computeScheduled(this.#options.actorLearningRate, this.#updates);
    const criticLearningRate = computeScheduled(this.#options.criticLearningRate, this.#updates);
    const beta = computeScheduled(this.#options.entropyCoefficient, this.#updates);

    // Eq. 3
    const computeActorLoss = (): Loss => {
      const o = tf.tensor2d(selectRows(flat.observations, this.observationSize, rows), [
        rows.length,
        this.observationSize,
      ]);
      const A = tf.tensor1d(weights);
      const terms = this.agents.map((agent, i) => {
        const count = this.#actionCounts[agent]!;
        const mask =
          flat.actionMasks &&
          tf.tensor2d(selectRows(flat.actionMasks[agent]!, count, rows), [rows.length, count], 'float32');
        const logPi = computeMaskedLogSoftmax(this.#actors[i]!.apply(o), mask);
        const chosen = tf.tensor2d(encodeOneHot(selectRows(flat.actions[agent]!, 1, rows), count), [
          rows.length,
          count,
        ]);
        return { gain: logPi.mul(chosen).sum(1).mul(A).mean(), entropy: computeEntropy(logPi).mean() };
      });
      const policyLoss = tf.addN(terms.map((term) => term.gain)).neg();
      const entropyLoss = tf.addN(terms.map((term) => term.entropy)).neg();
      return { total: policyLoss.add(entropyLoss.mul(beta)), parts: { policyLoss, entropyLoss } };
    };

    // Eq. 4
    const computeCriticLoss = (): Loss => {
      const s = tf.tensor2d(selectRows(flat.states, this.#stateSize, rows), [rows.length, this.#stateSize]);
      const valueLoss = this.#critic.apply(s).reshape([rows.length]).sub(tf.tensor1d(returns)).square().mean();
      return { total: valueLoss, parts: { valueLoss } };
    };

    const { actor, critic } = tf.tidy(() => {
      const actorVariables = this.#actorVariables();
      const criticVariables = this.#critic.variables;
      // Both before either step, so that a failure leaves the learner as it was.
      const actor = computeClippedGradients('actor', actorVariables, maxGradientNorm, computeActorLoss);
      const critic = computeClippedGradients('critic', criticVariables, maxGradientNorm, computeCriticLoss);
      this.#actorOptimizer.step(actorVariables, actor.gradients, actorLearningRate);
      this.#criticOptimizer.step(criticVariables, critic.gradients, criticLearningRate);
      return {
        actor: { parts: actor.parts, norm: actor.norm },
        critic: { parts: critic.parts, norm: critic.norm },
      };
    });
    this.#updates += 1;
    return {
      'train/policy_loss': actor.parts.policyLoss!,
      'train/entropy_loss': actor.parts.entropyLoss!,
      'train/value_loss': critic.parts.valueLoss!,
      'train/explained_variance': computeExplainedVariance(selectRows(values, 1, rows), returns),
      'train/actor_gradient_norm': actor.norm,
      'train/critic_gradient_norm': critic.norm,
      'train/learning_rate': actorLearningRate,
      'train/n_updates': this.#updates,
      'train/usable_rows': rows.length,
    };
  }

  widen({ agent, parent }: { readonly agent: string; readonly parent: number }): void {
    this.#assertLive();
    const count = this.#actionCounts[agent];
    if (count === undefined) throw new InvalidArgumentError('agent', `one of ${this.agents.join(', ')}`, agent);
    if (!(Number.isSafeInteger(parent) && parent >= 0 && parent < count)) {
      throw new InvalidArgumentError('parent', `an action of ${agent} below ${count}`, parent);
    }
    // The child takes over the parent's moments too: with a second moment of 0 its first steps would be far larger than
    // its parent's.
    this.#actors[this.agents.indexOf(agent)]!.widen(parent, (previous, next) => {
      this.#actorOptimizer.replace(previous, next, (moment) => appendColumn(moment, parent));
    });
    this.#actionCounts = { ...this.#actionCounts, [agent]: count + 1 };
  }

  exportNetworks(): readonly AgentNetwork[] {
    this.#assertLive();
    return this.agents.map((name, i) => ({ name, layers: this.#actors[i]!.exportLayers() }));
  }

  save(): Maa2cState {
    this.#assertLive();
    return {
      learner: 'maa2c',
      version: 1,
      updates: this.#updates,
      optimizerSteps: [this.#actorOptimizer.steps, this.#criticOptimizer.steps],
      tensors: this.#stateVariables().map((variable) => ({
        shape: [...variable.shape],
        values: Float32Array.from(variable.dataSync()),
      })),
    };
  }

  load(state: Maa2cState): void {
    this.#assertLive();
    const variables = this.#stateVariables();
    assertMaa2cState(
      state,
      variables.map(({ shape }) => shape),
    );
    tf.tidy(() => {
      for (const [index, { shape, values }] of state.tensors.entries()) {
        // A copy, because a backend may go on using the array that it was given.
        variables[index]!.assign(tf.tensor(Float32Array.from(values), [...shape]));
      }
    });
    this.#updates = state.updates;
    this.#actorOptimizer.restoreSteps(state.optimizerSteps[0]);
    this.#criticOptimizer.restoreSteps(state.optimizerSteps[1]);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#actorOptimizer.dispose();
    this.#criticOptimizer.dispose();
    for (const network of [...this.#actors, this.#critic]) network.dispose();
  }

  #actorVariables(): readonly tf.Variable[] {
    return this.#actors.flatMap((actor) => actor.variables);
  }

  #stateVariables(): readonly tf.Variable[] {
    const actorVariables = this.#actorVariables();
    const criticVariables = this.#critic.variables;
    return [
      ...actorVariables,
      ...criticVariables,
      ...this.#actorOptimizer.momentsOf(actorVariables),
      ...this.#criticOptimizer.momentsOf(criticVariables),
    ];
  }

  #computeLogits(observations: Float32Array): AgentLogits[] {
    return tf.tidy(() => {
      const o = tf.tensor2d(observations, [observations.length / this.observationSize, this.observationSize]);
      return this.agents.map((name, i) => ({
        name,
        actionCount: this.#actionCounts[name]!,
        logits: this.#actors[i]!.apply(o).dataSync<'float32'>(),
      }));
    });
  }

  #computeValues(states: Float32Array): Float32Array {
    return tf.tidy(() =>
      this.#critic.apply(tf.tensor2d(states, [states.length / this.#stateSize, this.#stateSize])).dataSync<'float32'>(),
    );
  }

  #assertLive(): void {
    if (this.#disposed) throw new DisposedLearnerError();
  }
}

function encodeOneHot(actions: Int32Array, count: number): Float32Array {
  const encoded = new Float32Array(actions.length * count);
  for (const [row, action] of actions.entries()) encoded[row * count + action] = 1;
  return encoded;
}
