import { describe, expect, it } from 'vitest';
import { computeSentences, joinWrappedLines } from './sentences.ts';
import { computeTokens } from './tokens.ts';

const split = (text: string): string[] => {
  const tokens = computeTokens(text);
  return computeSentences(tokens).map(({ start, end, line }) => `${line}: ${tokens.slice(start, end).join(' ')}`);
};

describe('computeSentences', () => {
  it('ends them at marks and lines', () => {
    expect(split('Think. Be brief!\nWhy? 请简短。好！')).toEqual([
      '0: think',
      '0: be brief',
      '1: why',
      '1: 请 简 短',
      '1: 好',
    ]);
    expect(split('...\n\n')).toEqual([]);
  });
});

describe('joinWrappedLines', () => {
  it.each([
    ['Rank the candidates by\nmy taste.', 'Rank the candidates by my taste.'],
    ['Rank them,\nplease.', 'Rank them, please.'],
    ['Rank them\nBe brief', 'Rank them\nBe brief'],
    ['Rank them.\nbe brief', 'Rank them.\nbe brief'],
    ['Rank them\n\nbe brief', 'Rank them\n\nbe brief'],
    ['请根据我看过的所有电影来给候选影片\n排出先后', '请根据我看过的所有电影来给候选影片 排出先后'],
    ['请简短\n请排序', '请简短\n请排序'],
    ['One line', 'One line'],
  ])('%j', (text, expected) => {
    expect(joinWrappedLines(text)).toBe(expected);
  });
});
