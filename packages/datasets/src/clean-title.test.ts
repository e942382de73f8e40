import { describe, expect, it } from 'vitest';
import { cleanTitle, splitMovielensTitle } from './clean-title.ts';

describe('cleanTitle', () => {
  it('removes control characters, trims and joins blanks', () => {
    expect(cleanTitle(' A\u0007 \tB\r\nC  D ')).toBe('A B C D');
  });
});

describe('splitMovielensTitle', () => {
  it.each([
    ['Harbour Lights, The (1995)', 'The Harbour Lights', '1995'],
    ['Quiet Place, A (1988)', 'A Quiet Place', '1988'],
    ['Old Song, An (1970)', 'An Old Song', '1970'],
    ['Bread, Wine, The (1970)', 'The Bread, Wine', '1970'],
    ['Grey Tower, The (Graue Turm, Der) (1930)', 'The Grey Tower (Graue Turm, Der)', '1930'],
    ['Tour grise, La (Grey Tower, The) (1930)', 'Tour grise, La (Grey Tower, The)', '1930'],
    ['Ocean, There (1991)', 'Ocean, There', '1991'],
    ['Sequel III (1995) (V)', 'Sequel III', '1995'],
    ['Broadcast (1995) (TV)', 'Broadcast', '1995'],
    ['Trailing Blank (1986) ', 'Trailing Blank', '1986'],
    ['2010 (1984)', '2010', '1984'],
    ['unknown', 'unknown', undefined],
  ])('splits %j', (text, title, year) => {
    expect(splitMovielensTitle(text)).toEqual(year === undefined ? { title } : { title, year });
  });

  it('leaves articles where they are when asked to', () => {
    expect(splitMovielensTitle('Harbour Lights, The (1995)', { moveArticles: false }).title).toBe(
      'Harbour Lights, The',
    );
  });
});
