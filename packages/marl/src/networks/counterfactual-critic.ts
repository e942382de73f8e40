import type { JointActions, RandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import type { LearningSpace } from '../learner/learning-space.ts';
import { AgentNetworks, createGru, type ResolvedNetworkOptions } from './agent-networks.ts';
import type { Gru } from './gru.ts';
import { type Network, type OnReplace, prefixNames } from './network.ts';
import { createOneHot } from './policy-terms.ts';

/**
 * Q^i(s, (a^-i, .)): for each agent the value of each of its actions, given the state and the actions of all others. Owns its
 * variables.
 *
 * Every network reads the state, then one block an agent with its action one-hot; the block of the agent whose values it
 * gives is 0, so that one layout serves all and layers can be shared.
 */
export class CounterfactualCritic implements Network {
  readonly #agents: readonly string[];
  readonly #counts: number[];
  readonly #gru: Gru | undefined;
  readonly #networks: AgentNetworks;
  /** Floats before the first block of actions. */
  readonly #features: number;

  constructor(space: LearningSpace, options: ResolvedNetworkOptions, random: RandomStream) {
    const { agents, stateSize, actionCounts } = space;
    this.#agents = agents;
    this.#counts = agents.map((agent) => actionCounts[agent]!);
    // The state begins with the observation, so that blocks of its layout stand in both.
    this.#gru = options.recurrent && createGru(space, options.recurrent, stateSize, random.split('gru'));
    this.#features = this.#gru?.outputs ?? stateSize;
    // Values near 0 at first, as actors learn from their differences before the critic has learned any.
    this.#networks = new AgentNetworks(
      space,
      actionCounts,
      { ...options, recurrent: undefined },
      { inputs: this.#features + this.#offsetOf(agents.length), outputGain: 0.01, random },
    );
  }

  get variables(): readonly tf.Variable[] {
    return [...(this.#gru?.variables ?? []), ...this.#networks.variables];
  }

  get names(): readonly string[] {
    return [...(this.#gru === undefined ? [] : prefixNames('gru', this.#gru)), ...this.#networks.names];
  }

  /** States `[rows, stateSize]` and joint actions to one `[rows, actions]` an agent, whose own action changes nothing in it. */
  apply(states: tf.Tensor2D, actions: JointActions): readonly tf.Tensor2D[] {
    const features = this.#gru?.apply(states) ?? states;
    const blocks = this.#agents.map((agent, i) => createOneHot(actions[agent]!, this.#counts[i]!));
    const rows = blocks.map((own) =>
      tf.concat2d([features, ...blocks.map((block) => (block === own ? tf.zerosLike(block) : block))], 1),
    );
    return this.#networks.applyEach(rows);
  }

  /**
   * Gives an agent one more action, worth what `parent` is worth to it and to every other agent. Values of old joint actions
   * stay.
   */
  widen(agent: string, parent: number, onReplace: OnReplace): void {
    const i = this.#agents.indexOf(agent);
    const block = this.#features + this.#offsetOf(i);
    this.#networks.widen(agent, parent, 0, onReplace);
    this.#networks.widenInput(block + parent, block + this.#counts[i]!, onReplace);
    this.#counts[i]! += 1;
  }

  dispose(): void {
    this.#gru?.dispose();
    this.#networks.dispose();
  }

  /** Of the block of agent `i` among the blocks. */
  #offsetOf(i: number): number {
    return this.#counts.slice(0, i).reduce((sum, count) => sum + count, 0);
  }
}
