import { type AgentLogits, type AgentNetwork, chooseActions } from '@rppkit/policy';
import {
  type ActOptions,
  InvalidArgumentError,
  type Learner,
  type PolicyActions,
  type Rollout,
  type UpdateMetrics,
} from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { prefixNames } from '../networks/network.ts';
import { flattenRollout, listUsableRows } from '../rollouts/rollout-batch.ts';
import type { Algorithm, LearnerCapabilities } from './algorithm.ts';
import { DisposedLearnerError } from './disposed-learner-error.ts';
import { assertLearnerState, type LearnerState } from './learner-state.ts';
import type { LearningSpace } from './learning-space.ts';

/** A learner on TensorFlow.js. */
export interface MarlLearner extends Learner {
  readonly capabilities: LearnerCapabilities;
  /**
   * Adds an action to `agent`. Learners that draw from a policy give it half of the probability of `parent`; the probabilities of
   * all other actions stay, but the most probable action may change, as parent and child each keep only half. Learners
   * of values give it the value of its parent.
   */
  widen(options: { readonly agent: string; readonly parent: number }): void;
  /** The weights that choose, as plain arrays, for `createPolicyFile` of `@rppkit/policy`. */
  exportNetworks(): readonly AgentNetwork[];
  save(): LearnerState;
  /**
   * Continues from `save`: the same rollouts then give the same weights. Throws `InvalidArgumentError` for the state of
   * another architecture and for a damaged one, and then changes nothing.
   */
  load(state: LearnerState): void;
}

/**
 * A learner of an algorithm on the current TensorFlow.js backend. `act` and `update` throw `InvalidArgumentError` for wrong
 * shapes, masks that hold anything but 0 and 1, name no agent or allow no action; `update` also for observations, states and
 * rewards that are not finite in rows that are learned from. It throws `NonFiniteGradientError` where a gradient is not
 * finite. An update that throws leaves the learner as it was.
 */
export function createLearner(space: LearningSpace, algorithm: Algorithm): MarlLearner {
  return new AlgorithmLearner(space, algorithm);
}

class AlgorithmLearner implements MarlLearner {
  readonly name: string;
  readonly capabilities: LearnerCapabilities;
  readonly agents: readonly string[];
  readonly observationSize: number;
  readonly #algorithm: Algorithm;
  #space: LearningSpace;
  #updates = 0;
  #disposed = false;

