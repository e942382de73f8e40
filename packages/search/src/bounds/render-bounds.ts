import type { MeanInterval } from '@rppkit/metrics/statistics';
import type { BoundRow, Bounds } from './compute-bounds.ts';

const warning =
  'Ceilings know what no policy can. The label oracle picks a prompt for each task by that task’s own label, so it also wins where ' +
  'nothing depends on the user: among many prompts some suit one item by chance. It promises a gain in worlds without any; divide ' +
  'nothing by it.';

/** Bounds as a Markdown table, which also reads in a terminal; ceilings are marked, and it is said why they mislead. */
export function renderBounds({ rows, users, lostUsers }: Bounds): string {
  const header = ['system', 'calls', 'mean', '95 % interval', 'over best fixed', '95 % interval'];
  const body = rows.map((row) => [
    row.ceiling ? `${row.label} (ceiling)` : row.label,
    String(row.callsPerRanking),
    renderNumber(row.interval.mean),
    renderInterval(row.interval),
    ...renderGain(row),
  ]);
  const lost = lostUsers === 0 ? '' : `, ${lostUsers} more lost to failed calls`;
  const lines = [...renderRows([header, ...body]), '', `${users.length} users${lost}.`];
  if (rows.some(({ ceiling }) => ceiling)) lines.push('', warning);
  return `${lines.join('\n')}\n`;
}

function renderGain({ id, overBestFixed }: BoundRow): readonly [string, string] {
  if (id === 'best-fixed') return ['', ''];
  return [renderSigned(overBestFixed.mean), renderInterval(overBestFixed, renderSigned)];
}

/** Lines of a Markdown table with columns of equal width. */
function renderRows(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
  return [lines[0]!, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)];
}

function renderNumber(value: number): string {
  return value.toFixed(4);
}

function renderSigned(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(4)}`;
}

function renderInterval({ low, high }: MeanInterval, render: (value: number) => string = renderNumber): string {
  return `${render(low)} to ${render(high)}`;
}
