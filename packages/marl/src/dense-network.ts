import type { DenseLayer } from '@rppkit/policy';
import type { RandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { sampleOrthogonalMatrix } from './sample-orthogonal-matrix.ts';

/** A fully connected network with ReLU between its layers and no activation after the last. Owns its variables. */
export class DenseNetwork {
  #layers: { readonly kernel: tf.Variable; readonly bias: tf.Variable }[];

  constructor(layers: { readonly kernel: tf.Variable; readonly bias: tf.Variable }[]) {
    this.#layers = layers;
  }

  /** Kernel and bias of each layer, from the input to the output. */
  get variables(): readonly tf.Variable[] {
    return this.#layers.flatMap(({ kernel, bias }) => [kernel, bias]);
  }

  /** Input `[batch, inputs]` to output `[batch, outputs]`. */
  apply(input: tf.Tensor2D): tf.Tensor2D {
    return this.#layers.reduce<tf.Tensor>((values, { kernel, bias }, index) => {
      const sums = tf.matMul(values, kernel).add(bias);
      return index === this.#layers.length - 1 ? sums : sums.relu();
    }, input) as tf.Tensor2D;
  }

  /**
   * Gives the last layer one more output, a copy of output `parent`, and lowers both by log 2, so that they weigh
   * together under a softmax what `parent` weighed. All other probabilities stay, but another output may now be the
   * largest. `onReplace` learns which variable takes the place of which, before the old one is freed.
   */
  widen(parent: number, onReplace: (previous: tf.Variable, next: tf.Variable) => void): void {
    const last = this.#layers.at(-1)!;
    const outputs = last.bias.shape[0]!;
    const next = tf.tidy(() => {
      const lowered = tf
        .oneHot([parent, outputs], outputs + 1)
        .sum(0)
        .mul(Math.LN2);
      return {
        kernel: tf.variable(appendColumn(last.kernel, parent)),
        bias: tf.variable(appendColumn(last.bias, parent).sub(lowered)),
      };
    });
    onReplace(last.kernel, next.kernel);
    onReplace(last.bias, next.bias);
    last.kernel.dispose();
    last.bias.dispose();
    this.#layers = [...this.#layers.slice(0, -1), next];
  }

  /** The weights as plain arrays. */
  exportLayers(): DenseLayer[] {
    return this.#layers.map(({ kernel, bias }, index) => ({
      kind: 'dense',
      inputs: kernel.shape[0]!,
      outputs: kernel.shape[1]!,
      activation: index === this.#layers.length - 1 ? 'none' : 'relu',
      kernel: Float32Array.from(kernel.dataSync()),
      bias: Float32Array.from(bias.dataSync()),
    }));
  }

  dispose(): void {
    for (const variable of this.variables) variable.dispose();
  }
}

/** Orthogonal kernels (gain sqrt(2) before a ReLU, `outputGain` at the end) and biases of 0. */
export function createDenseNetwork(options: {
  readonly inputs: number;
  readonly hiddenSizes: readonly number[];
  readonly outputs: number;
  readonly outputGain: number;
  readonly random: RandomStream;
}): DenseNetwork {
  const { inputs, hiddenSizes, outputs, outputGain, random } = options;
  const sizes = [inputs, ...hiddenSizes, outputs];
  return new DenseNetwork(
    sizes.slice(1).map((size, index) => {
      const previous = sizes[index]!;
      const gain = index === hiddenSizes.length ? outputGain : Math.SQRT2;
      const values = sampleOrthogonalMatrix(random.split(index), previous, size, gain);
      return tf.tidy(() => ({
        kernel: tf.variable(tf.tensor2d(values, [previous, size])),
        bias: tf.variable(tf.zeros([size])),
      }));
    }),
  );
}

/** The tensor with a copy of column `parent` (of its last axis) at the end. */
export function appendColumn(values: tf.Tensor, parent: number): tf.Tensor {
  const axis = values.rank - 1;
  const begin = values.shape.map((_, index) => (index === axis ? parent : 0));
  const size = values.shape.map((length, index) => (index === axis ? 1 : length));
  return tf.concat([values, values.slice(begin, size)], axis);
}
