import { InvalidArgumentError } from '@rppkit/spec';

/** Centre and scale of the values of a vector. */
export interface Standardization {
  /** `Float64Array [size]` */
  readonly center: Float64Array;
  /** Above 0, `Float64Array [size]`. */
  readonly scale: Float64Array;
}

/** Below this share of its size a deviation is rounding. */
const leastDeviation = 1e-6;

/** Mean and standard deviation of rows; a value that never varies keeps its scale. */
export function fitStandardization(rows: readonly Float32Array[], size: number): Standardization {
  const center = new Float64Array(size);
  const scale = new Float64Array(size);
  for (const row of rows) for (let index = 0; index < size; index++) center[index]! += row[index]! / rows.length;
  for (const row of rows) {
    for (let index = 0; index < size; index++) scale[index]! += (row[index]! - center[index]!) ** 2 / rows.length;
  }
  for (let index = 0; index < size; index++) {
    const deviation = Math.sqrt(scale[index]!);
    scale[index] = deviation > leastDeviation * (1 + Math.abs(center[index]!)) ? deviation : 1;
  }
  return { center, scale };
}

/** `Float64Array [size]`: 0 at the centre. */
export function standardizeRow(row: Float32Array, { center, scale }: Standardization): Float64Array {
  return Float64Array.from(row, (value, index) => (value - center[index]!) / scale[index]!);
}

export function copyStandardization({ center, scale }: Standardization): Standardization {
  return { center: center.slice(), scale: scale.slice() };
}

/** Throws `InvalidArgumentError`, which names the field, for what cannot have been fitted. */
export function assertStandardization(name: string, saved: Standardization | undefined, size: number): void {
  for (const field of ['center', 'scale'] as const) {
    const values = saved?.[field];
    const isRight = (value: number): boolean => Number.isFinite(value) && (field === 'center' || value > 0);
    if (!(values instanceof Float64Array && values.length === size && values.every(isRight))) {
      throw new InvalidArgumentError(`${name}.${field}`, `a Float64Array of ${size} numbers`, values);
    }
  }
}
