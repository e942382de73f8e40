import { InvalidArgumentError } from '@rppkit/spec';
import { cleanText } from './clean-text.ts';
import type { Comparison } from './comparison.ts';
import {
  type ComparisonCell,
  pairColumns,
  type RenderComparisonOptions,
  renderComparisonCells,
  renderPairCells,
} from './comparison-cells.ts';
import { describeComparison } from './comparison-notes.ts';

export interface RenderComparisonLatexOptions extends RenderComparisonOptions {
  /** First sentence of the caption, as text: it is escaped. Default none. */
  readonly caption?: string;
  /** Letters, digits, `:`, `-`, `.` and `_`. Default `tab:comparison`. */
  readonly label?: string;
  /** Shrinks a table that is wider than the text with `\\resizebox`, which needs the package `graphicx`. Default false. */
  readonly fit?: boolean;
}

/**
 * A comparison as a LaTeX table: the best mean of a metric is bold, significant wins are superscripts; how it was made
 * stands in the caption. Its first line is a comment that names the packages it needs. With more than two or three metrics
 * it is wider than a text column: pass `intervals: false`, or `fit: true`.
 *
 * Names are escaped; control and format characters in them become blanks. Names with characters beyond Latin-1 (Greek,
 * Chinese, emoji) need lualatex or xelatex, with a font that has them; the comment then says so. Throws `InvalidArgumentError` for wrong options.
 */
export function renderComparisonLatex(
  comparison: Comparison,
  {
    decimals = 3,
    intervals = true,
    pairs = false,
    caption,
    label = 'tab:comparison',
    fit = false,
  }: RenderComparisonLatexOptions = {},
): string {
  assertLabel(label);
  const cells = renderComparisonCells(comparison, decimals, intervals);
  const { metrics, systems } = comparison;
  const titles = metrics.map(
    ({ name, lowerIsBetter }) => `\\textbf{${escapeName(name)}}${lowerIsBetter ? ' $\\downarrow$' : ''}`,
  );
  const notes = [...describeComparison(comparison, intervals), 'Bold: best mean of the column.'];
  const pairTable = (): string[] =>
    renderTabular(
      pairColumns.map((_, column) => (column < 3 ? 'l' : 'r')).join(''),
      pairColumns.map((title) => `\\textbf{${escapeLatex(title)}}`),
      renderPairCells(comparison, decimals).map((row) =>
        row.map((cell, column) => (column < 3 ? escapeName(cell) : renderSigns(escapeLatex(cell)))),
      ),
      fit,
    );
  const lines = [
    '\\begin{table}[ht]',
    '\\centering',
    `\\caption{${[...(caption === undefined ? [] : [caption]), ...notes].map(escapeLatex).join(' ')}}`,
    `\\label{${label}}`,
    '\\par\\medskip',
    ...renderTabular(
      `ll${'r'.repeat(metrics.length)}`,
      ['\\textbf{\\#}', '\\textbf{System}', ...titles],
      systems.map(({ name, letter }, row) => [letter, escapeName(name), ...cells[row]!.map(renderCell)]),
      fit,
    ),
    ...(pairs ? ['\\par\\medskip', ...pairTable()] : []),
    '\\end{table}',
  ].join('\n');
  return `${describeNeeds(lines, fit)}\n${lines}`;
}

function describeNeeds(latex: string, fit: boolean): string {
  const packages = `\\usepackage{booktabs,textcomp${fit ? ',graphicx' : ''}}`;
  const engine = /[^\0-\u00FF]/.test(latex) ? ' Names beyond Latin-1 need lualatex or xelatex.' : '';
  return `% Needs ${packages}.${engine}`;
}

function assertLabel(label: string): void {
  if (/^[\w:.-]+$/.test(label)) return;
  throw new InvalidArgumentError('label', "letters, digits, ':', '-', '.' and '_'", label);
}

function renderTabular(
  columns: string,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  fit: boolean,
): string[] {
  const renderRow = (row: readonly string[]): string => `${row.join(' & ')} \\\\`;
  return [
    // Without the condition a narrow table would be blown up.
    ...(fit ? ['\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%'] : []),
    `\\begin{tabular}{${columns}}`,
    '\\toprule',
    renderRow(titles),
    '\\midrule',
    ...rows.map(renderRow),
    '\\bottomrule',
    `\\end{tabular}${fit ? '}' : ''}`,
  ];
}

function renderCell({ mean, interval, superscript, best }: ComparisonCell): string {
  const raised = superscript === '' ? '' : `$^{${superscript}}$`;
  const ends = interval === '' ? '' : ` {\\footnotesize ${renderSigns(interval)}}`;
  return `${best ? `\\textbf{${renderSigns(mean)}}` : renderSigns(mean)}${raised}${ends}`;
}

/** A minus instead of a hyphen. */
function renderSigns(numbers: string): string {
  return numbers.replaceAll('-', '$-$');
}

const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '`': '\\textasciigrave{}',
  // \\textquotedbl exists in the encoding T1 alone.
  '"': '\\symbol{34}',
  '[': '{[}',
  ']': '{]}',
  // Ligatures.
  '-': '-{}',
  ',': ',{}',
};

/** Prose, in which an apostrophe is a curved one. */
function escapeLatex(text: string): string {
  return cleanText(text).replace(/[\\~^<>|`"[\]]|-(?=-)|,(?=,)|[{}$&#_%]/g, (sign) => commands[sign] ?? `\\${sign}`);
}

/** A name; at the start of a row a bare `*` would be read as part of the `\\` before it. */
function escapeName(name: string): string {
  return escapeLatex(name)
    .replaceAll("'", '\\textquotesingle{}')
    .replace(/^\s*\*/, '{*}');
}
