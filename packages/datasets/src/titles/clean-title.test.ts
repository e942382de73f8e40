import { describe, expect, it } from 'vitest';
import { cleanTitle, splitMovielensTitle } from './clean-title.ts';

describe('cleanTitle', () => {
  it('removes control characters, trims and joins blanks', () => {
    expect(cleanTitle(' A\u0007 \tB\r\nC  D ')).toBe('A B C D');
    expect(cleanTitle('A\u202eB\u2028C\u00a0 D\ufeff')).toBe('A B C D');
    expect(cleanTitle('Family 👨\u200d👩\u200d👧')).toBe('Family 👨\u200d👩\u200d👧');
  });

  it('decodes HTML entities once, and only with their semicolon', () => {
    expect(cleanTitle('Cup &amp; Saucer &quot;Q&#39;&nbsp;&amp;lt; &reg; R&D &copy')).toBe(
      'Cup & Saucer "Q\' &lt; ® R&D &copy',
    );
    expect(cleanTitle('Cup &amp; Saucer', { decodeEntities: false })).toBe('Cup &amp; Saucer');
  });

  it('moves a trailing article to the front unless asked not to', () => {
    expect(cleanTitle('Harbour Lights, The')).toBe('The Harbour Lights');
    expect(cleanTitle('Harbour Lights, The', { moveArticles: false })).toBe('Harbour Lights, The');
    expect(cleanTitle('Tea, A Love Story')).toBe('Tea, A Love Story');
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
