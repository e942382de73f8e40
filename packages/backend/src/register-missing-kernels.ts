import * as tf from '@tensorflow/tfjs';

/**
 * Registers what a backend lacks for training, once. Today that is `UnsortedSegmentSum` on wasm, without which `gather`
 * and embeddings have no gradient there. It adds row by row, in time linear in the input, as the name says of the
 * operation: output[segment] = sum of the input rows whose id is `segment`; rows with a negative id are dropped.
 */
export function registerMissingKernels(backendName: string): void {
  if (backendName !== 'wasm' || tf.getKernel('UnsortedSegmentSum', backendName) !== undefined) return;
  tf.registerKernel({
    kernelName: 'UnsortedSegmentSum',
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { numSegments } = attrs as unknown as { numSegments: number };
      const storage = backend as tf.KernelBackend;
      const values = storage.readSync(x.dataId) as Float32Array | Int32Array;
      const ids = storage.readSync(segmentIds.dataId) as Int32Array;
      const rowSize = ids.length === 0 ? 0 : values.length / ids.length;
      const shape = [numSegments, ...x.shape.slice(1)];
      const length = tf.util.sizeFromShape(shape);
      const sums = x.dtype === 'int32' ? new Int32Array(length) : new Float32Array(length);
      for (let row = 0; row < ids.length; row++) {
        const segment = ids[row]!;
        if (segment < 0) continue;
        for (let column = 0; column < rowSize; column++) {
          const target = segment * rowSize + column;
          sums[target] = sums[target]! + values[row * rowSize + column]!;
        }
      }
      return { dataId: storage.write(sums, shape, x.dtype), shape, dtype: x.dtype };
    },
  });
}
