import { InvalidArgumentError } from '@rppkit/spec';

/** Characters are joined in parts: a call takes only so many arguments. */
const partLength = 0x2000;

/** The bytes of the floats, little-endian on every machine, as base64 text. */
export function encodeFloat32Base64(values: Float32Array): string {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < values.length; index++) view.setFloat32(4 * index, values[index]!, true);
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += partLength) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + partLength)));
  }
  return btoa(parts.join(''));
}

/**
 * Reads what `encodeFloat32Base64` wrote. Throws `InvalidArgumentError`, which names `field`, for anything else: other
 * text, not `length` floats, or floats that are not finite.
 */
export function decodeFloat32Base64(field: string, text: unknown, length: number): Float32Array {
  const bytes = typeof text === 'string' ? decodeBase64(text) : undefined;
  if (bytes?.length !== 4 * length) {
    throw new InvalidArgumentError(field, `${length} 32-bit floats in base64`, text, 'Was the file cut or edited?');
  }
  const view = new DataView(bytes.buffer);
  const values = new Float32Array(length);
  for (let index = 0; index < length; index++) values[index] = view.getFloat32(4 * index, true);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new InvalidArgumentError(`${field}, float ${bad},`, 'finite', values[bad]);
  return values;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
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
