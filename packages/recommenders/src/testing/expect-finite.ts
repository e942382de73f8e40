import { expect } from 'vitest';

/** Fails with the numbers that are not finite. */
export function expectFinite(values: Float32Array, what: string): void {
  expect(
    [...values].filter((value) => !Number.isFinite(value)),
    `numbers that are not finite: ${what}`,
  ).toEqual([]);
}
