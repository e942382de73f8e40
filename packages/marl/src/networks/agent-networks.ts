import type { AgentNetwork } from '@rppkit/policy';
import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import type { LearningSpace } from '../learner/learning-space.ts';
import { DenseNetwork } from './dense-network.ts';
import { Gru } from './gru.ts';
import { type Network, type OnReplace, prefixNames } from './network.ts';

/** What the networks of a learner look like. */
export interface NetworkOptions {
  /** Widths of the hidden layers; `[]` makes networks linear. Default `[64]`. */
  readonly hiddenSizes?: readonly number[];
  /** Layer normalisation before each ReLU. Default false. */
  readonly layerNorm?: boolean;
  /**
   * Agents share their hidden layers, in which each has a bias of its own; their last layers stay apart, as agents have
   * different actions. Default false.
   */
  readonly shareParameters?: boolean;
  /**
   * A trained GRU reads this block of the observation, of shape `[steps, size]`, such as the embeddings of the last
   * ranking. Central critics have one of their own for the same place of the state, which begins with the observation.
   * Default: the block is read as it is.
   */
  readonly recurrent?: { readonly block: string /** Default 64. */; readonly hidden?: number };
}

/** Fills in the defaults. Throws `InvalidArgumentError` for sizes that are not positive integers. */
export function resolveNetworkOptions({
  hiddenSizes = [64],
  layerNorm = false,
  shareParameters = false,
  recurrent,
}: NetworkOptions): ResolvedNetworkOptions {
  const { block, hidden = 64 } = recurrent ?? {};
  const isSize = (size: number): boolean => Number.isSafeInteger(size) && size > 0;
  for (const size of hiddenSizes) {
    if (!isSize(size)) throw new InvalidArgumentError('hiddenSizes', 'positive integers', size);
  }
  if (!isSize(hidden)) throw new InvalidArgumentError('recurrent.hidden', 'a positive integer', hidden);
  return {
    hiddenSizes,
    layerNorm,
    shareParameters,
    recurrent: block === undefined ? undefined : { block, hidden },
  };
}

export interface ResolvedNetworkOptions {
  readonly hiddenSizes: readonly number[];
  readonly layerNorm: boolean;
  readonly shareParameters: boolean;
  readonly recurrent: { readonly block: string; readonly hidden: number } | undefined;
}

/** One output vector an agent, all from the same rows: actors, or critics of their own. Owns its variables. */
export class AgentNetworks implements Network {
  readonly #agents: readonly string[];
  readonly #gru: Gru | undefined;
  /** The hidden layers: one network for all, or one an agent. */
  readonly #trunks: readonly DenseNetwork[];
  readonly #heads: readonly DenseNetwork[];
  /** What each agent adds to the sums of a shared first layer. */
  readonly #agentBiases: readonly tf.Variable<tf.Rank.R1>[];

