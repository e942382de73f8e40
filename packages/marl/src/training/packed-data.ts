import { InvalidArgumentError } from '@rppkit/spec';

/**
 * Plain data as JSON and bytes. The JSON stands for the data as they are, except that a typed array is
 * `{ "$array": [type, first byte, length] }`, numbers that JSON does not know are `{ "$number": "NaN" }` (also `-0`,
 * `Infinity` and `-Infinity`), `undefined` is `{ "$undefined": true }`, and keys that begin with `$` get one more.
 */
export interface PackedData {
  readonly json: string;
  /** The typed arrays one after the other, little-endian. */
  readonly bytes: Uint8Array;
}

const arrayTypes = {
  Float32Array,
  Float64Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
} as const;

type ArrayType = keyof typeof arrayTypes;
type NumberArray = InstanceType<(typeof arrayTypes)[ArrayType]>;

/**
 * Packs texts, numbers, booleans, null, undefined, typed arrays of numbers, and arrays and plain objects of these, nested
 * at will. Throws `InvalidArgumentError` for anything else, with the path to it.
 */
export function packData(data: unknown, argument: string): PackedData {
  const parts: NumberArray[] = [];
  let length = 0;
  const pack = (value: unknown, path: string): unknown => {
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
    if (value === undefined) return { $undefined: true };
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : nameNumber(value);
    if (Array.isArray(value)) return Array.from(value, (item, index) => pack(item, `${path}[${index}]`));
    if (isNumberArray(value)) {
      const start = length;
      parts.push(value);
      length += value.byteLength;
      return { $array: [readArrayType(value), start, value.length] };
    }
    if (!isPlainObject(value)) {
      throw new InvalidArgumentError(path, 'plain data: texts, numbers, typed arrays, arrays and plain objects', value);
    }
    const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
      key.startsWith('$') ? `$${key}` : key,
      pack(item, `${path}.${key}`),
    ]);
    return Object.fromEntries(entries);
  };
  const json = JSON.stringify(pack(data, argument));
  const bytes = new Uint8Array(length);
  let start = 0;
  for (const part of parts) {
    writeArray(part, new DataView(bytes.buffer, start, part.byteLength));
    start += part.byteLength;
  }
  return { json, bytes };
}

/** Reads what `packData` wrote. Throws `SyntaxError` where it is anything else. */
export function unpackData({ json, bytes }: PackedData): unknown {
  const unpack = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(unpack);
    const marked = value as { readonly $array?: unknown; readonly $number?: unknown; readonly $undefined?: unknown };
    if (marked.$undefined !== undefined) return undefined;
    if (marked.$number !== undefined) return readNumber(marked.$number);
    if (marked.$array !== undefined) return readArray(marked.$array, bytes);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key.startsWith('$') ? key.slice(1) : key, unpack(item)]),
    );
  };
  return unpack(JSON.parse(json));
}

function nameNumber(value: number): { readonly $number: string } {
  return { $number: Object.is(value, -0) ? '-0' : String(value) };
}

function readNumber(name: unknown): number {
  if (name !== 'NaN' && name !== '-0' && name !== 'Infinity' && name !== '-Infinity')
    throw new SyntaxError(`Unknown number ${String(name)}`);
  return Number(name);
}

function readArray(entry: unknown, bytes: Uint8Array): NumberArray {
  if (!Array.isArray(entry)) throw new SyntaxError('An array that is no array');
  const [type, start, length] = entry as unknown as readonly [ArrayType?, number?, number?];
  if (type === undefined || !Object.hasOwn(arrayTypes, type)) throw new SyntaxError(`Unknown array type ${type}`);
  if (!(isCount(start) && isCount(length))) throw new SyntaxError('An array at no place');
  const size = length * arrayTypes[type].BYTES_PER_ELEMENT;
  if (start + size > bytes.length) throw new SyntaxError('An array outside the data');
  const values = new arrayTypes[type](length);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, size);
  const read = view[`get${nameElement(type)}`] as DataView['getFloat32'];
  for (let index = 0; index < length; index++)
    values[index] = read.call(view, index * values.BYTES_PER_ELEMENT, littleEndian);
  return values;
}

function writeArray(values: NumberArray, view: DataView): void {
  const write = view[`set${nameElement(readArrayType(values))}`] as DataView['setFloat32'];
  for (let index = 0; index < values.length; index++)
    write.call(view, index * values.BYTES_PER_ELEMENT, values[index]!, littleEndian);
}

const littleEndian = true;

/** As in the names of `DataView`'s methods. */
function nameElement(
  type: ArrayType,
): 'Float32' | 'Float64' | 'Int8' | 'Uint8' | 'Int16' | 'Uint16' | 'Int32' | 'Uint32' {
  return type === 'Uint8ClampedArray' ? 'Uint8' : (type.slice(0, -'Array'.length) as 'Float32');
}

function isCount(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && value! >= 0;
}

/** Also for arrays of another realm, where `instanceof` fails. */
function isNumberArray(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value) && Object.hasOwn(arrayTypes, readArrayType(value as NumberArray));
}

function readArrayType(value: NumberArray): ArrayType {
  return value[Symbol.toStringTag];
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
