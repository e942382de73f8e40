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
 * A comparison as an HTML fragment: a table whose caption says how it was made, without scripts and styles; the best mean
 * of a metric is `<strong>`, significant wins are `<sup>` letters. Names are escaped.
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
    systems.map(({ name, letter }, row) => [
      `<td>${letter}</td>`,
      `<th scope="row">${escapeHtml(name)}</th>`,
      ...cells[row]!.map((cell) => `<td>${renderCell(cell)}</td>`),
    ]),
  );
  if (!pairs) return table;
  const rows = renderPairCells(comparison, decimals).map((row) => row.map((cell) => `<td>${escapeHtml(cell)}</td>`));
  return `${table}\n${renderHtmlTable('All pairs.', pairColumns.map(escapeHtml), rows)}`;
}

function renderHtmlTable(caption: string, titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return [
    '<table>',
    `<caption>${caption}</caption>`,
    `<thead><tr>${titles.map((title) => `<th scope="col">${title}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map((row) => `<tr>${row.join('')}</tr>`),
    '</tbody>',
    '</table>',
  ].join('\n');
}

function renderCell({ mean, interval, superscript, best }: ComparisonCell): string {
  const raised = superscript === '' ? '' : `<sup>${superscript}</sup>`;
  const ends = interval === '' ? '' : ` <small>${interval}</small>`;
  return `${best ? `<strong>${mean}</strong>` : mean}${raised}${ends}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').replace(/[&<>"']/g, (sign) => entities[sign]!);
}
