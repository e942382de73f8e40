import { multiplyMatrices } from '@rppkit/backend';
import type { AgentLayer } from '@rppkit/policy';
import type { RandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import type { Network } from './network.ts';
import { sampleOrthogonalMatrix } from './sample-orthogonal-matrix.ts';
import { unrollGru } from './unroll-gru.ts';

/** Where a sequence stands in a row, and how wide the state is that reads it. */
export interface GruOptions {
  /** Floats of a row. */
  readonly inputs: number;
  /** First float of the sequence. */
  readonly offset: number;
  readonly steps: number;
  /** Floats of one step. */
  readonly size: number;
  readonly hidden: number;
  readonly random: RandomStream;
}

/**
 * A gated recurrent unit over a part of each row, which takes that part's place as its last state.
 *
 * Cho, van Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk, Bengio: "Learning phrase representations using RNN
 * encoder-decoder for statistical machine translation", EMNLP 2014.
 *
 * Symbols: x input of a step, h state (0 before the first), r reset gate, z update gate, n new state.
 *
 *   Eq. 1  r = sigmoid(W_r x + b_r + U_r h + c_r)
 *   Eq. 2  z = sigmoid(W_z x + b_z + U_z h + c_z)
 *   Eq. 3  n = tanh(W_n x + b_n + r (U_n h + c_n))
 *   Eq. 4  h' = (1 - z) n + z h
 *
 * Differences from the paper: the reset gate acts after the matrix product and there are two biases, as in cuDNN, Keras and
 * PyTorch.
 */
export class Gru implements Network {
  /** Floats of a row with the sequence replaced. */
  readonly outputs: number;
  readonly #options: GruOptions;
  /** W, `[size, 3 hidden]`, gates in the order r, z, n; U, `[hidden, 3 hidden]`; b and c, `[3 hidden]`. */
  readonly #W: tf.Variable<tf.Rank.R2>;
  readonly #U: tf.Variable<tf.Rank.R2>;
  readonly #b: tf.Variable<tf.Rank.R1>;
  readonly #c: tf.Variable<tf.Rank.R1>;

  constructor(options: GruOptions) {
    this.#options = options;
    const { inputs, steps, size, hidden, random } = options;
    this.outputs = inputs - steps * size + hidden;
    const createKernel = (name: string, rows: number): tf.Variable<tf.Rank.R2> =>
      tf.tidy(() => {
        const gates = ['r', 'z', 'n'].map((gate) =>
          tf.tensor2d(sampleOrthogonalMatrix(random.split(name).split(gate), rows, hidden, 1), [rows, hidden]),
        );
        return tf.variable(tf.concat2d(gates, 1));
      });
    this.#W = createKernel('W', size);
    this.#U = createKernel('U', hidden);
    [this.#b, this.#c] = tf.tidy(() => [tf.variable(tf.zeros([3 * hidden])), tf.variable(tf.zeros([3 * hidden]))]);
  }

  get variables(): readonly tf.Variable[] {
    return [this.#W, this.#U, this.#b, this.#c];
  }

  get names(): readonly string[] {
    return ['kernel', 'recurrent-kernel', 'bias', 'recurrent-bias'];
  }

  /** Rows `[batch, inputs]` to `[batch, outputs]`: what stands before the sequence, what stands after it, the state. */
  apply(rows: tf.Tensor2D): tf.Tensor2D {
    const { inputs, offset, steps, size, hidden } = this.#options;
    const batch = rows.shape[0];
    const end = offset + steps * size;
    // Step by step, so that one product serves all steps and the parts are rows.
    const x = rows
      .slice([0, offset], [batch, steps * size])
      .reshape([batch, steps, size])
      .transpose([1, 0, 2])
      .reshape<tf.Tensor2D>([steps * batch, size]);
    const fromInput = multiplyMatrices(x, this.#W, { constantLeft: true }).add<tf.Tensor2D>(this.#b);
    const h = unrollGru(fromInput, this.#U, this.#c, { steps, hidden });
    const parts = [rows.slice([0, 0], [batch, offset]), rows.slice([0, end], [batch, inputs - end]), h];
    return tf.concat2d(
      parts.filter(({ shape }) => shape[1] > 0),
      1,
    );
  }

  /** The weights as plain arrays. */
  exportLayer(): AgentLayer {
    const { inputs, offset, steps, size, hidden } = this.#options;
    const [kernel, recurrentKernel, bias, recurrentBias] = this.variables.map((variable) =>
      Float32Array.from(variable.dataSync()),
    ) as [Float32Array, Float32Array, Float32Array, Float32Array];
    return { kind: 'gru', inputs, offset, steps, size, hidden, kernel, recurrentKernel, bias, recurrentBias };
  }

  dispose(): void {
    for (const variable of this.variables) variable.dispose();
  }
}
