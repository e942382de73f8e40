/**
 * Adds a vector times a matrix: sums[j] += sum over i < `count` of values[start + i] kernel[i, j], in the order of i, with
 * `kernel` row-major and as many columns as there are sums. Values of 0 may be passed over, as weights are finite: blocks
 * not yet filled, one-hot blocks and ReLUs make many of them.
 */
export function addProduct(
  sums: Float64Array,
  values: Float32Array | Float64Array,
  start: number,
  count: number,
  kernel: Float32Array,
): void {
  const columns = sums.length;
  let row = 0;
  // Four rows at a time, so that a sum is loaded and stored once for them.
  for (; row + 4 <= count; row += 4) {
    const a = values[start + row]!;
    const b = values[start + row + 1]!;
    const c = values[start + row + 2]!;
    const d = values[start + row + 3]!;
    if (a === 0 && b === 0 && c === 0 && d === 0) continue;
    let first = row * columns;
    for (let column = 0; column < columns; column++, first++) {
      sums[column] =
        sums[column]! +
        a * kernel[first]! +
        b * kernel[first + columns]! +
        c * kernel[first + 2 * columns]! +
        d * kernel[first + 3 * columns]!;
    }
  }
  for (; row < count; row++) {
    const value = values[start + row]!;
    const first = row * columns;
    for (let column = 0; column < columns; column++) sums[column] = sums[column]! + value * kernel[first + column]!;
  }
}
