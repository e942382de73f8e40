import { InvalidArgumentError } from '@rppkit/spec';
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
}

/**
 * A comparison as a LaTeX table for the package `booktabs`: the best mean of a metric is bold, significant wins are
 * superscripts; how it was made stands in the caption. Names are escaped.
 * Throws `InvalidArgumentError` for wrong options.
 */
export function renderComparisonLatex(
  comparison: Comparison,
  {
    decimals = 3,
    intervals = true,
    pairs = false,
    caption,
    label = 'tab:comparison',
  }: RenderComparisonLatexOptions = {},
): string {
  assertLabel(label);
  const cells = renderComparisonCells(comparison, decimals, intervals);
  const { metrics, systems } = comparison;
  const titles = metrics.map(
    ({ name, lowerIsBetter }) => `\\textbf{${escapeLatex(name)}}${lowerIsBetter ? ' $\\downarrow$' : ''}`,
  );
  const notes = [...describeComparison(comparison, intervals), 'Bold: best mean of the column.'];
  const pairTable = (): string[] =>
    renderTabular(
      pairColumns.map((_, column) => (column < 3 ? 'l' : 'r')).join(''),
      pairColumns.map((title) => `\\textbf{${escapeLatex(title)}}`),
      renderPairCells(comparison, decimals).map((row) =>
        row.map((cell, column) => (column < 3 ? escapeLatex(cell) : renderSigns(escapeLatex(cell)))),
      ),
    );
  return [
    '% Needs \\usepackage{booktabs}.',
    '\\begin{table}[ht]',
    '\\centering',
    `\\caption{${[...(caption === undefined ? [] : [caption]), ...notes].map(escapeLatex).join(' ')}}`,
    `\\label{${label}}`,
    ...renderTabular(
      `ll${'r'.repeat(metrics.length)}`,
      ['\\textbf{\\#}', '\\textbf{System}', ...titles],
      systems.map(({ name, letter }, row) => [letter, escapeLatex(name), ...cells[row]!.map(renderCell)]),
    ),
    ...(pairs ? ['\\par\\medskip', ...pairTable()] : []),
    '\\end{table}',
  ].join('\n');
}

function assertLabel(label: string): void {
  if (/^[\w:.-]+$/.test(label)) return;
  throw new InvalidArgumentError('label', "letters, digits, ':', '-', '.' and '_'", label);
}

function renderTabular(columns: string, titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const renderRow = (row: readonly string[]): string => `${row.join(' & ')} \\\\`;
  return [
    `\\begin{tabular}{${columns}}`,
    '\\toprule',
    renderRow(titles),
    '\\midrule',
    ...rows.map(renderRow),
    '\\bottomrule',
    '\\end{tabular}',
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
  '`': '\\symbol{96}',
  '"': '\\symbol{34}',
  '[': '{[}',
  ']': '{]}',
  '-': '-{}',
};

/** Control characters become blanks; what is left of other scripts needs an engine that reads UTF-8. */
function escapeLatex(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[\\~^<>|`"[\]]|-(?=-)|[{}$&#_%]/g, (sign) => commands[sign] ?? `\\${sign}`);
}
