/**
 * Forward pass of SASRec for one sequence.
 * Kang, McAuley: "Self-Attentive Sequential Recommendation", ICDM 2018.
 *
 * Symbols: M item embeddings, P positions, E their sum, Q, K, V queries, keys and values, S output of the attention,
 * F output of the position-wise network, n `maximumLength`, d `dimensions`.
 *
 * Differences from the paper: those of training, see create-sasrec.ts. Sequences are not padded: a sequence of m items
 * takes the last m positions, which is what padding at the left with masked keys amounts to.
 */
import { computeAttention } from './compute-attention.ts';
import type { SasrecParameters, SasrecSizes } from './sasrec-parameters.ts';

/** Keeps the division by the standard deviation finite. */
export const normEpsilon = 1e-5;

/**
 * Hidden states after the items of `history` (indices, oldest first), `Float32Array [rows, dimensions]`: the last row
 * stands for the next item. Only the last `maximumLength` items count; there is one row for each of them.
 */
export function computeStates(sizes: SasrecSizes, parameters: SasrecParameters, history: Int32Array): Float32Array {
  const { dimensions, maximumLength, heads } = sizes;
  const recent = history.subarray(Math.max(0, history.length - maximumLength));
  const rows = recent.length;
  const states = new Float32Array(rows * dimensions);
  const firstPosition = maximumLength - rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < dimensions; column++) {
      states[row * dimensions + column] =
        parameters.items[recent[row]! * dimensions + column]! +
        parameters.positions[(firstPosition + row) * dimensions + column]!; // Eq. 1
    }
  }
  for (const block of parameters.blocks) {
    const attended = normalise(states, block.attentionScale, block.attentionShift);
    const mixed = computeAttention(
      multiply(attended, block.query, dimensions),
      multiply(attended, block.key, dimensions),
      multiply(attended, block.value, dimensions),
      rows,
      dimensions,
      heads,
    ); // Eq. 3
    addTo(states, mixed);
    const inner = multiply(
      normalise(states, block.networkScale, block.networkShift),
      block.inner,
      dimensions,
      block.innerBias,
    );
    for (let index = 0; index < inner.length; index++) if (inner[index]! < 0) inner[index] = 0;
    addTo(states, multiply(inner, block.outer, dimensions, block.outerBias)); // Eq. 4
  }
  return normalise(states, parameters.scale, parameters.shift);
}

/** Layer normalisation of each row. */
function normalise(states: Float32Array, scale: Float32Array, shift: Float32Array): Float32Array {
  const dimensions = scale.length;
  const output = new Float32Array(states.length);
  for (let start = 0; start < states.length; start += dimensions) {
    let mean = 0;
    for (let column = 0; column < dimensions; column++) mean += states[start + column]!;
    mean /= dimensions;
    let variance = 0;
    for (let column = 0; column < dimensions; column++) variance += (states[start + column]! - mean) ** 2;
    const inverse = 1 / Math.sqrt(variance / dimensions + normEpsilon);
    for (let column = 0; column < dimensions; column++) {
      output[start + column] = (states[start + column]! - mean) * inverse * scale[column]! + shift[column]!;
    }
  }
  return output;
}

/** Rows times a square matrix, plus the bias. */
function multiply(input: Float32Array, matrix: Float32Array, dimensions: number, bias?: Float32Array): Float32Array {
  const output = new Float32Array(input.length);
  const sums = new Float64Array(dimensions);
  for (let start = 0; start < input.length; start += dimensions) {
    if (bias === undefined) sums.fill(0);
    else sums.set(bias);
    for (let from = 0; from < dimensions; from++) {
      const value = input[start + from]!;
      const offset = from * dimensions;
      for (let to = 0; to < dimensions; to++) sums[to] = sums[to]! + value * matrix[offset + to]!;
    }
    output.set(sums, start);
  }
  return output;
}

function addTo(states: Float32Array, addend: Float32Array): void {
  for (let index = 0; index < states.length; index++) states[index] = states[index]! + addend[index]!;
}
