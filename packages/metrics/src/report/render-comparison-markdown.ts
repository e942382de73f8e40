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
 * A comparison as GitHub-flavoured Markdown: the best mean of a metric is bold, significant wins are `<sup>` letters. Names
 * are escaped, so that they show as they are. Throws `InvalidArgumentError` for wrong options.
 */
export function renderComparisonMarkdown(
  comparison: Comparison,
  { decimals = 3, intervals = true, pairs = false }: RenderComparisonOptions = {},
): string {
  const cells = renderComparisonCells(comparison, decimals, intervals);
  const { metrics, systems } = comparison;
  const titles = metrics.map(({ name, lowerIsBetter }) => `${escapeMarkdown(name)}${lowerIsBetter ? ' ↓' : ''}`);
  const table = [
    ['', 'system', ...titles],
    ['---', '---', ...metrics.map(() => '---:')],
    ...systems.map(({ name, letter }, row) => [letter, escapeMarkdown(name), ...cells[row]!.map(renderCell)]),
  ];
  const pairTable = (): string[][] => [
    [...pairColumns],
    pairColumns.map((_, column) => (column < 3 ? '---' : '---:')),
    ...renderPairCells(comparison, decimals).map((row) => row.map(escapeMarkdown)),
  ];
  const notes = [...describeComparison(comparison, intervals), 'Bold: best mean of the column.'];
  return [renderRows(table), ...(pairs ? [renderRows(pairTable())] : []), notes.map(escapeMarkdown).join(' ')].join(
    '\n\n',
  );
}

function renderRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function renderCell({ mean, interval, superscript, best }: ComparisonCell): string {
  const raised = superscript === '' ? '' : `<sup>${superscript}</sup>`;
  return `${best ? `**${mean}**` : mean}${raised}${interval === '' ? '' : ` ${escapeMarkdown(interval)}`}`;
}

/** Entities where a backslash would not hold in a table or in HTML. */
function escapeMarkdown(text: string): string {
  return (
    cleanText(text)
      .replace(/[\\`*_{}[\]~$#]/g, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('|', '\\|')
      // GitHub links mentions such as @ann, issues such as #12 and mail addresses in the finished text, whatever their
      // escapes; an empty comment parts them. The @ of ndcg@10 is none of these.
      .replace(/(?<![A-Za-z0-9_])@|@(?=[\w-]+\.)|#(?=\d)|(?<=\bGH-)(?=\d)/gi, '$&<!-- -->')
      // A bare address would become a link.
      .replace(/:\/\/|www\./gi, (start) => start.replace(/[:.]/, (sign) => `&#${sign.codePointAt(0)};`))
  );
}
