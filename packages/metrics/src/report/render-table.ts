import { InvalidArgumentError } from '@rppkit/spec';
import { cleanText } from './clean-text.ts';
import { computeDisplayWidth } from './display-width.ts';
import { wrapText } from './wrap-text.ts';

export type ColumnAlignment = 'left' | 'right';

/** A table of texts. */
export interface Table {
  /** Column titles, at least one. */
  readonly columns: readonly string[];
  /** One cell for each column. */
  readonly rows: readonly (readonly string[])[];
  /**
   * One entry for each column. Default: right for columns of numbers without units (cells such as `0.5 ±0.1`,
   * `[.1, .2]`, `1,200`, `12 %`, with `-` or nothing where a number is missing), else left.
   */
  readonly alignment?: readonly ColumnAlignment[];
}

export interface RenderTableOptions {
  /** `text` for terminals, `markdown` for a GitHub-flavoured table. Default `text`. */
  readonly format?: 'text' | 'markdown';
  /** Columns of the terminal, at least 20, default 80. `text` alone uses it; a table that cannot be made to fit is wider. */
  readonly maxWidth?: number;
}

/**
 * Writes a table without colour and without a final line break. To fit `maxWidth`, titles and left-aligned cells wrap at
 * blanks; right-aligned cells, the numbers, never do. In `text` a line break in a cell stays one; control characters and
 * invisible format characters become blanks; in `markdown` a line break becomes `<br>` and `|` is escaped.
 * Throws `InvalidArgumentError` for no column, or rows or alignment of another length than `columns`.
 */
export function renderTable(table: Table, { format = 'text', maxWidth = 80 }: RenderTableOptions = {}): string {
  assertTable(table);
  if (!Number.isInteger(maxWidth) || maxWidth < 20) {
    throw new InvalidArgumentError('maxWidth', 'an integer, at least 20', maxWidth);
  }
  const clean = (cell: string): string =>
    cell
      .split(/\r\n?|\n/)
      .map(cleanText)
      .join('\n');
  const columns = table.columns.map(clean);
  const rows = table.rows.map((row) => row.map(clean));
  const alignment = table.alignment ?? columns.map((_, column) => detectAlignment(rows.map((row) => row[column]!)));
  if (format === 'text') return renderText(columns, rows, alignment, maxWidth);
  if (format === 'markdown') return renderMarkdown(columns, rows, alignment);
  throw new InvalidArgumentError('format', "'text' or 'markdown'", format);
}

function assertTable({ columns, rows, alignment }: Table): void {
  if (columns.length === 0) throw new InvalidArgumentError('columns', 'at least one title', columns);
  rows.forEach((row, index) => {
    if (row.length !== columns.length) {
      throw new InvalidArgumentError(`rows[${index}].length`, `${columns.length}, one cell a column`, row.length);
    }
  });
  if (alignment !== undefined && alignment.length !== columns.length) {
    throw new InvalidArgumentError('alignment.length', `${columns.length}, one entry a column`, alignment.length);
  }
}

function detectAlignment(cells: readonly string[]): ColumnAlignment {
  // Digits and the signs that stand around them; the placeholders '' and '-' pass too, but make no column of numbers.
  const numeric = cells.every((cell) => /^[\d\s.,'eE±+−–—<>≤≥~()[\]%*-]*$/u.test(cell));
  return numeric && cells.some((cell) => /\d/.test(cell)) ? 'right' : 'left';
}

function renderMarkdown(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  alignment: readonly ColumnAlignment[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const escapeCell = (cell: string): string =>
    cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', '<br>');
  const rule = alignment.map((side) => (side === 'right' ? '---:' : '---'));
  return [columns.map(escapeCell), rule, ...rows.map((row) => row.map(escapeCell))].map(line).join('\n');
}

const gap = '  ';

function renderText(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  alignment: readonly ColumnAlignment[],
  maxWidth: number,
): string {
  const widths = fitWidths(columns, rows, alignment, maxWidth);
  const renderRow = (cells: readonly string[]): string[] => {
    const wrapped = cells.map((cell, column) => wrapText(cell, widths[column]!));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      wrapped
        .map((lines, column) => pad(lines[line] ?? '', widths[column]!, alignment[column]!))
        .join(gap)
        .trimEnd(),
    );
  };
  const rule = widths.map((width) => '-'.repeat(width)).join(gap);
  return [...renderRow(columns), rule, ...rows.flatMap(renderRow)].join('\n');
}

function pad(text: string, width: number, side: ColumnAlignment): string {
  const blanks = ' '.repeat(Math.max(0, width - computeDisplayWidth(text)));
  return side === 'right' ? blanks + text : text + blanks;
}

/**
 * Takes one terminal column at a time from the widest column until the table fits: first from titles that are wider than
 * what stands under them, then from cells, and never below the longest word.
 */
function fitWidths(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  alignment: readonly ColumnAlignment[],
  maxWidth: number,
): number[] {
  const titles = columns.map((title) => computeTextWidth([title], /\n/));
  const titleWords = columns.map((title) => computeTextWidth([title], /\s/));
  const cells = columns.map((_, column) => rows.map((row) => row[column]!));
  const bodies = cells.map((texts) => computeTextWidth(texts, /\n/));
  const narrowBodies = cells.map((texts, column) =>
    alignment[column] === 'right' ? bodies[column]! : computeTextWidth(texts, /\s/),
  );
  const widths = titles.map((title, column) => Math.max(title, bodies[column]!));
  let excess = widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1) - maxWidth;
  for (const floors of [bodies, narrowBodies]) {
    for (; excess > 0; excess--) {
      let widest = -1;
      widths.forEach((width, column) => {
        const canShrink = width > Math.max(floors[column]!, titleWords[column]!);
        if (canShrink && (widest < 0 || width > widths[widest]!)) widest = column;
      });
      if (widest < 0) break;
      widths[widest]!--;
    }
  }
  return widths;
}

/** The widest part of any of the texts between separators, in terminal columns. */
function computeTextWidth(texts: readonly string[], separator: RegExp): number {
  return Math.max(0, ...texts.flatMap((text) => text.split(separator)).map(computeDisplayWidth));
}
