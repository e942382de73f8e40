import { computeDisplayWidth } from './display-width.ts';
import { renderTable, type Table } from './render-table.ts';

/**
 * A table for the terminal in as many blocks as it takes to fit `maxWidth`, a blank line between them. Every block begins
 * with the first `keys` columns and holds at least one other; a block is wider only where one column does not fit.
 */
export function renderWideTable(table: Required<Table>, keys: number, maxWidth: number): string {
  const blocks: string[] = [];
  for (let start = keys, end = keys; start < table.columns.length; start = end) {
    let block = renderTable(selectColumns(table, keys, start, ++end), { maxWidth });
    for (; end < table.columns.length; end++) {
      const wider = renderTable(selectColumns(table, keys, start, end + 1), { maxWidth });
      if (Math.max(...wider.split('\n').map(computeDisplayWidth)) > maxWidth) break;
      block = wider;
    }
    blocks.push(block);
  }
  return blocks.join('\n\n');
}

function selectColumns({ columns, rows, alignment }: Required<Table>, keys: number, start: number, end: number): Table {
  const select = <Cell>(cells: readonly Cell[]): Cell[] => [...cells.slice(0, keys), ...cells.slice(start, end)];
  return {
    columns: select(columns),
    rows: rows.map((row) => select(row)),
    alignment: select(alignment),
  };
}