  constructor(space: LearningSpace, algorithm: Algorithm) {
    const { agents, observationSize, stateSize, actionCounts } = space;
    this.name = algorithm.name;
    this.capabilities = algorithm.capabilities;
    this.agents = [...agents];
    this.observationSize = observationSize;
    this.#algorithm = algorithm;
    this.#space = {
      agents: this.agents,
      observationSize,
      stateSize,
      actionCounts: Object.fromEntries(agents.map((agent) => [agent, actionCounts[agent]!])),
    };
  }

  get actionCounts(): Readonly<Record<string, number>> {
    return this.#space.actionCounts;
  }

  act(observations: Float32Array, options: ActOptions): PolicyActions {
    this.#assertLive();
    const { observationSize } = this;
    if (observations.length === 0 || observations.length % observationSize !== 0) {
      throw new InvalidArgumentError('observations', `a Float32Array [batch, ${observationSize}]`, observations);
    }
    const outputs = this.#computeOutputs(observations);
    const { explore } = this.#algorithm;
    if (options.deterministic || explore === undefined) return chooseActions(outputs, options);
    return explore(outputs, { ...options, done: this.#updates, observations });
  }

  async update(rollout: Rollout): Promise<UpdateMetrics> {
    this.#assertLive();
    const flat = flattenRollout(rollout, this.#space);
    const usable = listUsableRows(flat);
    const count = { 'train/usable_rows': usable.length };
    if (usable.length === 0) return { 'train/n_updates': this.#updates, ...count };
    const restore = this.#keep();
    try {
      const metrics = tf.tidy(() => this.#algorithm.update(flat, { space: this.#space, done: this.#updates, usable }));
      this.#updates += 1;
      return { ...metrics, 'train/n_updates': this.#updates, ...count };
    } catch (error) {
      restore.undo();
      throw error;
    } finally {
      restore.dispose();
    }
  }

  widen({ agent, parent }: { readonly agent: string; readonly parent: number }): void {
    this.#assertLive();
    const { actionCounts } = this.#space;
    const count = actionCounts[agent];
    if (count === undefined) throw new InvalidArgumentError('agent', `one of ${this.agents.join(', ')}`, agent);
    if (!(Number.isSafeInteger(parent) && parent >= 0 && parent < count)) {
      throw new InvalidArgumentError('parent', `an action of ${agent} below ${count}`, parent);
    }
    this.#algorithm.widen(agent, parent);
    this.#space = { ...this.#space, actionCounts: { ...actionCounts, [agent]: count + 1 } };
  }

  exportNetworks(): readonly AgentNetwork[] {
    this.#assertLive();
    return this.#algorithm.exportNetworks();
  }

  save(): LearnerState {
    this.#assertLive();
    const { groups, memory } = this.#algorithm;
    const names = this.#names();
    return {
      learner: this.name,
      version: 1,
      updates: this.#updates,
      optimizerSteps: groups.map(({ steps }) => steps),
      tensors: this.#variables().map((variable, index) => ({
        name: names[index]!,
        shape: [...variable.shape],
        values: Float32Array.from(variable.dataSync()),
      })),
      ...(memory && { extra: memory.save() }),
    };
  }

  load(state: LearnerState): void {
    this.#assertLive();
    const { groups, memory } = this.#algorithm;
    const variables = this.#variables();
    const names = this.#names();
    const expected = variables.map(({ shape }, index) => ({ name: names[index]!, shape }));
    assertLearnerState(state, this.name, expected, groups.length);
    const setMemory = memory?.prepareRestore(state.extra, this.#space);
    tf.tidy(() => {
      for (const [index, { shape, values }] of state.tensors.entries()) {
        // A copy, because a backend may go on using the array that it was given.
        variables[index]!.assign(tf.tensor(Float32Array.from(values), [...shape]));
      }
    });
    setMemory?.();
    this.#updates = state.updates;
    for (const [index, group] of groups.entries()) group.restoreSteps(state.optimizerSteps[index]!);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const owned of [...this.#algorithm.groups, ...(this.#algorithm.targets ?? [])]) owned.dispose();
  }

  /** Variables of all groups, then those of targets, then the optimisers' moments. */
  #variables(): readonly tf.Variable[] {
    const { groups, targets = [] } = this.#algorithm;
    return [
      ...groups.flatMap(({ variables }) => variables),
      ...targets.flatMap(({ variables }) => variables),
      ...groups.flatMap(({ moments }) => moments),
    ];
  }

  /** What each of `#variables` is. */
  #names(): readonly string[] {
    const { groups, targets = [] } = this.#algorithm;
    return [
      ...groups.flatMap(({ names }) => names),
      ...targets.flatMap((network) => prefixNames('target', network)),
      ...groups.flatMap(({ momentNames }) => momentNames),
    ];
  }

  /** What it takes to undo an update. */
  #keep(): { undo(): void; dispose(): void } {
    const { groups, memory } = this.#algorithm;
    const variables = this.#variables();
    // Clones share the values until a variable is assigned others.
    const kept = variables.map((variable) => variable.clone());
    const steps = groups.map((group) => group.steps);
    const setMemory = memory?.prepareRestore(memory.save(), this.#space);
    return {
      undo: () => {
        for (const [index, variable] of variables.entries()) variable.assign(kept[index]!);
        for (const [index, group] of groups.entries()) group.restoreSteps(steps[index]!);
        setMemory?.();
      },
      dispose: () => tf.dispose(kept),
    };
  }

  #computeOutputs(observations: Float32Array): AgentLogits[] {
    return tf.tidy(() => {
      const o = tf.tensor2d(observations, [observations.length / this.observationSize, this.observationSize]);
      return this.#algorithm.computeOutputs(o).map((outputs, i) => ({
        name: this.agents[i]!,
        actionCount: outputs.shape[1],
        logits: outputs.dataSync<'float32'>(),
      }));
    });
  }

  #assertLive(): void {
    if (this.#disposed) throw new DisposedLearnerError();
  }
}
