import type { Comparison } from './comparison.ts';
import {
  type ComparisonCell,
  pairColumns,
  type RenderComparisonOptions,
  renderComparisonCells,
  renderPairCells,
} from './comparison-cells.ts';
import { describeComparison } from './comparison-notes.ts';
import type { ColumnAlignment } from './render-table.ts';
import { renderWideTable } from './render-wide-table.ts';
import { wrapText } from './wrap-text.ts';

export interface RenderComparisonTextOptions extends RenderComparisonOptions {
  /** Columns of the terminal, at least 20, default 80. */
  readonly maxWidth?: number;
}

/**
 * A comparison for the terminal: a row a system, its letter first, `*` for the best mean and superscripts such as
 * `0.543ᵃᶜ` for significant wins, then how it was made. Metrics that do not fit `maxWidth` beside each other stand in
 * blocks below each other. Control and format characters in names become blanks.
 * Throws `InvalidArgumentError` for wrong options.
 */
export function renderComparisonText(
  comparison: Comparison,
  { decimals = 3, intervals = true, pairs = false, maxWidth = 80 }: RenderComparisonTextOptions = {},
): string {
  const cells = renderComparisonCells(comparison, decimals, intervals);
  const { metrics, systems } = comparison;
  const widths = metrics.map((_, column) => Math.max(...cells.map((row) => renderMarks(row[column]!).length)));
  const table = renderWideTable(
    {
      columns: ['', 'system', ...metrics.map(({ name, lowerIsBetter }) => (lowerIsBetter ? `${name} ↓` : name))],
      rows: systems.map(({ name, letter }, row) => [
        letter,
        name,
        ...cells[row]!.map((cell, column) => renderCell(cell, widths[column]!)),
      ]),
      alignment: ['left', 'left', ...metrics.map((): ColumnAlignment => 'right')],
    },
    2,
    maxWidth,
  );
  const pairTable = (): string =>
    renderWideTable(
      {
        columns: pairColumns,
        rows: renderPairCells(comparison, decimals),
        alignment: pairColumns.map((_, column) => (column < 3 ? 'left' : 'right')),
      },
      3,
      maxWidth,
    );
  const notes = [...describeComparison(comparison, intervals), '*: best mean of the column.'];
  const wrapped = notes.flatMap((note) => wrapText(note, maxWidth));
  return [table, ...(pairs ? [pairTable()] : []), wrapped.join('\n')].join('\n\n');
}

const plainLetters = 'abcdefghijklmnoprstuvwxyz';
const raisedLetters = 'ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ';

function renderMarks({ superscript, best }: ComparisonCell): string {
  const raised = [...superscript].map((letter) => raisedLetters[plainLetters.indexOf(letter)]!).join('');
  return (best ? '*' : '') + raised;
}

/** Marks are padded to `width`, so that the digits of a column stand below each other. */
function renderCell(cell: ComparisonCell, width: number): string {
  const mean = cell.mean + renderMarks(cell).padEnd(width);
  return cell.interval === '' ? mean : `${mean} ${cell.interval}`;
}
