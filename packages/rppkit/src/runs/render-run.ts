import { renderTable, wrapText } from '@rppkit/metrics/report';
import { formatGain, formatNdcg } from '../experiment/describe-verdict.ts';
import { describeLook } from '../headroom/describe-look.ts';
import { cleanText } from '../report/escape-html.ts';
import type { StoredCallCount, StoredResults } from '../run-folder/checked-files.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import type { RunDescription } from './describe-run.ts';
import { formatTime } from './render-run-list.ts';
import type { RunFile } from './run-files.ts';

/** A run as text for a terminal of 80 columns. */
export function renderRun(run: RunDescription): string {
  const { results, look, calls, files, problems, next } = run;
  const parts = [renderFacts(run)];
  if (results !== null) parts.push(renderRows(results), wrap(results.verdict));
  if (look !== null) parts.push(wrap(describeLook(look)));
  if (calls !== null && calls.length > 0) parts.push(renderCalls(calls));
  parts.push(renderFiles(files));
  if (problems.length > 0) parts.push(problems.map((problem) => wrap(`Problem: ${problem}`)).join('\n'));
  if (next.length > 0) {
    parts.push(['To go on:', ...next.map(({ command, purpose }) => `  ${command}  # ${purpose}`)].join('\n'));
  }
  return parts.join('\n\n');
}

function renderFacts({ name, status, manifest, evaluations, config, files }: RunDescription): string {
  const { startedAt, endedAt, error, command, model, backend, versions, source } = manifest;
  const rows: [string, string][] = [
    ['status', error === undefined ? status : `${status}: ${error}`],
    ['started', `${formatTime(startedAt)} UTC${endedAt === undefined ? '' : `, ended ${formatTime(endedAt)} UTC`}`],
    ['command', command],
    ['data', describeData(manifest.data.name, config?.['data'])],
    ['model', model],
    ...(source === undefined
      ? []
      : ([['policy', `of run ${source.run}, trained on ${source.model}`]] satisfies [string, string][])),
    ...(config === null ? [] : ([['configuration', describeConfig(config)]] satisfies [string, string][])),
    ['backend', backend],
    [
      'versions',
      Object.entries(versions)
        .map(([one, version]) => `${one} ${version}`)
        .join(', '),
    ],
    ['size', formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0))],
    ...evaluations.map((evaluation, index): [string, string] => [
      `evaluation ${index + 1}`,
      `${evaluation.status}, ${formatTime(evaluation.startedAt)} UTC: ${evaluation.error ?? evaluation.command}`,
    ]),
  ];
  return renderTable({ columns: ['run', name], rows, alignment: ['left', 'left'] }, { maxWidth: 80 });
}

function describeData(name: string, data: unknown): string {
  const { path, preset, users } = (data ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof path === 'string') return `${name}, from ${path}`;
  return preset === undefined ? name : `${name}, ${users} users`;
}

/** The plain fields, lists among them, and the names of those that hold more. */
function describeConfig(config: Readonly<Record<string, unknown>>): string {
  return Object.entries(config)
    .filter(([field]) => field !== 'data' && field !== 'model')
    .map(([field, value]) => (typeof value === 'object' && !Array.isArray(value) ? field : `${field} ${value}`))
    .join(', ');
}

function renderRows({ rows, gains }: Pick<StoredResults, 'rows' | 'gains'>): string {
  const table = renderTable(
    {
      columns: ['', 'NDCG@1', 'NDCG@5', 'NDCG@10', 'LLM calls', 'tokens'],
      rows: rows.map(({ label, ndcg, searchCalls, tokensPerRanking }) => [
        label,
        ...([1, 5, 10] as const).map((k) => formatNdcg(ndcg[k].mean)),
        searchCalls === null ? '-' : searchCalls.toLocaleString('en-US'),
        tokensPerRanking === null ? '-' : tokensPerRanking.toFixed(0),
      ]),
      alignment: ['left', 'right', 'right', 'right', 'right', 'right'],
    },
    { maxWidth: 80 },
  );
  return `${table}\nRPP less best fixed prompt: ${formatGain(gains.overBestFixed)} NDCG@10`;
}

function renderCalls(calls: readonly StoredCallCount[]): string {
  return renderTable(
    {
      columns: ['LLM calls', 'announced', 'asked', 'stored', 'failed', 'why'],
      rows: calls.map(({ phase, announced, fromModel, fromStore, failed, failures }) => [
        phase,
        announced === null ? '-' : announced.toLocaleString('en-US'),
        fromModel.toLocaleString('en-US'),
        fromStore.toLocaleString('en-US'),
        failed.toLocaleString('en-US'),
        Object.entries(failures)
          .map(([reason, count]) => `${reason} ${count}`)
          .join(', '),
      ]),
      alignment: ['left', 'right', 'right', 'right', 'right', 'left'],
    },
    { maxWidth: 80 },
  );
}

function renderFiles(files: readonly RunFile[]): string {
  const rows = files.map(({ name, bytes }) => [name, formatBytes(bytes)]);
  return renderTable({ columns: ['file', 'size'], rows, alignment: ['left', 'right'] }, { maxWidth: 80 });
}

function wrap(text: string): string {
  return wrapText(cleanText(text), 80).join('\n');
}
