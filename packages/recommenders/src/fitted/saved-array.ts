import { InvalidArgumentError } from '@rppkit/spec';

/** Arrays that models are made of. */
export type ModelArray = Float32Array | Int32Array;

/** JSON form of an array: its numbers little-endian in base64. */
export interface SavedArray {
  readonly type: 'float32' | 'int32';
  readonly length: number;
  readonly base64: string;
}

/** Characters are joined in parts: a call takes only so many arguments. */
const partLength = 0x2000;
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** JSON form of an array; shares no memory with it. */
export function saveArray(array: ModelArray): SavedArray {
  const bytes = new Uint8Array(array.byteLength);
  bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  toLittleEndian(bytes);
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += partLength) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + partLength)));
  }
  const type = array instanceof Float32Array ? 'float32' : 'int32';
  return { type, length: array.length, base64: btoa(parts.join('')) };
}

/** Reads what `saveArray` wrote. Throws `InvalidArgumentError`, which names the field, for anything else. */
export function loadArray(field: string, saved: SavedArray, type: 'float32'): Float32Array;
export function loadArray(field: string, saved: SavedArray, type: 'int32'): Int32Array;
export function loadArray(field: string, saved: SavedArray, type: SavedArray['type']): ModelArray {
  if (typeof saved !== 'object' || saved === null || saved.type !== type || !Number.isSafeInteger(saved.length)) {
    throw new InvalidArgumentError(field, `a saved array of ${type}`, saved, 'Was the file cut or edited?');
  }
  const bytes = decodeBase64(saved.base64);
  if (bytes?.length !== 4 * saved.length) {
    const expected = `${saved.length} ${type} numbers in base64`;
    throw new InvalidArgumentError(field, expected, saved.base64, 'Was the file cut or edited?');
  }
  const { buffer } = toLittleEndian(bytes);
  if (type === 'int32') return new Int32Array(buffer);
  const values = new Float32Array(buffer);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new InvalidArgumentError(`${field}[${bad}]`, 'finite', values[bad]);
  return values;
}

/** Bytes of this machine's numbers to bytes of little-endian ones, and back. */
function toLittleEndian(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (!isLittleEndian) for (let start = 0; start < bytes.length; start += 4) bytes.subarray(start, start + 4).reverse();
  return bytes;
}

function decodeBase64(text: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof text !== 'string') return undefined;
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
