/** Applied to each output of a layer; `square` takes x to x^2, `none` leaves logits as they are. */
export type Activation = 'relu' | 'tanh' | 'square' | 'none';

/** One fully connected layer, output = activation(input · kernel + bias), with its own arrays. */
export interface DenseLayer {
  readonly kind: 'dense';
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  /** `Float32Array [inputs, outputs]`, row-major. */
  readonly kernel: Float32Array;
  /** `Float32Array [outputs]`. */
  readonly bias: Float32Array;
}

/**
 * Layer normalisation: activation(gain (x - mean) / sqrt(variance + epsilon) + shift), with the mean of the row and the
 * variance as the mean of its squared deviations.
 */
export interface LayerNormLayer {
  readonly kind: 'layer-norm';
  readonly size: number;
  readonly activation: Activation;
  /** Above 0. */
  readonly epsilon: number;
  /** `Float32Array [size]`. */
  readonly gain: Float32Array;
  /** `Float32Array [size]`. */
  readonly shift: Float32Array;
}

/**
 * A gated recurrent unit over part of a row. Its output is the row without that part, then its last state, `hidden` floats.
 * With x a step and h the state, 0 before the first: r = sigmoid(W_r x + b_r + U_r h + c_r), z = sigmoid(W_z x + b_z + U_z h
 * + c_z), n = tanh(W_n x + b_n + r (U_n h + c_n)), h' = (1 - z) n + z h.
 */
export interface GruLayer {
  readonly kind: 'gru';
  /** Floats of a row. */
  readonly inputs: number;
  /** First float of the sequence in the row. */
  readonly offset: number;
  readonly steps: number;
  /** Floats of one step. */
  readonly size: number;
  readonly hidden: number;
  /** W, `Float32Array [size, 3 hidden]`, row-major, columns in the order r, z, n. */
  readonly kernel: Float32Array;
  /** U, `Float32Array [hidden, 3 hidden]`. */
  readonly recurrentKernel: Float32Array;
  /** b, `Float32Array [3 hidden]`. */
  readonly bias: Float32Array;
  /** c, `Float32Array [3 hidden]`. */
  readonly recurrentBias: Float32Array;
}

/** A layer of an agent's network, with its own arrays. */
export type AgentLayer = DenseLayer | LayerNormLayer | GruLayer;
