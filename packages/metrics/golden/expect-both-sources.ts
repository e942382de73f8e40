import { expect } from 'vitest';

/** What a golden file holds beside its cases: for each key the names of its two sources. */
export type GoldenSources = Readonly<Record<string, readonly string[]>>;

/**
 * Expects our values to equal both values of each golden entry, and the file to name two sources for it. Numbers agree to
 * 1e-9, relative and absolute, with 1e-12 as the least tolerance; texts and whole structures must be the same.
 */
export function expectBothSources(
  ours: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, readonly unknown[]>>,
  sources: GoldenSources,
): void {
  expect(Object.keys(ours).sort()).toEqual(Object.keys(expected).sort());
  for (const [key, pair] of Object.entries(expected)) {
    expect(new Set(sources[key]).size, `sources of ${key}`).toBe(2);
    expect(pair, key).toHaveLength(2);
    pair.forEach((value, source) => {
      expectSame(ours[key], value, `${key}, ${sources[key]![source]}`);
    });
  }
}

function expectSame(ours: unknown, value: unknown, label: string): void {
  if (typeof value === 'number') {
    const tolerance = Math.max(1e-12, 1e-9 * Math.min(1, Math.abs(value)));
    expect(ours, label).toBeTypeOf('number');
    expect(Math.abs(Number(ours) - value), label).toBeLessThanOrEqual(tolerance);
    return;
  }
  if (value === null || typeof value !== 'object') {
    expect(ours, label).toBe(value);
    return;
  }
  expect(Object.keys(ours as object), label).toEqual(Object.keys(value));
  for (const [key, entry] of Object.entries(value)) {
    expectSame((ours as Readonly<Record<string, unknown>>)[key], entry, `${label}, ${key}`);
  }
}
