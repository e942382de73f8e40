// Powers of ten that a double holds exactly.
const powers: readonly number[] = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * The number written in `bytes[start]` to `bytes[end - 1]` as in JSON and beyond (`3`, `-0.5`, `.5`, `1e9`), correctly
 * rounded like `Number`; NaN where the bytes are no finite decimal number. Blanks around it are passed over.
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const negative = bytes[at] === 0x2d;
  if (negative) at++;
  // Up to 15 digits are exact in a double, and its quotient by an exact power of ten is correctly rounded.
  const lastExact = at + 16;
  // Nine digits fit into an integer of 32 bits, whose arithmetic is faster.
  const lastInteger = Math.min(end, at + 9);
  let integer = 0;
  let digits = 0;
  for (; at < lastInteger; at++, digits++) {
    const digit = bytes[at]! - 0x30;
    if (digit < 0 || digit > 9) break;
    integer = (Math.imul(integer, 10) + digit) | 0;
  }
  let pointAt = -1;
  let mantissa = integer;
  for (; at < end && at < lastExact; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit >= 0 && digit <= 9) {
      mantissa = 10 * mantissa + digit;
      digits++;
    } else if (bytes[at] === 0x2e && pointAt === -1) {
      pointAt = at;
    } else {
      break;
    }
  }
  if (at < end || digits === 0 || digits > 15) return parseAnyNumber(bytes, start, end);
  const value = pointAt === -1 ? mantissa : mantissa / powers[end - pointAt - 1]!;
  return negative ? -value : value;
}

const decimal = /^ *[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)? *$/;

function parseAnyNumber(bytes: Uint8Array, start: number, end: number): number {
  // A longer field is no number that anyone wrote on purpose.
  if (end - start > 400) return Number.NaN;
  const text = String.fromCharCode(...bytes.subarray(start, end));
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}
