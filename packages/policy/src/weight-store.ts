import { InvalidArgumentError } from '@rppkit/spec';

/** Collects arrays into one. Both ways to add one give its offset, in floats, and throw where it has another length. */
export interface WeightStore {
  /** Appends an array. */
  store(argument: string, values: Float32Array, length: number): number;
  /** Appends an array, unless an equal one was shared before. */
  share(argument: string, values: Float32Array, length: number): number;
  /** All arrays, one behind the other. */
  concat(): Float32Array;
}

/** Creates an empty store; `argument` of its methods names the array in errors. */
export function createWeightStore(): WeightStore {
  const parts: Float32Array[] = [];
  const shared: { readonly offset: number; readonly values: Float32Array }[] = [];
  let total = 0;
  const store = (argument: string, values: Float32Array, length: number): number => {
    if (values.length !== length)
      throw new InvalidArgumentError(argument, `a Float32Array of length ${length}`, values);
    const offset = total;
    parts.push(values);
    total += length;
    return offset;
  };
  return {
    store,
    share(argument, values, length) {
      const known = shared.find((one) => isEqual(one.values, values));
      if (known !== undefined && values.length === length) return known.offset;
      const offset = store(argument, values, length);
      shared.push({ offset, values });
      return offset;
    },
    concat() {
      const weights = new Float32Array(total);
      let offset = 0;
      for (const part of parts) {
        weights.set(part, offset);
        offset += part.length;
      }
      return weights;
    },
  };
}

function isEqual(left: Float32Array, right: Float32Array): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}
