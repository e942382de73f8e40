import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { assertNotNegative, assertPositive, assertPositiveIntegers } from './number-checks.ts';

const bad = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, '1' as unknown as number];

describe.each([
  ['assertPositiveIntegers', assertPositiveIntegers, [1, 2 ** 53 - 1], [...bad, 0, 0.5, 2 ** 53], 'a positive integer'],
  ['assertPositive', assertPositive, [5e-324, 1e300], [...bad, 0, -0], 'finite and above 0'],
  ['assertNotNegative', assertNotNegative, [0, 5e-324, 1e300], bad, 'finite and at least 0'],
] as const)('%s', (_, assert, right, wrong, expected) => {
  it.each(right)('takes %d', (value) => {
    expect(() => assert({ value })).not.toThrow();
  });

  it.each(wrong)('refuses %o by its name', (value) => {
    expect(() => assert({ right: 1, value })).toThrow(InvalidArgumentError);
    expect(() => assert({ right: 1, value })).toThrow(`Expected value to be ${expected}, received`);
  });
});
