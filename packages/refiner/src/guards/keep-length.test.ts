import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createOwnRewrite, getFinding } from './find-expression.fixture.ts';
import { computeMaximumLength, createKeepLengthGuard } from './keep-length.ts';

describe('computeMaximumLength', () => {
  it.each([
    [{}, 10, 56],
    [{}, 7, 52],
    [{}, 0, 40],
    [{}, 100_000, 10_000],
    [{ maximumLength: 20 }, 10, 20],
    [{ maximumTokens: 5 }, 40, 20],
    [{ maximumTokens: 500, maximumLength: 30 }, 40, 30],
  ])('%j for a parent of %i characters is %i', (options, length, expected) => {
    expect(computeMaximumLength({ template: 'a'.repeat(length) }, options)).toBe(expected);
  });

  it('counts a Chinese character as a token', () => {
    expect(computeMaximumLength({ template: '请排列候选电影' }, { maximumTokens: 12 })).toBe(12);
  });
});

describe('keep-length', () => {
  it.each([
    [{}, 56, 'passed'],
    [{}, 57, 'length'],
    [{ maximumLength: 5 }, 5, 'passed'],
    [{ maximumLength: 5 }, 6, 'length'],
    [{ maximumTokens: 5 }, 20, 'passed'],
    [{ maximumTokens: 5 }, 21, 'length'],
  ])('%j: %i characters for 10 are %s', (options, length, finding) => {
    const rewrite = createOwnRewrite('a'.repeat(10), 'b'.repeat(length));
    expect(getFinding(createKeepLengthGuard(options).check(rewrite))).toBe(finding);
  });

  it('throws for limits that are none', () => {
    for (const value of [0, -1, 1.5, Number.NaN, 10_001]) {
      expect(() => createKeepLengthGuard({ maximumLength: value })).toThrow(InvalidArgumentError);
    }
    expect(() => createKeepLengthGuard({ maximumTokens: 0 })).toThrow(InvalidArgumentError);
  });
});
