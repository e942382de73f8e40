import { cleanText, renderTable, type Table, wrapText } from '@rppkit/metrics/report';
import { formatGain, formatNdcg } from '../experiment/describe-verdict.ts';
import type { Estimate } from '../experiment/results.ts';
import { renderMarkdownText } from '../report/escape-markdown.ts';
import { formatPValue } from '../report/format-figure.ts';
import { rankingRows } from './ranking-rows.ts';
import type { SuiteResults, SuiteRow } from './suite-results.ts';

const width = 80;

/** The results of a suite as text for a terminal of 80 columns, or as Markdown. Ends without a line break. */
export function renderSuite(results: SuiteResults, format: 'text' | 'markdown'): string {
  const paragraphs = [...describeRows(results), ...results.missing.map(describeMissing)];
  if (format === 'markdown') {
    const notes = [describeHeader(results), ...paragraphs].map(escapeMarkdown);
    const [first, ...others] = notes;
    return [first, renderTable(createWholeTable(results.rows), { format }), ...others].join('\n\n');
  }
  const wrap = (text: string): string => wrapText(cleanText(text), width).join('\n');
  return [
    wrap(describeHeader(results)),
    renderTable(createQualityTable(results.rows), { maxWidth: width }),
    renderTable(createCostTable(results.rows), { maxWidth: width }),
    ...paragraphs.map(wrap),
  ].join('\n\n');
}

function describeHeader({ data, model, seeds, users, calls }: SuiteResults): string {
  const number = seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds.join(', ')}`;
  return `Data: ${data.name}, ranked by ${model}: ${formatCount(users)} report users, ${data.candidates} candidates, ${formatCount(calls)} calls for each search and training, ${number}`;
}

function createQualityTable(rows: readonly SuiteRow[]): Table {
  return {
    columns: ['', 'NDCG@1', 'NDCG@5', 'NDCG@10', 'less best fixed', 'p'],
    rows: rows.map(({ label, ndcg, overBestFixed, pValue }) => [
      label,
      ...[ndcg[1], ndcg[5], ndcg[10]].map(renderHalf),
      overBestFixed === null ? '' : `${overBestFixed.mean >= 0 ? '+' : ''}${renderHalf(overBestFixed)}`,
      pValue === null ? '' : formatPValue(pValue, 'cell'),
    ]),
    alignment: ['left', 'right', 'right', 'right', 'right', 'right'],
  };
}

function createCostTable(rows: readonly SuiteRow[]): Table {
  return {
    columns: ['', 'calls to find it', 'calls a ranking', 'tokens a ranking', 'NDCG@10 per 1,000 tokens', 'invalid'],
    rows: rows.filter(({ callsPerRanking }) => callsPerRanking !== null).map((row) => [row.label, ...renderCosts(row)]),
    alignment: ['left', 'right', 'right', 'right', 'right', 'right'],
  };
}

function createWholeTable(rows: readonly SuiteRow[]): Table {
  const cell = ({ mean, low, high }: Estimate): string =>
    `${formatNdcg(mean)} [${formatNdcg(low)}, ${formatNdcg(high)}]`;
  return {
    columns: [
      'row',
      ...['NDCG@1', 'NDCG@5', 'NDCG@10', 'NDCG@10 less best fixed', 'p'],
      ...['calls to find it', 'calls a ranking', 'tokens a ranking', 'NDCG@10 per 1,000 tokens', 'invalid'],
    ],
    rows: rows.map((row) => [
      row.label,
      ...[row.ndcg[1], row.ndcg[5], row.ndcg[10]].map(cell),
      row.overBestFixed === null ? '' : formatGain(row.overBestFixed),
      row.pValue === null ? '' : formatPValue(row.pValue, 'cell'),
      ...renderCosts(row),
    ]),
    alignment: ['left', ...new Array<'right'>(10).fill('right')],
  };
}

function renderCosts(row: SuiteRow): string[] {
  const { searchCalls, callsPerRanking, tokensPerRanking, ndcgPerThousandTokens, invalidShare } = row;
  const render = (value: number | null, write: (value: number) => string): string =>
    value === null ? '-' : write(value);
  return [
    render(searchCalls, formatCount),
    render(callsPerRanking, formatCount),
    render(tokensPerRanking, formatCount),
    render(ndcgPerThousandTokens, (value) => value.toFixed(2)),
    render(invalidShare, (value) => `${(100 * value).toFixed(1)} %`),
  ];
}

/** What the figures are. */
function describeRows({ rows, seeds, transferFrom, lostUsers }: SuiteResults): string[] {
  const [over, test] =
    seeds.length === 1
      ? ['users', 'paired t test on users']
      : ['users and seeds', 't test over users and seeds (degrees of freedom by Satterthwaite)'];
  const notes = [
    `Intervals of 95 % over ${over}; in text ± is half of one. p: ${test} against the best fixed prompt, corrected by Holm over all rows. Calls to find it: of searches and trainings, refinements included.`,
  ];
  if (rows.some(({ row }) => row.endsWith('-frozen'))) {
    notes.push(
      'Frozen: everybody gets the sentence of the best fixed prompt, the other patterns are learned. Its search counts, too.',
    );
  }
  if (transferFrom !== null) {
    notes.push(`RPP, trained on ${transferFrom}: its calls went to that model, its prompts are asked of this one.`);
  }
  if (lostUsers > 0) notes.push(`${formatCount(lostUsers)} users were left out, for whom a call failed.`);
  return notes;
}

function describeMissing({ row, reason }: SuiteResults['missing'][number]): string {
  return `Not in the table: ${rankingRows[row].label} (${row}): ${reason}`;
}

const renderHalf = ({ mean, low, high }: Estimate): string => `${formatNdcg(mean)} ±${formatNdcg((high - low) / 2)}`;

const formatCount = (value: number): string => Math.round(value).toLocaleString('en-US');

/** Names of data and of models, and reasons, are text from outside. */
const escapeMarkdown = (text: string): string => renderMarkdownText(text, Infinity);
