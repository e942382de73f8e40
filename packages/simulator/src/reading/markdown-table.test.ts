import { describe, expect, it } from 'vitest';
import { readMarkdownTable } from './markdown-table.ts';

const read = (text: string): ReturnType<typeof readMarkdownTable> =>
  readMarkdownTable(text.split('\n'), 0, (title) => title === 'Heat');

describe('readMarkdownTable', () => {
  it('finds the titles by what is known, by the name of the column, or where words stand', () => {
    expect(read('| id | what |\n|---|:-:|\n| 1 | Heat |\n| 2 | Up |\n\nRank.')).toEqual({
      heading: 'what',
      labels: ['1', '2'],
      entries: ['Heat', 'Up'],
      lines: 4,
    });
    expect(read('| year | Movie |\n| --- | --- |\n| 1990 | A |')).toMatchObject({ heading: 'Movie', entries: ['A'] });
    expect(read('| no | what |\n|-|-|\n| 1 | One of them |')).toMatchObject({
      heading: 'what',
      entries: ['One of them'],
    });
  });

  it('numbers the rows where no other column can', () => {
    expect(read('| Title | Genre |\n|---|---|\n| A | Drama, Crime |\n| B |')).toMatchObject({ labels: ['1', '2'] });
  });

  it.each(['| a | b |', '| a |\n| b |', '| a |\n|---|', 'a | b\n---|---', '| 1 |\n|---|\n| 2 |'])(
    'finds none in %j',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );
});
