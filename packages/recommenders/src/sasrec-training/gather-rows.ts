import * as tf from '@tensorflow/tfjs';

/**
 * Rows `indices` of `[rows, columns]`, with a gradient on every backend: TensorFlow.js's own needs an operation that wasm
 * lacks and that takes rows x indices steps elsewhere.
 */
export function gatherRows(table: tf.Tensor2D, indices: Int32Array): tf.Tensor2D {
  const gather = tf.customGrad((...inputs) => {
    const [rows] = inputs as unknown as [tf.Tensor2D];
    return {
      value: tf.gather(rows, tf.tensor1d(indices, 'int32')),
      gradFunc: (dy) => sumRows(dy as tf.Tensor2D, indices, rows.shape[0]),
    };
  });
  return gather(table) as tf.Tensor2D;
}

/** Adds row i of `values` to row `indices[i]` of a new tensor `[count, columns]`. */
export function sumRows(values: tf.Tensor2D, indices: Int32Array, count: number): tf.Tensor2D {
  const columns = values.shape[1];
  const from = values.dataSync<'float32'>();
  const sums = new Float32Array(count * columns);
  for (let row = 0; row < indices.length; row++) {
    const source = row * columns;
    const target = indices[row]! * columns;
    for (let column = 0; column < columns; column++) {
      sums[target + column] = sums[target + column]! + from[source + column]!;
    }
  }
  return tf.tensor2d(sums, [count, columns]);
}
