import type { PhaseCost, RunCost } from '../experiment/results.ts';
import { escapeHtml } from './escape-html.ts';
import { formatCount, formatShare } from './format-figure.ts';

/** What calls took by purpose: tokens, money where prices were given, latency, retries. */
export function renderCostTable(cost: RunCost | null): string {
  if (cost === null) {
    return '<p>No cost was recorded: the answers of this model cost nothing, and it has no latency to speak of.</p>';
  }
  const { phases, prices, waits } = cost;
  const money = (phase: Pick<PhaseCost, 'inputTokens' | 'outputTokens'>): number | null =>
    prices === null
      ? null
      : (phase.inputTokens * prices.inputPerMillion + phase.outputTokens * prices.outputPerMillion) / 1e6;
  const total = (count: (phase: PhaseCost) => number): number => phases.reduce((sum, phase) => sum + count(phase), 0);
  const sums = {
    answers: total(({ answers }) => answers),
    fromStore: total(({ fromStore }) => fromStore),
    inputTokens: total(({ inputTokens }) => inputTokens),
    outputTokens: total(({ outputTokens }) => outputTokens),
    retries: total(({ retries }) => retries),
    failed: total(({ failed }) => failed),
    possiblyPaid: total(({ possiblyPaid }) => possiblyPaid),
  };
  const rows = phases.map((phase) => renderRow(escapeHtml(phase.phase), phase, money(phase)));
  const spent =
    prices === null
      ? 'No prices were given (<code>--input-price</code>, <code>--output-price</code>), so that no money is stated.'
      : `Money at ${formatMoney(prices.inputPerMillion)} for a million tokens of prompts and ${formatMoney(prices.outputPerMillion)} of answers, in the currency of these prices.`;
  const unknown =
    sums.possiblyPaid === 0
      ? ''
      : ` ${formatCount(sums.possiblyPaid)} more calls may have been charged for, though no whole answer came.`;
  const waited = Object.entries(waits).map(
    ([reason, { count, milliseconds }]) =>
      `${escapeHtml(reason)} ${formatCount(count)} (${formatSeconds(milliseconds)} in all)`,
  );
  const pauses = waited.length === 0 ? 'none' : waited.join(', ');
  return `<div class="scroll" tabindex="0" role="region" aria-label="Cost and latency"><table class="dense">
<thead><tr><th scope="col">Purpose</th><th scope="col">Answers of the model</th><th scope="col">From the store</th><th scope="col">Input tokens</th><th scope="col">Output tokens</th><th scope="col">Money</th><th scope="col">Latency, median</th><th scope="col">Latency, 95%</th><th scope="col">Retries</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
<tfoot>${renderRow('All', { ...sums, latencyMs: null }, money(sums))}</tfoot></table></div>
<p class="note">From <code>calls.jsonl</code>: all calls of all processes that worked on the run, those whose answers were lost included. Answers of the store cost nothing. ${spent}${unknown} Latency is that of the attempt that was answered. Waits before a request was sent again: ${pauses}.</p>`;
}

function renderRow(name: string, phase: Omit<PhaseCost, 'phase'>, money: number | null): string {
  const { answers, fromStore, inputTokens, outputTokens, retries, latencyMs } = phase;
  const read = answers + fromStore;
  const cells = [
    formatCount(answers),
    `${formatCount(fromStore)}${fromStore === 0 ? '' : ` <span class="interval">${formatShare(fromStore / read)}</span>`}`,
    formatCount(inputTokens),
    formatCount(outputTokens),
    money === null ? '–' : formatMoney(money),
    latencyMs === null ? '–' : formatSeconds(latencyMs.p50),
    latencyMs === null ? '–' : formatSeconds(latencyMs.p95),
    formatCount(retries),
  ];
  return `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function formatMoney(amount: number): string {
  return amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 });
}

function formatSeconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${formatCount(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
