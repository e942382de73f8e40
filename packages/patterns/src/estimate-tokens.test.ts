import { expect, it } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';

it.each([
  ['', 0],
  ['abcd', 1],
  ['abcde', 2],
  ['电影', 2],
  ['看过的电影', 5],
  // 3 quarters, 4 quarters, 4 quarters: 11 of 4.
  ['abc电é', 3],
  ['😀', 2],
])('counts %j as %i', (text, expected) => {
  expect(estimateTokens(text)).toBe(expected);
});
