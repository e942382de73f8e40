import { ok, strictEqual } from 'node:assert/strict';

/**
 * Throws unless both hold equally many numbers, none of which differ by more than `tolerance` times the larger of 1 and the
 * expected number; NaN equals NaN alone.
 */
export function expectClose(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  name = 'values',
): void {
  strictEqual(found.length, expected.length, `${name}: ${found.length} numbers, expected ${expected.length}`);
  for (let index = 0; index < expected.length; index++) {
    if (Object.is(found[index], expected[index])) continue;
    const limit = tolerance * Math.max(1, Math.abs(expected[index]!));
    ok(
      Math.abs(found[index]! - expected[index]!) <= limit,
      `${name}[${index}]: ${found[index]}, expected ${expected[index]} within ${limit}`,
    );
  }
}
