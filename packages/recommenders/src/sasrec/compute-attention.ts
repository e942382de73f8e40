/**
 * Causal scaled dot-product attention, `Float32Array [rows, dimensions]`: row i mixes the values of rows 0 to i (Vaswani
 * et al., "Attention is all you need", NIPS 2017, used as in SASRec, Kang and McAuley, ICDM 2018). `queries`, `keys` and
 * `values` are `[rows, dimensions]`; head h owns columns from h x dimensions / heads on.
 */
export function computeAttention(
  queries: Float32Array,
  keys: Float32Array,
  values: Float32Array,
  rows: number,
  dimensions: number,
  heads: number,
): Float32Array {
  const width = dimensions / heads;
  const factor = 1 / Math.sqrt(width);
  const weights = new Float64Array(rows);
  const mixed = new Float64Array(width);
  const output = new Float32Array(rows * dimensions);
  for (let first = 0; first < dimensions; first += width) {
    for (let row = 0; row < rows; row++) {
      const query = row * dimensions + first;
      let highest = Number.NEGATIVE_INFINITY;
      for (let other = 0; other <= row; other++) {
        const key = other * dimensions + first;
        let dot = 0;
        for (let column = 0; column < width; column++) dot += queries[query + column]! * keys[key + column]!;
        weights[other] = dot * factor;
        if (weights[other]! > highest) highest = weights[other]!;
      }
      let total = 0;
      mixed.fill(0);
      for (let other = 0; other <= row; other++) {
        const weight = Math.exp(weights[other]! - highest);
        total += weight;
        const value = other * dimensions + first;
        for (let column = 0; column < width; column++) {
          mixed[column] = mixed[column]! + weight * values[value + column]!;
        }
      }
      for (let column = 0; column < width; column++) output[query + column] = mixed[column]! / total; // Eq. 2
    }
  }
  return output;
}
