import type { Table } from './bench.ts';
import { renderNumber } from './targets.ts';

/** A table as aligned text: numbers to the right, text to the left. */
export function renderTable({ columns, rows }: Table): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? renderNumber(cell) : cell)));
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const numeric = columns.map((_, index) => rows.length > 0 && rows.every((row) => typeof row[index] === 'number'));
  const renderRow = (row: readonly string[]): string =>
    row
      .map((cell, index) => (numeric[index] ? cell.padStart(widths[index]!) : cell.padEnd(widths[index]!)))
      .join('  ')
      .trimEnd();
  return [renderRow(columns), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(renderRow)].join('\n');
}