  /** @param outputs by agent */
  constructor(
    space: LearningSpace,
    outputs: Readonly<Record<string, number>>,
    { hiddenSizes, layerNorm, shareParameters, recurrent }: ResolvedNetworkOptions,
    {
      inputs,
      outputGain,
      random,
    }: { readonly inputs: number; readonly outputGain: number; readonly random: RandomStream },
  ) {
    this.#agents = space.agents;
    this.#gru = recurrent && createGru(space, recurrent, inputs, random.split('gru'));
    const features = this.#gru?.outputs ?? inputs;
    const shared = shareParameters && hiddenSizes.length > 0;
    const createTrunk = (stream: RandomStream): DenseNetwork =>
      new DenseNetwork({ inputs: features, hiddenSizes, layerNorm, random: stream });
    this.#trunks = shared
      ? [createTrunk(random.split('shared'))]
      : this.#agents.map((agent) => createTrunk(random.split(agent)));
    this.#agentBiases = shared
      ? this.#agents.map(() => tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([hiddenSizes[0]!]))))
      : [];
    this.#heads = this.#agents.map(
      (agent) =>
        new DenseNetwork({
          inputs: this.#trunks[0]!.outputs,
          hiddenSizes: [],
          outputs: outputs[agent]!,
          outputGain,
          random: random.split(agent).split('head'),
        }),
    );
  }

  /** The GRU, then by agent its hidden layers, its bias of a shared layer and its last layer; shared layers with the first agent. */
  get variables(): readonly tf.Variable[] {
    return [
      ...(this.#gru?.variables ?? []),
      ...this.#agents.flatMap((_, i) => [
        ...(this.#trunks[i]?.variables ?? []),
        ...(this.#agentBiases[i] === undefined ? [] : [this.#agentBiases[i]!]),
        ...this.#heads[i]!.variables,
      ]),
    ];
  }

  /** Such as `role/hidden/0/kernel`, `role/hidden-bias`, `role/output/0/kernel`; all read `shared/hidden/…` and `gru/…`. */
  get names(): readonly string[] {
    return [
      ...(this.#gru === undefined ? [] : prefixNames('gru', this.#gru)),
      ...this.#agents.flatMap((agent, i) => [
        ...(this.#trunks[i] === undefined
          ? []
          : prefixNames(`${this.#isShared ? 'shared' : agent}/hidden`, this.#trunks[i]!)),
        ...(this.#agentBiases[i] === undefined ? [] : [`${agent}/hidden-bias`]),
        ...prefixNames(`${agent}/output`, this.#heads[i]!),
      ]),
    ];
  }

  get #isShared(): boolean {
    return this.#agentBiases.length > 0;
  }

  /** Rows `[batch, inputs]` to one `[batch, outputs]` an agent. */
  apply(rows: tf.Tensor2D): readonly tf.Tensor2D[] {
    const features = this.#gru?.apply(rows) ?? rows;
    return this.applyEach(this.#heads.map(() => features));
  }

  /** As `apply`, with rows of each agent's own, `[batch, inputs]`, in which a GRU's state stands already. */
  applyEach(features: readonly tf.Tensor2D[]): readonly tf.Tensor2D[] {
    return this.#heads.map((head, i) =>
      head.apply((this.#trunks[i] ?? this.#trunks[0]!).apply(features[i]!, this.#agentBiases[i])),
    );
  }

  /** Gives an agent one more output, a copy of its output `parent` with both biases lowered by `lower`. */
  widen(agent: string, parent: number, lower: number, onReplace: OnReplace): void {
    this.#heads[this.#agents.indexOf(agent)]!.widen(parent, lower, onReplace);
  }

  /** Lets the networks of all agents read one more input at `at`, which weighs what input `parent` weighs. */
  widenInput(parent: number, at: number, onReplace: OnReplace): void {
    const readers = this.#trunks.some(({ variables }) => variables.length > 0) ? this.#trunks : this.#heads;
    for (const reader of readers) reader.widenInput(parent, at, onReplace);
  }

  /** The weights as plain arrays, each agent's whole. */
  exportNetworks(): readonly AgentNetwork[] {
    return this.#agents.map((name, i) => {
      const bias = this.#agentBiases[i];
      return {
        name,
        layers: [
          ...(this.#gru === undefined ? [] : [this.#gru.exportLayer()]),
          ...(this.#trunks[i] ?? this.#trunks[0]!).exportLayers(bias && Float32Array.from(bias.dataSync())),
          ...this.#heads[i]!.exportLayers(),
        ],
      };
    });
  }

  dispose(): void {
    for (const variable of this.variables) variable.dispose();
  }
}

/** A GRU over a block of the observation, with which the rows of `inputs` floats begin. Throws where there is no such block. */
export function createGru(
  { observationLayout }: LearningSpace,
  { block: name, hidden }: { readonly block: string; readonly hidden: number },
  inputs: number,
  random: RandomStream,
): Gru {
  const block = observationLayout?.find((one) => one.name === name);
  const [steps, size] = block?.shape ?? [];
  if (block === undefined || steps === undefined || size === undefined || block.shape.length !== 2) {
    const received = observationLayout?.map((one) => `${one.name} [${one.shape}]`).join(', ') ?? 'no layout';
    throw new InvalidArgumentError('recurrent.block', `a block [steps, size] of the observation layout`, received);
  }
  const end = block.offset + steps * size;
  if (end > inputs) {
    throw new InvalidArgumentError('recurrent.block', `inside the ${inputs} floats of a row`, `a block up to ${end}`);
  }
  return new Gru({ inputs, offset: block.offset, steps, size, hidden, random });
}
