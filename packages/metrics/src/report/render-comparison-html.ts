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

/**
 * A comparison as an HTML fragment: a table whose caption says how it was made, without scripts and with no style but the
 * alignment of cells; the best mean of a metric is `<strong>`, significant wins are `<sup>` letters. Names are escaped.
 * Throws `InvalidArgumentError` for wrong options.
 */
export function renderComparisonHtml(
  comparison: Comparison,
  { decimals = 3, intervals = true, pairs = false }: RenderComparisonOptions = {},
): string {
  const cells = renderComparisonCells(comparison, decimals, intervals);
  const { metrics, systems } = comparison;
  const titles = metrics.map(({ name, lowerIsBetter }) => `${escapeHtml(name)}${lowerIsBetter ? ' ↓' : ''}`);
  const notes = [...describeComparison(comparison, intervals), 'Bold: best mean of the column.'];
  const table = renderHtmlTable(
    notes.map(escapeHtml).join(' '),
    ['', 'system', ...titles],
    2,
    systems.map(({ name, letter }, row) => [
      `<td>${letter}</td>`,
      `<th scope="row" ${left}>${escapeHtml(name)}</th>`,
      ...cells[row]!.map((cell) => `<td ${right}>${renderCell(cell)}</td>`),
    ]),
  );
  if (!pairs) return table;
  const rows = renderPairCells(comparison, decimals).map((row) =>
    row.map((cell, column) =>
      column < 3 ? `<td>${escapeHtml(cell)}</td>` : `<td ${right}>${keepTogether(escapeHtml(cell))}</td>`,
    ),
  );
  return `${table}\n${renderHtmlTable('All pairs.', pairColumns.map(escapeHtml), 3, rows)}`;
}

const left = 'style="text-align:left"';
const right = 'style="text-align:right"';

/** The first `keys` columns are names, the others numbers. */
function renderHtmlTable(
  caption: string,
  titles: readonly string[],
  keys: number,
  rows: readonly (readonly string[])[],
): string {
  const heads = titles.map((title, column) => `<th scope="col" ${column < keys ? left : right}>${title}</th>`);
  return [
    '<table>',
    `<caption>${caption}</caption>`,
    `<thead><tr>${heads.join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map((row) => `<tr>${row.join('')}</tr>`),
    '</tbody>',
    '</table>',
  ].join('\n');
}

function renderCell({ mean, interval, superscript, best }: ComparisonCell): string {
  const raised = superscript === '' ? '' : `<sup>${superscript}</sup>`;
  const ends = interval === '' ? '' : `&nbsp;<small>${keepTogether(interval)}</small>`;
  return `${best ? `<strong>${mean}</strong>` : mean}${raised}${ends}`;
}

/** An interval does not break over two lines. */
function keepTogether(cell: string): string {
  return cell.replaceAll(' ', '&nbsp;');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (sign) => entities[sign]!);
}
