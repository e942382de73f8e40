/** Eigenvalues and eigenvectors of a symmetric matrix. */
export interface SymmetricEigen {
  /** Highest first, `Float64Array [size]`. */
  readonly values: Float64Array;
  /** Unit length; column k belongs to value k, `Float64Array [size, size]`. */
  readonly vectors: Float64Array;
}

/** After this many sweeps rounding is all that is left; six to ten are usual. */
const maximalSweeps = 50;

/**
 * All eigenpairs of a symmetric `matrix`, `Float64Array [size, size]`, which is left as it is. Cyclic Jacobi rotations
 * (C. G. J. Jacobi, 1846): accurate also for small eigenvalues, meant for matrices up to some hundred rows.
 */
export function computeSymmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  const work = matrix.slice();
  const rotated = new Float64Array(size * size);
  for (let k = 0; k < size; k++) rotated[k * size + k] = 1;
  for (let sweep = 0; sweep < maximalSweeps; sweep++) if (!rotateAll(work, rotated, size)) break;
  const order = Array.from({ length: size }, (_, k) => k).sort(
    (a, b) => work[b * size + b]! - work[a * size + a]! || a - b,
  );
  const vectors = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) vectors[row * size + k] = rotated[row * size + order[k]!]!;
  }
  return { values: Float64Array.from(order, (k) => work[k * size + k]!), vectors };
}

/** One rotation for each pair off the diagonal; false where nothing was left to rotate. */
function rotateAll(work: Float64Array, vectors: Float64Array, size: number): boolean {
  let changed = false;
  for (let p = 0; p < size; p++) {
    for (let q = p + 1; q < size; q++) {
      const off = work[p * size + q]!;
      const first = work[p * size + p]!;
      const second = work[q * size + q]!;
      if (Math.abs(off) <= Number.EPSILON * Math.sqrt(Math.abs(first * second)) + Number.MIN_VALUE) continue;
      changed = true;
      const ratio = (second - first) / (2 * off);
      const tangent = (ratio >= 0 ? 1 : -1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
      const cosine = 1 / Math.sqrt(tangent * tangent + 1);
      const sine = tangent * cosine;
      for (let k = 0; k < size; k++) rotate(work, k * size + p, k * size + q, cosine, sine);
      for (let k = 0; k < size; k++) rotate(work, p * size + k, q * size + k, cosine, sine);
      for (let k = 0; k < size; k++) rotate(vectors, k * size + p, k * size + q, cosine, sine);
    }
  }
  return changed;
}

function rotate(values: Float64Array, left: number, right: number, cosine: number, sine: number): void {
  const a = values[left]!;
  const b = values[right]!;
  values[left] = cosine * a - sine * b;
  values[right] = sine * a + cosine * b;
}
