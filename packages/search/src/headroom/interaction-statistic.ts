import type { PromptResiduals } from './prompt-residuals.ts';
import type { StandardizedObservations } from './standardize-observations.ts';

/** Sums over the rows of a task of residual times centred indicator, by cell: what no permutation of observations changes. */
export interface InteractionProducts {
  /** Tasks with a row, `Int32Array [users]`. */
  readonly tasks: Int32Array;
  /** `Float64Array [users, cells]`. */
  readonly values: Float64Array;
}

/**
 * An indicator is 1 for the chosen expression and 0 else, centred by its share among the answers of the task's group, whose
 * members have the same legal expressions (`groupOf [tasks]`).
 */
export function computeProducts(
  { cells, chosen, tasks, residuals }: PromptResiduals,
  groupOf: Int32Array,
): InteractionProducts {
  const patterns = cells.starts.length - 1;
  const groups = groupOf.reduce((most, group) => Math.max(most, group), -1) + 1;
  const shares = new Float64Array(groups * cells.count);
  const counts = new Float64Array(groups);
  const placeOf = new Int32Array(groupOf.length).fill(-1);
  const present: number[] = [];
  for (let row = 0; row < tasks.length; row++) {
    const task = tasks[row]!;
    const group = groupOf[task]!;
    counts[group]!++;
    for (let position = 0; position < patterns; position++) {
      shares[group * cells.count + chosen[row * patterns + position]!]!++;
    }
    if (placeOf[task]! < 0) placeOf[task] = present.push(task) - 1;
  }
  for (let index = 0; index < shares.length; index++)
    shares[index]! /= Math.max(1, counts[Math.floor(index / cells.count)]!);
  const values = new Float64Array(present.length * cells.count);
  for (let row = 0; row < tasks.length; row++) {
    const start = placeOf[tasks[row]!]! * cells.count;
    const share = groupOf[tasks[row]!]! * cells.count;
    const residual = residuals[row]!;
    for (let cell = 0; cell < cells.count; cell++) values[start + cell]! -= residual * shares[share + cell]!;
    for (let position = 0; position < patterns; position++)
      values[start + chosen[row * patterns + position]!]! += residual;
  }
  return { tasks: Int32Array.from(present), values };
}

/** Room for the statistic of one assignment of observations to users. */
export interface InteractionSums {
  /** Sum over users of product times observation value, `Float64Array [cells, size]`. */
  readonly sums: Float64Array;
  /** Sum of its terms' squares, `Float64Array [cells, size]`. */
  readonly squares: Float64Array;
}

/** Writes the sums where user number u is given the observation of task `givers[u]`. */
export function writeSums(
  { values }: InteractionProducts,
  { size, values: observed }: StandardizedObservations,
  givers: Int32Array,
  { sums, squares }: InteractionSums,
): void {
  sums.fill(0);
  squares.fill(0);
  const cells = size === 0 ? 0 : sums.length / size;
  for (let user = 0; user < givers.length; user++) {
    const from = givers[user]! * size;
    for (let cell = 0; cell < cells; cell++) {
      const product = values[user * cells + cell]!;
      if (product === 0) continue;
      const to = cell * size;
      for (let place = 0; place < size; place++) {
        const term = product * observed[from + place]!;
        sums[to + place]! += term;
        squares[to + place]! += term * term;
      }
    }
  }
}

/**
 * Writes for each pattern the sum over the observation values of (sum over cells of sum^2) / (sum over cells of squares),
 * `Float64Array [patterns]`, and returns their total, each weighted by the root of the degrees of freedom of its cells. Where
 * nothing depends on the user each ratio is about 1, however the noise depends on the user, and the patterns of the total
 * have about equal variances.
 */
export function writeStatistics(
  { sums, squares }: InteractionSums,
  { starts, size }: { readonly starts: Int32Array; readonly size: number },
  output: Float64Array,
): number {
  let total = 0;
  for (let position = 0; position < output.length; position++) {
    let statistic = 0;
    for (let place = 0; place < size; place++) {
      let explained = 0;
      let spread = 0;
      for (let cell = starts[position]!; cell < starts[position + 1]!; cell++) {
        explained += sums[cell * size + place]! ** 2;
        spread += squares[cell * size + place]!;
      }
      if (spread > 0) statistic += explained / spread;
    }
    output[position] = statistic;
    total += statistic * Math.sqrt(starts[position + 1]! - starts[position]! - 1);
  }
  return total;
}
