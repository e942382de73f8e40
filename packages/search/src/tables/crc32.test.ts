import { expect, it } from 'vitest';
import { computeCrc32 } from './crc32.ts';

it('gives the check value of CRC-32, and those of zlib', () => {
  // 0xCBF43926 is the check value that every catalogue of CRCs names; the others are zlib.crc32 of Python.
  expect(computeCrc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(computeCrc32(new Uint8Array(0))).toBe(0);
  expect(computeCrc32(Uint8Array.of(0, 255, 128))).toBe(0x81dda740);
});
