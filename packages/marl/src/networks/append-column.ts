import * as tf from '@tensorflow/tfjs';

/** The tensor with a copy of column `parent` (of its last axis) at the end. */
export function appendColumn(values: tf.Tensor, parent: number): tf.Tensor {
  const axis = values.rank - 1;
  const begin = values.shape.map((_, index) => (index === axis ? parent : 0));
  const size = values.shape.map((length, index) => (index === axis ? 1 : length));
  return tf.concat([values, values.slice(begin, size)], axis);
}
