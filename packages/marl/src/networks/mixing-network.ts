/**
 * The mixing network of QMIX: utilities of agents to the value of their joint action, rising with each utility.
 *
 * Rashid, Samvelyan, Schroeder de Witt, Farquhar, Foerster, Whiteson: "QMIX: monotonic value function factorisation for
 * deep multi-agent reinforcement learning", ICML 2018, section 4 and figure 2.
 *
 * Symbols: q^i utility of agent i's action, s state, W_1, b_1, w_2, V outputs of hypernetworks, which read s.
 *
 *   Eq. 1  h = elu(sum_i q^i |W_1^i(s)| + b_1(s))
 *   Eq. 2  Q_tot = h . |w_2(s)| + V(s)
 *
 * Differences from the paper: none. W_1 is made of one linear hypernetwork for each agent, which together are the paper's
 * single one, so that its weights move with the agents where these are reordered.
 */
import type { RandomStream } from '@rppkit/spec';
import type * as tf from '@tensorflow/tfjs';
import type { LearningSpace } from '../learner/learning-space.ts';
import { DenseNetwork } from './dense-network.ts';
import { type Network, prefixNames } from './network.ts';

/** Mixes one utility an agent under a state. Owns its variables. */
export class MixingNetwork implements Network {
  readonly #agents: readonly string[];
  readonly #firstWeights: readonly DenseNetwork[];
  readonly #firstBias: DenseNetwork;
  readonly #lastWeights: DenseNetwork;
  readonly #lastBias: DenseNetwork;

  /** @param units width of h and of the hidden layer of V */
  constructor({ agents, stateSize }: LearningSpace, units: number, random: RandomStream) {
    const create = (name: string, outputs: number, hiddenSizes: readonly number[] = []): DenseNetwork =>
      new DenseNetwork({ inputs: stateSize, hiddenSizes, outputs, random: random.split(name) });
    this.#agents = agents;
    this.#firstWeights = agents.map((agent) => create(`first weights of ${agent}`, units));
    this.#firstBias = create('first bias', units);
    this.#lastWeights = create('last weights', units);
    this.#lastBias = create('last bias', 1, [units]);
  }

  /** W_1 by agent, b_1, w_2, V. */
  get variables(): readonly tf.Variable[] {
    return this.#networks.flatMap(([, { variables }]) => variables);
  }

  /** Such as `mixer/role/first-weights/0/kernel`. */
  get names(): readonly string[] {
    return this.#networks.flatMap(([name, network]) => prefixNames(`mixer/${name}`, network));
  }

  get #networks(): readonly (readonly [name: string, DenseNetwork])[] {
    return [
      ...this.#agents.map((agent, i) => [`${agent}/first-weights`, this.#firstWeights[i]!] as const),
      ['first-bias', this.#firstBias],
      ['last-weights', this.#lastWeights],
      ['last-bias', this.#lastBias],
    ];
  }

  /** Utilities `[rows]` an agent and states `[rows, stateSize]` to Q_tot, `[rows]`. */
  apply(utilities: readonly tf.Tensor1D[], states: tf.Tensor2D): tf.Tensor1D {
    const sums = utilities.reduce<tf.Tensor>(
      (sum, q, i) => sum.add(q.expandDims(1).mul(this.#firstWeights[i]!.apply(states).abs())),
      this.#firstBias.apply(states),
    );
    const h = sums.elu(); // Eq. 1
    const V = this.#lastBias.apply(states).squeeze<tf.Tensor1D>([1]);
    return h.mul(this.#lastWeights.apply(states).abs()).sum<tf.Tensor1D>(1).add(V); // Eq. 2
  }

  dispose(): void {
    for (const [, network] of this.#networks) network.dispose();
  }
}
