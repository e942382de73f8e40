/** Eigenvalues in falling order, and the eigenvectors as columns in the same order. */
export interface SymmetricEigen {
  /** `Float64Array [size]` */
  readonly values: Float64Array;
  /** `Float64Array [size, size]`, row by row; column j belongs to `values[j]`. */
  readonly vectors: Float64Array;
}

const maximumSweeps = 30;

/**
 * Eigenvalues and orthonormal eigenvectors of a small symmetric matrix, `Float64Array [size, size]`, which is not changed. Equal
 * input gives equal bits: the order of rotations is fixed.
 *
 * Source: the cyclic Jacobi method as in Golub and Van Loan, "Matrix Computations", 4th edition, section 8.5.
 */
export function computeSymmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  const a = matrix.slice();
  const v = new Float64Array(size * size);
  for (let index = 0; index < size; index++) v[index * size + index] = 1;
  // Not Math.hypot(...a): some engines take no more than 65,536 arguments.
  const scale = Math.sqrt(a.reduce((sum, value) => sum + value * value, 0));
  for (let sweep = 0; sweep < maximumSweeps; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) off += a[p * size + q]! ** 2;
    if (Math.sqrt(off) <= 1e-15 * scale) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  }
  const order = Int32Array.from({ length: size }, (_, index) => index).sort(
    (left, right) => a[right * size + right]! - a[left * size + left]! || left - right,
  );
  const vectors = new Float64Array(size * size);
  order.forEach((source, column) => {
    for (let row = 0; row < size; row++) vectors[row * size + column] = v[row * size + source]!;
  });
  return { values: Float64Array.from(order, (index) => a[index * size + index]!), vectors };
}

/** Turns the plane of p and q so that a[p, q] becomes 0. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q]!;
  if (apq === 0) return;
  const tau = (a[q * size + q]! - a[p * size + p]!) / (2 * apq);
  const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  for (let index = 0; index < size; index++) turn(a, p * size + index, q * size + index, cosine, sine);
  for (let index = 0; index < size; index++) {
    turn(a, index * size + p, index * size + q, cosine, sine);
    turn(v, index * size + p, index * size + q, cosine, sine);
  }
}

function turn(values: Float64Array, first: number, second: number, cosine: number, sine: number): void {
  const x = values[first]!;
  const y = values[second]!;
  values[first] = cosine * x - sine * y;
  values[second] = sine * x + cosine * y;
}
