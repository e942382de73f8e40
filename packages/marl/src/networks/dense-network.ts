import { multiplyMatrices } from '@rppkit/backend';
import type { AgentLayer } from '@rppkit/policy';
import type { RandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { appendColumn } from './append-column.ts';
import { applyLayerNorm, layerNormEpsilon } from './layer-norm.ts';
import type { Network, OnReplace } from './network.ts';
import { sampleOrthogonalMatrix } from './sample-orthogonal-matrix.ts';

/** Layer normalisation before the activation. */
interface Norm {
  readonly gain: tf.Variable;
  readonly shift: tf.Variable;
}

interface Layer {
  readonly kernel: tf.Variable;
  readonly bias: tf.Variable;
  readonly norm?: Norm;
}

export interface DenseNetworkOptions {
  readonly inputs: number;
  /** Widths of layers with ReLU; `[]`: none. */
  readonly hiddenSizes: readonly number[];
  /** Width of a last layer without activation; absent: the network ends with its last hidden layer. */
  readonly outputs?: number;
  /** Gain of the last layer's kernel. */
  readonly outputGain?: number;
  /** Layer normalisation of hidden layers, before their ReLU. */
  readonly layerNorm?: boolean;
  readonly random: RandomStream;
}

/** A fully connected network. Owns its variables. */
export class DenseNetwork implements Network {
  readonly outputs: number;
  #layers: readonly Layer[];
  readonly #hidden: number;

  /** Orthogonal kernels, of gain sqrt(2) before a ReLU, and biases of 0. */
  constructor({ inputs, hiddenSizes, outputs, outputGain = 1, layerNorm = false, random }: DenseNetworkOptions) {
    const sizes = [...hiddenSizes, ...(outputs === undefined ? [] : [outputs])];
    this.outputs = sizes.at(-1) ?? inputs;
    this.#hidden = hiddenSizes.length;
    this.#layers = sizes.map((size, index) => {
      const previous = sizes[index - 1] ?? inputs;
      const isHidden = index < hiddenSizes.length;
      const values = sampleOrthogonalMatrix(random.split(index), previous, size, isHidden ? Math.SQRT2 : outputGain);
      return tf.tidy(() => ({
        kernel: tf.variable(tf.tensor2d(values, [previous, size])),
        bias: tf.variable(tf.zeros([size])),
        ...(layerNorm &&
          isHidden && { norm: { gain: tf.variable(tf.ones([size])), shift: tf.variable(tf.zeros([size])) } }),
      }));
    });
  }

  /** Kernel, bias and, where there is one, gain and shift of each layer, from the input to the output. */
  get variables(): readonly tf.Variable[] {
    return this.#layers.flatMap(({ kernel, bias, norm }) => [kernel, bias, ...(norm ? [norm.gain, norm.shift] : [])]);
  }

  /** Such as `0/kernel`: layer, then part. */
  get names(): readonly string[] {
    return this.#layers.flatMap(({ norm }, index) =>
      ['kernel', 'bias', ...(norm ? ['gain', 'shift'] : [])].map((part) => `${index}/${part}`),
    );
  }

  /** Input `[batch, inputs]` to output `[batch, outputs]`; `extraBias`, `[width]`, is added to the sums of the first layer. */
  apply(input: tf.Tensor2D, extraBias?: tf.Tensor1D): tf.Tensor2D {
    return this.#layers.reduce<tf.Tensor2D>((values, { kernel, bias, norm }, index) => {
      const own = multiplyMatrices(values, kernel as tf.Tensor2D).add<tf.Tensor2D>(bias);
      const sums = index === 0 && extraBias !== undefined ? own.add<tf.Tensor2D>(extraBias) : own;
      const normed = norm === undefined ? sums : applyLayerNorm(sums, norm.gain, norm.shift);
      return index < this.#hidden ? normed.relu() : normed;
    }, input);
  }

  /**
   * Gives the last layer one more output, a copy of output `parent`, and lowers both biases by `lower`. `onReplace` learns
   * which variable takes the place of which, before the old one is freed.
   */
  widen(parent: number, lower: number, onReplace: OnReplace): void {
    const last = this.#layers.at(-1)!;
    const outputs = last.bias.shape[0]!;
    const next = tf.tidy(() => {
      const lowered = tf
        .oneHot([parent, outputs], outputs + 1)
        .sum(0)
        .mul(lower);
      return {
        kernel: tf.variable(appendColumn(last.kernel, parent)),
        bias: tf.variable(appendColumn(last.bias, parent).sub(lowered)),
      };
    });
    const change = (moment: tf.Tensor): tf.Tensor => appendColumn(moment, parent);
    onReplace(last.kernel, next.kernel, change);
    onReplace(last.bias, next.bias, change);
    last.kernel.dispose();
    last.bias.dispose();
    this.#layers = [...this.#layers.slice(0, -1), next];
  }

  /**
   * Repeats row `parent` of the first kernel as a new row at `at`: the network reads one more input, which weighs what its
   * parent weighs.
   */
  widenInput(parent: number, at: number, onReplace: OnReplace): void {
    const first = this.#layers[0]!;
    const change = (values: tf.Tensor): tf.Tensor => insertRow(values, parent, at);
    const kernel = tf.tidy(() => tf.variable(change(first.kernel)));
    onReplace(first.kernel, kernel, change);
    first.kernel.dispose();
    this.#layers = [{ ...first, kernel }, ...this.#layers.slice(1)];
  }

  /** The weights as plain arrays; `extraBias` as in `apply`. */
  exportLayers(extraBias?: Float32Array): readonly AgentLayer[] {
    return this.#layers.flatMap(({ kernel, bias, norm }, index): AgentLayer[] => {
      const [inputs, outputs] = kernel.shape as [number, number];
      const activation = index < this.#hidden ? 'relu' : 'none';
      const own = Float32Array.from(bias.dataSync());
      const dense: AgentLayer = {
        kind: 'dense',
        inputs,
        outputs,
        activation: norm === undefined ? activation : 'none',
        kernel: Float32Array.from(kernel.dataSync()),
        bias: index === 0 && extraBias !== undefined ? own.map((value, unit) => value + extraBias[unit]!) : own,
      };
      if (norm === undefined) return [dense];
      const [gain, shift] = [norm.gain, norm.shift].map((values) => Float32Array.from(values.dataSync()));
      return [
        dense,
        { kind: 'layer-norm', size: outputs, activation, epsilon: layerNormEpsilon, gain: gain!, shift: shift! },
      ];
    });
  }

  dispose(): void {
    for (const variable of this.variables) variable.dispose();
  }
}

function insertRow(values: tf.Tensor, row: number, at: number): tf.Tensor {
  const [rows, columns] = values.shape as [number, number];
  const copy = values.slice([row, 0], [1, columns]);
  const before = values.slice([0, 0], [at, columns]);
  const after = values.slice([at, 0], [rows - at, columns]);
  return tf.concat(
    [before, copy, after].filter(({ shape }) => shape[0]! > 0),
    0,
  );
}
