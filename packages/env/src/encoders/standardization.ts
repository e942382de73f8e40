import { InvalidArgumentError } from '@rppkit/spec';
import { assertNumbers } from './state-fields.ts';

/** Means and population standard deviations by place; a deviation of 1 stands where values did not vary. */
export interface Standardization {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Standardised values are cut here, so that one odd user cannot dominate a network. */
const limit = 4;

/** Of the places of the rows, `Float32Array [size]` each. Places that vary by rounding alone count as constant. */
export function fitStandardization(rows: readonly Float32Array[], size: number): Standardization {
  const mean = new Array<number>(size).fill(0);
  const deviation = new Array<number>(size).fill(1);
  for (let place = 0; place < size; place++) {
    let sum = 0;
    for (const row of rows) sum += row[place]!;
    const center = sum / Math.max(1, rows.length);
    let squares = 0;
    for (const row of rows) squares += (row[place]! - center) ** 2;
    const spread = Math.sqrt(squares / Math.max(1, rows.length));
    mean[place] = center;
    if (spread > 1e-6 * Math.abs(center)) deviation[place] = spread;
  }
  return { mean, deviation };
}

/** Standard deviations from the mean, cut to [-4, 4]. */
export function standardize(value: number, place: number, { mean, deviation }: Standardization): number {
  return Math.max(-limit, Math.min(limit, (value - mean[place]!) / deviation[place]!));
}

/** Writes the standardised values of a vector from `output[0]` on. */
export function standardizeInto(output: Float32Array, vector: Float32Array, standardization: Standardization): void {
  // A loop: what takes a function for every float takes several times as long.
  for (let place = 0; place < vector.length; place++) {
    output[place] = standardize(vector[place]!, place, standardization);
  }
}

/** Throws `InvalidArgumentError` where a saved standardisation is not `size` finite means and positive deviations. */
export function assertStandardization(field: string, { mean, deviation }: Standardization, size: number): void {
  assertNumbers(`${field}.mean`, mean, size);
  assertNumbers(`${field}.deviation`, deviation, size);
  const bad = deviation.findIndex((value) => value <= 0);
  if (bad >= 0) throw new InvalidArgumentError(`${field}.deviation[${bad}]`, 'above 0', deviation[bad]);
}
