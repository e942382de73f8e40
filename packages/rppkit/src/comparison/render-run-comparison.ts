import {
  type Comparison,
  renderComparisonCsv,
  renderComparisonMarkdown,
  renderComparisonText,
  renderEstimate,
  renderTable,
  type Table,
  wrapText,
} from '@rppkit/metrics/report';
import { formatPValue } from '../report/format-figure.ts';
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
    const differences = renderDifferences(compared, { format: 'markdown' });
    return [title, differences, renderComparisonMarkdown(comparison, { pairs: true })].join('\n\n');
  }
  const systems = comparison.systems.map((system) => ({ ...system, name: breakWords(system.name, 44) }));
  return [
    wrapText(title, width).join('\n'),
    renderDifferences(compared, { format: 'text' }),
    renderComparisonText({ ...comparison, systems }, { maxWidth: width }),
    renderPairs(comparison),
  ].join('\n\n');
}

function describeTasks({ data, seed, comparison }: RunComparison): string {
  const users = comparison.users.toLocaleString('en-US');
  return `The same tasks of ${users} users of ${data}, seed ${seed}, none of them trained on.`;
}

function renderDifferences(
  { runs, differences }: RunComparison,
  { format }: { readonly format: 'text' | 'markdown' },
): string {
  if (differences.length === 0) return 'The runs have the same settings.';
  const fit = (text: string, limit: number): string => (format === 'text' ? breakWords(text, limit) : text);
  const table: Table = {
    columns: ['what differs', 'run', 'value'],
    rows: differences.flatMap(({ field, values }) =>
      values.map((value, index) => [index === 0 ? fit(field, 20) : '', fit(runs[index]!, 26), fit(value, 30)]),
    ),
    alignment: ['left', 'left', 'left'],
  };
  return renderTable(table, { format, maxWidth: width });
}

/** Systems by their letters: names would not fit beside each other. */
function renderPairs({ systems, pairs }: Comparison): string {
  const letters = new Map(systems.map(({ name, letter }) => [name, letter]));
  return renderTable(
    {
      columns: ['pair', 'difference', "Cohen's d", 'p', 'adjusted p'],
      rows: pairs.map(({ first, second, difference, cohensD, pValue, adjustedPValue }) => [
        `${letters.get(first)} less ${letters.get(second)}`,
        renderEstimate(difference),
        Number.isFinite(cohensD) ? cohensD.toFixed(2) : cohensD > 0 ? 'infinite' : '-infinite',
        formatPValue(pValue, 'cell'),
        formatPValue(adjustedPValue, 'cell'),
      ]),
      alignment: ['left', 'right', 'right', 'right', 'right'],
    },
    { maxWidth: width },
  );
}

/** Names and models may be longer than a line, and hold no blank at which a table could wrap them. */
function breakWords(text: string, limit: number): string {
  return text.replaceAll(new RegExp(`\\S{${limit}}(?=\\S)`, 'gu'), '$&\n');
}
