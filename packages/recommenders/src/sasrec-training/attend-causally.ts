import * as tf from '@tensorflow/tfjs';

/** How rows of the tensors belong to sequences and columns to heads. */
export interface AttentionShape {
  readonly maximumLength: number;
  readonly dimensions: number;
  readonly heads: number;
  /** The first place of each sequence that is not padded, `Int32Array [batch]`. */
  readonly firstPlaces: Int32Array;
}

/**
 * Causal scaled dot-product attention with its gradient, `[batch x maximumLength, dimensions]`; see compute-attention.ts.
 * Padded places are neither looked at nor looking: their rows are 0. In plain loops, because wasm multiplies batches of
 * matrices, and transposed ones, without its vector units, and because half of every product is masked anyway.
 */
export function attendCausally(
  queries: tf.Tensor2D,
  keys: tf.Tensor2D,
  values: tf.Tensor2D,
  shape: AttentionShape,
): tf.Tensor2D {
  const attend = tf.customGrad((...inputs) => {
    const [q, k, v] = (inputs as tf.Tensor[]).slice(0, 3).map((tensor) => tensor.dataSync<'float32'>()) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const { output, weights } = computeOutput(q, k, v, shape);
    return {
      value: tf.tensor2d(output, queries.shape),
      gradFunc: (dy) =>
        computeGradients(q, k, v, weights, dy.dataSync<'float32'>(), shape).map((gradient) =>
          tf.tensor2d(gradient, queries.shape),
        ),
    };
  });
  return attend(queries, keys, values) as tf.Tensor2D;
}

/** The output, and the weights `Float32Array [heads, batch x maximumLength, maximumLength]` (those not looked at are 0). */
function computeOutput(
  q: Float32Array,
  k: Float32Array,
  v: Float32Array,
  { maximumLength, dimensions, heads, firstPlaces }: AttentionShape,
): { readonly output: Float32Array; readonly weights: Float32Array } {
  const width = dimensions / heads;
  const factor = 1 / Math.sqrt(width);
  const output = new Float32Array(q.length);
  const weights = new Float32Array(heads * firstPlaces.length * maximumLength ** 2);
  const mixed = new Float64Array(width);
  for (let head = 0; head < heads; head++) {
    const shift = head * width;
    for (let sequence = 0; sequence < firstPlaces.length; sequence++) {
      const start = sequence * maximumLength;
      const first = start + firstPlaces[sequence]!;
      for (let row = first; row < start + maximumLength; row++) {
        const query = row * dimensions + shift;
        const own = (head * firstPlaces.length * maximumLength + row) * maximumLength - start;
        let highest = Number.NEGATIVE_INFINITY;
        for (let other = first; other <= row; other++) {
          const logit = computeDot(q, query, k, other * dimensions + shift, width) * factor;
          weights[own + other] = logit;
          if (logit > highest) highest = logit;
        }
        let total = 0;
        for (let other = first; other <= row; other++) {
          const weight = Math.exp(weights[own + other]! - highest);
          weights[own + other] = weight;
          total += weight;
        }
        mixed.fill(0);
        for (let other = first; other <= row; other++) {
          const weight = weights[own + other]! / total;
          weights[own + other] = weight;
          const value = other * dimensions + shift;
          for (let column = 0; column < width; column++) mixed[column] = mixed[column]! + weight * v[value + column]!;
        }
        output.set(mixed, query);
      }
    }
  }
  return { output, weights };
}

/** Gradients of queries, keys and values from that of the output. */
function computeGradients(
  q: Float32Array,
  k: Float32Array,
  v: Float32Array,
  weights: Float32Array,
  dy: Float32Array,
  { maximumLength, dimensions, heads, firstPlaces }: AttentionShape,
): readonly [Float32Array, Float32Array, Float32Array] {
  const width = dimensions / heads;
  const factor = 1 / Math.sqrt(width);
  const dq = new Float32Array(q.length);
  const dk = new Float32Array(q.length);
  const dv = new Float32Array(q.length);
  /** Of the weights of one row. */
  const slopes = new Float64Array(maximumLength);
  const pull = new Float64Array(width);
  for (let head = 0; head < heads; head++) {
    const shift = head * width;
    for (let sequence = 0; sequence < firstPlaces.length; sequence++) {
      const start = sequence * maximumLength;
      const first = start + firstPlaces[sequence]!;
      for (let row = first; row < start + maximumLength; row++) {
        const query = row * dimensions + shift;
        const own = (head * firstPlaces.length * maximumLength + row) * maximumLength - start;
        let mean = 0;
        for (let other = first; other <= row; other++) {
          const dot = computeDot(dy, query, v, other * dimensions + shift, width);
          slopes[other - start] = dot;
          mean += weights[own + other]! * dot;
        }
        pull.fill(0);
        for (let other = first; other <= row; other++) {
          const weight = weights[own + other]!;
          // The softmax's derivative, then the scale of the logits.
          const slope = weight * (slopes[other - start]! - mean) * factor;
          const key = other * dimensions + shift;
          for (let column = 0; column < width; column++) {
            pull[column] = pull[column]! + slope * k[key + column]!;
            dk[key + column] = dk[key + column]! + slope * q[query + column]!;
            dv[key + column] = dv[key + column]! + weight * dy[query + column]!;
          }
        }
        dq.set(pull, query);
      }
    }
  }
  return [dq, dk, dv];
}

/** Product of `width` entries of each array. Four sums, so that no addition waits for the one before. */
function computeDot(left: Float32Array, a: number, right: Float32Array, b: number, width: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let column = 0;
  for (; column + 3 < width; column += 4) {
    first += left[a + column]! * right[b + column]!;
    second += left[a + column + 1]! * right[b + column + 1]!;
    third += left[a + column + 2]! * right[b + column + 2]!;
    fourth += left[a + column + 3]! * right[b + column + 3]!;
  }
  for (; column < width; column++) first += left[a + column]! * right[b + column]!;
  return first + second + (third + fourth);
}
