import { expect, it } from 'vitest';
import { renderTable } from './render-table.ts';

it('aligns numbers to the right and text to the left', () => {
  const table = {
    columns: ['what', 'n', 'note'],
    rows: [
      ['long name', 1234.56789, 'x'],
      ['b', 0.00012346, ''],
    ] as const,
  };
  expect(renderTable(table).split('\n')).toEqual([
    'what               n  note',
    '---------  ---------  ----',
    'long name       1235  x',
    'b          0.0001235',
  ]);
});
