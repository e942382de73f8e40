/**
 * Vectors of titles from who chose what, by a truncated singular value decomposition.
 *
 * Sources: the normalisation by the sizes of rows and columns and the removal of the trivial first pair are those of
 * correspondence analysis (Greenacre, "Theory and Applications of Correspondence Analysis", 1984); the use of the leading
 * singular vectors for recommendation is PureSVD (Cremonesi, Koren, Turrin, "Performance of recommender algorithms on top-n
 * recommendation tasks", RecSys 2010); subspace iteration with a Rayleigh-Ritz step is algorithm 4.4 with 5.1 of Halko,
 * Martinsson, Tropp, "Finding structure with randomness", SIAM Review 53(2), 2011.
 *
 * Symbols: A the binary user x title matrix, r and c its row and column sums, n its sum, S = diag(r)^-1/2 A diag(c)^-1/2,
 * sigma and V its singular values and right singular vectors. sigma_0 = 1 with v_0 = sqrt(c / n) is popularity itself.
 * Differences: the start is a fixed one instead of a random one, so that equal records give equal bits; rows of V diag(sigma)
 * are scaled to a length that grows with c, so that a title that few people chose is known vaguely.
 */
import { createRandomStream } from '@rppkit/spec';
import { computeSymmetricEigen } from './symmetric-eigen.ts';
import type { TitleRecords } from './title-records.ts';

/** Columns beyond those that are kept, and multiplications by S'S: the error falls with both. */
const oversampling = 8;
const iterations = 6;
/** Squares of singular values and of rows below these are rounding errors, where the largest possible value is 1. */
const leastValue = 1e-10;
const leastSquares = 1e-18;
/** People at which half of a title's place is known: vectors have the length sqrt(c / (c + this)). */
const halfKnown = 10;

/**
 * One vector a title, `Float64Array [titles, dimensions]`, row by row; zeros for a title that nobody chose or that says nothing
 * of the others. The dot product of two of them is in (-1, 1): above 0 where the same people choose both more often than their
 * popularity explains. With dimensions enough for the rank of the records its cosine is that of rows of S'S - v_0 v_0'; what is
 * beyond the rank is 0. Equal records give equal bits. Time grows with the number of choices times `dimensions` and with that of
 * titles times its square.
 */
export function computeAssociationVectors(records: TitleRecords, dimensions: number): Float64Array {
  const { titles, counts, title: chosen } = records;
  if (chosen.length === 0) return new Float64Array(titles * dimensions);
  const width = dimensions + oversampling;
  const popularity = Float64Array.from(counts, (count) => Math.sqrt(count / chosen.length));
  const known = counts.reduce((sum, count) => sum + Number(count > 0), 0);
  const start = createRandomStream('association vectors');
  let basis = new Float64Array(titles * width);
  for (let row = 0; row < titles; row++) {
    if (counts[row] === 0) continue;
    for (let column = 0; column < Math.min(width, known); column++)
      basis[row * width + column] = start.bits() & 1 ? 1 : -1;
  }
  for (let iteration = 0; iteration < iterations; iteration++) {
    orthonormalize(basis, width, popularity);
    basis = multiplyBySymmetric(records, basis, width);
  }
  orthonormalize(basis, width, popularity);
  const { values, vectors } = computeSymmetricEigen(
    multiplyTransposed(basis, multiplyBySymmetric(records, basis, width), width),
    width,
  );
  const result = new Float64Array(titles * dimensions);
  for (let row = 0; row < titles; row++) {
    let squares = 0;
    for (let dimension = 0; dimension < dimensions; dimension++) {
      let sum = 0;
      for (let column = 0; column < width; column++) {
        sum += basis[row * width + column]! * vectors[column * width + dimension]!;
      }
      // sigma^2 = the eigenvalue of S'S.
      const value = values[dimension]! < leastValue ? 0 : sum * Math.sqrt(values[dimension]!);
      result[row * dimensions + dimension] = value;
      squares += value * value;
    }
    if (squares < leastSquares) {
      // In the middle of everything, as one that everybody chose: no direction.
      result.fill(0, row * dimensions, (row + 1) * dimensions);
      continue;
    }
    const factor = Math.sqrt(counts[row]! / (counts[row]! + halfKnown) / squares);
    for (let dimension = 0; dimension < dimensions; dimension++) result[row * dimensions + dimension]! *= factor;
  }
  return result;
}

/** S'S basis, user by user. */
function multiplyBySymmetric(
  { titles, starts, title, counts }: TitleRecords,
  basis: Float64Array,
  width: number,
): Float64Array<ArrayBuffer> {
  const product = new Float64Array(titles * width);
  const weights = Float64Array.from(counts, (count) => (count === 0 ? 0 : 1 / Math.sqrt(count)));
  const sum = new Float64Array(width);
  for (let user = 0; user + 1 < starts.length; user++) {
    const first = starts[user]!;
    const end = starts[user + 1]!;
    sum.fill(0);
    for (let at = first; at < end; at++) {
      const weight = weights[title[at]!]!;
      const row = title[at]! * width;
      for (let column = 0; column < width; column++) sum[column]! += weight * basis[row + column]!;
    }
    for (let at = first; at < end; at++) {
      const weight = weights[title[at]!]! / (end - first);
      const row = title[at]! * width;
      for (let column = 0; column < width; column++) product[row + column]! += weight * sum[column]!;
    }
  }
  return product;
}

/** Gram-Schmidt, twice, in place: columns of length 1, orthogonal to each other and to `trivial`; a column with nothing left becomes 0. */
function orthonormalize(basis: Float64Array, width: number, trivial: Float64Array): void {
  // Column by column, because strides through the rows would miss the cache at every step.
  const columns = Array.from({ length: width }, (_, column) =>
    Float64Array.from(trivial, (_, row) => basis[row * width + column]!),
  );
  columns.forEach((own, column) => {
    const before = computeLength(own);
    for (let pass = 0; pass < 2; pass++) {
      subtractProjection(own, trivial);
      for (let other = 0; other < column; other++) subtractProjection(own, columns[other]!);
    }
    const length = computeLength(own);
    const factor = length > 1e-9 * before ? 1 / length : 0;
    for (let row = 0; row < own.length; row++) {
      own[row]! *= factor;
      basis[row * width + column] = own[row]!;
    }
  });
}

/** Takes the part along a vector of length 1 away. */
function subtractProjection(vector: Float64Array, direction: Float64Array): void {
  let dot = 0;
  for (let row = 0; row < vector.length; row++) dot += direction[row]! * vector[row]!;
  for (let row = 0; row < vector.length; row++) vector[row]! -= dot * direction[row]!;
}

function computeLength(vector: Float64Array): number {
  let squares = 0;
  for (let row = 0; row < vector.length; row++) squares += vector[row]! ** 2;
  return Math.sqrt(squares);
}

/** left' right, `[width, width]`. */
function multiplyTransposed(left: Float64Array, right: Float64Array, width: number): Float64Array {
  const product = new Float64Array(width * width);
  for (let at = 0; at < left.length; at += width) {
    for (let row = 0; row < width; row++) {
      for (let column = 0; column < width; column++)
        product[row * width + column]! += left[at + row]! * right[at + column]!;
    }
  }
  return product;
}
