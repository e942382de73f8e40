import {
  renderComparisonCsv,
  renderComparisonMarkdown,
  renderComparisonText,
  renderTable,
  type Table,
  wrapText,
} from '@rppkit/metrics/report';
import type { RunComparison } from './compare-runs.ts';

/** How a comparison of runs is written. */
export type ComparisonFormat = 'text' | 'md' | 'csv';

const width = 80;

/** A comparison of runs: for a terminal of 80 columns, as Markdown, or its table of systems as CSV. */
export function renderRunComparison(compared: RunComparison, format: ComparisonFormat): string {
  const { comparison } = compared;
  if (format === 'csv') return renderComparisonCsv(comparison).trimEnd();
  const title = describeTasks(compared);
  if (format === 'md') {
    const parts = [
      title,
      renderDifferences(compared, 'markdown'),
      renderComparisonMarkdown(comparison, { pairs: true }),
    ];
    return parts.join('\n\n');
  }
  const parts = [
    wrapText(title, width).join('\n'),
    renderDifferences(compared, 'text'),
    renderComparisonText(comparison, { pairs: true, maxWidth: width }),
  ];
  return parts.join('\n\n');
}

function describeTasks({ data, seed, comparison }: RunComparison): string {
  const users = comparison.users.toLocaleString('en-US');
  return `The same tasks of ${users} users of ${data}, seed ${seed}, none of them trained on.`;
}

function renderDifferences({ runs, differences }: RunComparison, format: 'text' | 'markdown'): string {
  if (differences.length === 0) return 'The runs have the same settings.';
  const table: Table = {
    columns: ['what differs', 'run', 'value'],
    rows: differences.flatMap(({ field, values }) =>
      values.map((value, index) => [index === 0 ? field : '', runs[index]!, value]),
    ),
    alignment: ['left', 'left', 'left'],
  };
  return renderTable(table, { format, maxWidth: width });
}
