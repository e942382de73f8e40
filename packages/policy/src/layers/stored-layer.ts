import type { Activation } from '../agent-layers.ts';

/**
 * A fully connected layer as the header stores it; `weights` and `bias` are offsets, in floats, into the weights of the
 * file.
 */
export interface StoredDenseLayer {
  readonly kind: 'dense';
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  /** Offset of the kernel, `[inputs, outputs]` row-major. */
  readonly weights: number;
  /** Offset of the bias, `[outputs]`. */
  readonly bias: number;
}

/**
 * A layer normalisation as the header stores it; `gain` and `shift` are offsets, in floats, into the weights of the file.
 */
export interface StoredLayerNormLayer {
  readonly kind: 'layer-norm';
  readonly size: number;
  readonly activation: Activation;
  /** Above 0. */
  readonly epsilon: number;
  /** Offset of the gain, `[size]`. */
  readonly gain: number;
  /** Offset of the shift, `[size]`. */
  readonly shift: number;
}

/**
 * A gated recurrent unit as the header stores it: sizes and `offset` as in `GruLayer`; kernels and biases are offsets, in
 * floats, into the weights of the file.
 */
export interface StoredGruLayer {
  readonly kind: 'gru';
  readonly inputs: number;
  readonly offset: number;
  readonly steps: number;
  readonly size: number;
  readonly hidden: number;
  /** Offset of W, `[size, 3 hidden]` row-major. */
  readonly kernel: number;
  /** Offset of U, `[hidden, 3 hidden]` row-major. */
  readonly recurrentKernel: number;
  /** Offset of b, `[3 hidden]`. */
  readonly bias: number;
  /** Offset of c, `[3 hidden]`. */
  readonly recurrentBias: number;
}

/** A layer as the header stores it. */
export type StoredLayer = StoredDenseLayer | StoredLayerNormLayer | StoredGruLayer;

/** Floats of a row behind a layer. */
export function computeOutputSize(layer: StoredLayer): number {
  switch (layer.kind) {
    case 'dense':
      return layer.outputs;
    case 'layer-norm':
      return layer.size;
    case 'gru':
      return layer.inputs - layer.steps * layer.size + layer.hidden;
  }
}
