/** Joint action numbers below 65,536 as base64 of little-endian 16-bit integers. */
export function encodeChoices(choices: readonly number[]): string {
  const bytes = Buffer.alloc(2 * choices.length);
  for (const [index, choice] of choices.entries()) bytes.writeUInt16LE(choice, 2 * index);
  return bytes.toString('base64');
}

/** The inverse of `encodeChoices`. */
export function decodeChoices(text: string): readonly number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readUInt16LE(2 * index));
}
