import { createRandomStream } from '@rppkit/spec';

/**
 * A fixed Gaussian random projection of vectors of `inputs` floats to `outputs`: the vector is scaled to length 1, so each
 * float has mean 0 and standard deviation 1 over projections, and angles are kept about (Johnson-Lindenstrauss). The
 * same seed and sizes give the same matrix everywhere. A zero vector stays zero.
 */
export function createTextProjection(
  seed: number | string,
  inputs: number,
  outputs: number,
): (vector: Float32Array) => Float32Array {
  const random = createRandomStream(seed).split('text projection').split(inputs).split(outputs);
  // Row-major [inputs, outputs].
  const matrix = Float32Array.from({ length: inputs * outputs }, () => random.normal());
  return (vector) => {
    const sums = new Float64Array(outputs);
    let squares = 0;
    for (let input = 0; input < inputs; input++) {
      const value = vector[input]!;
      squares += value * value;
      for (let output = 0; output < outputs; output++) sums[output]! += value * matrix[input * outputs + output]!;
    }
    const norm = Math.sqrt(squares);
    if (norm === 0) return new Float32Array(outputs);
    return Float32Array.from(sums, (sum) => sum / norm);
  };
}
