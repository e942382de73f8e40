import { describe, expect, it } from 'vitest';
import { readTitle } from './read-title.ts';

const known = new Set(['Heat', 'Heat (1995)', 'Her', 'Alien: Covenant', 'Alien', '活着']);
const isKnown = (title: string): boolean => known.has(title);

describe('readTitle', () => {
  it.each([
    ['Heat', 'Heat'],
    ['Heat (1995) (rated 4; a day earlier)', 'Heat (1995)'],
    ['Heat (rated 4)', 'Heat'],
    ['Alien: Covenant - 4 stars', 'Alien: Covenant'],
    ['Alien: the first one', 'Alien'],
    ['"Her"', 'Her'],
    ['《活着》（评分 4）', '活着'],
    ['**Heat**', 'Heat'],
    ['“Her” | Drama | 2013', 'Her'],
  ])('finds the known title in %s', (entry, title) => {
    expect(readTitle(entry, isKnown)).toBe(title);
  });

  it.each([
    ['The Bell (1990)', 'The Bell (1990)'],
    ['The Bell (rated 3.5; a day earlier)', 'The Bell'],
    ['The Bell (1990) (tags: a, b)', 'The Bell (1990)'],
    ['钟（评分 3.5；比上一条早 1 天）', '钟'],
    ['钟（上）', '钟（上）'],
    ['Bell, Book and Candle', 'Bell, Book and Candle'],
    ['《钟》', '钟'],
    ['"A" and "B"', '"A" and "B"'],
    ['(500) Days', '(500) Days'],
  ])('takes off what has the form of details: %s', (entry, title) => {
    expect(readTitle(entry, isKnown)).toBe(title);
  });

  it('leaves entries alone that are too long for a title', () => {
    const entry = `Heat (${'x'.repeat(500)})`;
    expect(readTitle(entry, isKnown)).toBe(entry);
  });
});
