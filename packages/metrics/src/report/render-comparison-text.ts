import type { Comparison } from './comparison.ts';
import {
  type ComparisonCell,
  pairColumns,
  type RenderComparisonOptions,
  renderComparisonCells,
  renderPairCells,
} from './comparison-cells.ts';
import { describeComparison } from './comparison-notes.ts';
import { type ColumnAlignment, renderTable } from './render-table.ts';
import { wrapText } from './wrap-text.ts';

export interface RenderComparisonTextOptions extends RenderComparisonOptions {
  /** Columns of the terminal, at least 20, default 80. */
  readonly maxWidth?: number;
}

/**
 * A comparison for the terminal: a row a system, its letter first, superscripts such as `0.543ᵃᶜ` for significant wins, then
 * how it was made. Control characters in names become blanks. Throws `InvalidArgumentError` for wrong options.
 */
export function renderComparisonText(
  comparison: Comparison,
  { decimals = 3, intervals = true, pairs = false, maxWidth = 80 }: RenderComparisonTextOptions = {},
): string {
  const cells = renderComparisonCells(comparison, decimals, intervals);
  const { metrics, systems } = comparison;
  const widths = metrics.map((_, column) => Math.max(...cells.map((row) => row[column]!.superscript.length)));
  const table = renderTable(
    {
      columns: ['', 'system', ...metrics.map(({ name, lowerIsBetter }) => (lowerIsBetter ? `${name} ↓` : name))],
      rows: systems.map(({ name, letter }, row) => [
        letter,
        name,
        ...cells[row]!.map((cell, column) => renderCell(cell, widths[column]!)),
      ]),
      alignment: ['left', 'left', ...metrics.map((): ColumnAlignment => 'right')],
    },
    { maxWidth },
  );
  const pairTable = (): string =>
    renderTable(
      {
        columns: pairColumns,
        rows: renderPairCells(comparison, decimals),
        alignment: pairColumns.map((_, column) => (column < 3 ? 'left' : 'right')),
      },
      { maxWidth },
    );
  const notes = describeComparison(comparison, intervals).flatMap((note) => wrapText(note, maxWidth));
  return [table, ...(pairs ? [pairTable()] : []), notes.join('\n')].join('\n\n');
}

const plainLetters = 'abcdefghijklmnoprstuvwxyz';
const raisedLetters = 'ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ';

/** Superscripts are padded, so that the digits of a column stand below each other. */
function renderCell({ mean, interval, superscript }: ComparisonCell, width: number): string {
  const raised = [...superscript].map((letter) => raisedLetters[plainLetters.indexOf(letter)]!).join('');
  const padded = raised.padEnd(width);
  return interval === '' ? mean + padded : `${mean}${padded} ${interval}`;
}
