import { renderTable } from '@rppkit/metrics/report';
import { formatGain, formatNdcg } from '../experiment/describe-verdict.ts';
import { formatPValue } from '../report/format-figure.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import type { RunList } from './list-runs.ts';
import type { RunSummary } from './run-summary.ts';

/** Data sets and models may have long names; the table has 80 columns. */
const nameLimit = 28;

/** A runs folder as text for a terminal of 80 columns. */
export function renderRunList(root: string, { runs, others }: RunList): string {
  const parts = [runs.length === 0 ? `No runs in ${root}.` : renderRuns(runs)];
  if (others.length > 0) {
    const rows = others.map(({ name, problem }) => [name, problem]);
    parts.push(renderTable({ columns: ['no runs', 'why'], rows, alignment: ['left', 'left'] }, { maxWidth: 80 }));
  }
  return parts.join('\n\n');
}

function renderRuns(runs: readonly RunSummary[]): string {
  return renderTable(
    {
      columns: ['run, data, model', 'status, start', 'NDCG@10', 'calls, size'],
      rows: runs.map(({ name, status, startedAt, data, model, ndcg, look, calls, bytes }) => [
        `${name}\n  ${shorten(data)}\n  ${shorten(model)}`,
        `${status}\n${formatTime(startedAt)}`,
        describeFound(ndcg, look),
        `${calls === null ? '-' : calls.toLocaleString('en-US')}\n${formatBytes(bytes)}`,
      ]),
      alignment: ['left', 'left', 'left', 'right'],
    },
    { maxWidth: 80 },
  );
}

function describeFound(ndcg: RunSummary['ndcg'], look: RunSummary['look']): string {
  if (ndcg !== null) {
    return `best fixed ${formatNdcg(ndcg.bestFixed)}\nRPP ${formatNdcg(ndcg.rpp)}\n${formatGain(ndcg.gain)}`;
  }
  if (look === null) return '-';
  return `${look.verdict === 'worth-training' ? 'worth training' : 'no sign'}\n${formatPValue(look.p, 'sentence')}`;
}

/** To the minute, in UTC. */
export function formatTime(time: string): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

function shorten(name: string): string {
  return name.length > nameLimit ? `${[...name].slice(0, nameLimit - 1).join('')}…` : name;
}
