import type * as tf from '@tensorflow/tfjs';

/**
 * Told where a variable is replaced by one of another shape; `change` does to a tensor of the old shape, such as a moment of the
 * optimiser, what was done to the variable.
 */
export type OnReplace = (previous: tf.Variable, next: tf.Variable, change: (values: tf.Tensor) => tf.Tensor) => void;

/** Variables and what frees them. */
export interface Network {
  /** In an order that depends on the architecture alone. */
  readonly variables: readonly tf.Variable[];
  /** What each of `variables` is, in their order, such as `role/hidden/0/kernel`; all different. */
  readonly names: readonly string[];
  dispose(): void;
}

/** The names of a network's variables inside a larger one. */
export function prefixNames(prefix: string, { names }: Pick<Network, 'names'>): readonly string[] {
  return names.map((name) => `${prefix}/${name}`);
}
