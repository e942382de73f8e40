import type { CallCount } from '../experiment/results.ts';
import { escapeHtml } from './escape-html.ts';
import { formatCount } from './format-figure.ts';

/** LLM calls by what they were for: announced before the first one, asked of the model, read from the store, failed. */
export function renderCallsTable(calls: readonly CallCount[]): string {
  const total = (count: (call: CallCount) => number | null) => calls.reduce((sum, call) => sum + (count(call) ?? 0), 0);
  const rows = calls.map((call) => renderRow(escapeHtml(call.phase), call)).join('\n');
  const sums = renderRow('All', {
    announced: total(({ announced }) => announced),
    fromModel: total(({ fromModel }) => fromModel),
    fromStore: total(({ fromStore }) => fromStore),
    failed: total(({ failed }) => failed),
    failures: {},
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="LLM calls"><table>
<thead><tr><th scope="col">Purpose</th><th scope="col">Announced</th><th scope="col">Asked of the model</th><th scope="col">From the store</th><th scope="col">Failed</th></tr></thead>
<tbody>
${rows}
</tbody>
<tfoot>${sums}</tfoot></table></div>
<p class="note">Announced is the number printed before the first call. Answers that are already in the store are not asked for again.</p>`;
}

function renderRow(
  name: string,
  { announced, fromModel, fromStore, failed, failures }: Omit<CallCount, 'phase'>,
): string {
  const cells = [
    announced === null ? 'in train' : formatCount(announced),
    formatCount(fromModel),
    formatCount(fromStore),
  ].map((cell) => `<td>${cell}</td>`);
  const reasons = Object.entries(failures).map(([reason, count]) => `${escapeHtml(reason)} ${formatCount(count)}`);
  cells.push(`<td>${formatCount(failed)}${reasons.length === 0 ? '' : ` (${reasons.join(', ')})`}</td>`);
  return `<tr><th scope="row">${name}</th>${cells.join('')}</tr>`;
}
