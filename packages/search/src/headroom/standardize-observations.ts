import { computeObservationSize, encodeObservation } from '@rppkit/env';
import { createRandomStream, type Encoder, type RankingTask } from '@rppkit/spec';

/** What is known of users, ready for linear models. */
export interface StandardizedObservations {
  /** Values a task: the observation's that vary, or as many principal components. */
  readonly size: number;
  /** `Float64Array [tasks, size]`. */
  readonly values: Float64Array;
}

/** More are reduced to so many principal components: a few thousand answers say nothing of more. */
const mostDimensions = 24;

/**
 * The observations of tasks, each value centred within the groups (every task is in one) and of variance 1 over all tasks, so that
 * no encoder outweighs another by its unit. Values that never vary inside a group are left out. Encoders must be prepared.
 */
export function standardizeObservations(
  tasks: readonly RankingTask[],
  groups: readonly (readonly number[])[],
  encoders: readonly Encoder[],
): StandardizedObservations {
  const total = computeObservationSize(encoders);
  const raw = new Float32Array(tasks.length * total);
  for (const [index, task] of tasks.entries()) {
    encodeObservation(encoders, { task, round: 0, rounds: 1 }, raw.subarray(index * total, (index + 1) * total));
  }
  const columns: Float64Array[] = [];
  for (let place = 0; place < total; place++) {
    const column = Float64Array.from(tasks, (_, task) => raw[task * total + place]!);
    const largest = column.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const group of groups) {
      const mean = group.reduce((sum, task) => sum + column[task]!, 0) / group.length;
      for (const task of group) column[task]! -= mean;
    }
    const deviation = computeRootMeanSquare(column);
    // Rounding of equal values must not be blown up.
    if (deviation > 1e-6 * largest) columns.push(column.map((value) => value / deviation));
  }
  const kept = columns.length > mostDimensions ? computePrincipalComponents(columns, mostDimensions) : columns;
  const values = new Float64Array(tasks.length * kept.length);
  for (const [place, column] of kept.entries()) {
    for (let task = 0; task < column.length; task++) values[task * kept.length + place] = column[task]!;
  }
  return { size: kept.length, values };
}

function computeRootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/** The first principal components of centred columns, each of variance 1, by subspace iteration. */
function computePrincipalComponents(columns: readonly Float64Array[], count: number): readonly Float64Array[] {
  const random = createRandomStream('principal components');
  const rows = columns[0]!.length;
  let components: readonly Float64Array[] = Array.from({ length: count }, () =>
    Float64Array.from({ length: rows }, () => random.normal()),
  );
  for (let iteration = 0; iteration < 20; iteration++) {
    components = orthonormalize(
      components.map((component) => {
        const next = new Float64Array(rows);
        for (const column of columns) {
          const share = computeDot(column, component) / rows;
          for (let row = 0; row < rows; row++) next[row]! += share * column[row]!;
        }
        return next;
      }),
    );
  }
  return components.map((component) => component.map((value) => value * Math.sqrt(rows)));
}

/** Gram-Schmidt; directions that the others span already are left out. */
function orthonormalize(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const length = Math.sqrt(computeDot(vector, vector));
    const rest = vector.slice();
    for (const known of basis) {
      const share = computeDot(known, rest);
      for (let row = 0; row < rest.length; row++) rest[row]! -= share * known[row]!;
    }
    const left = Math.sqrt(computeDot(rest, rest));
    if (left > 1e-9 * length) basis.push(rest.map((value) => value / left));
  }
  return basis;
}

function computeDot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < left.length; row++) sum += left[row]! * right[row]!;
  return sum;
}
