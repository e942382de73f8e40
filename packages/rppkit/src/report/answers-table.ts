import type { AnswerCounts, ExperimentResults } from '../experiment/results.ts';
import { escapeHtml, renderForeignText } from './escape-html.ts';
import { formatCount, formatShare } from './format-figure.ts';

/** How answers could be read, by system in the evaluation and over the training. */
export function renderAnswersTable({ evaluation, training }: ExperimentResults['answers']): string {
  const rows = evaluation.map((one) => renderRow(renderForeignText(one.label), one));
  if (training !== null) rows.push(renderRow('Training', training));
  if (rows.length === 0) return '<p>No answers were recorded.</p>';
  return `<div class="scroll" tabindex="0" role="region" aria-label="Invalid answers"><table class="dense">
<thead><tr><th scope="col">Answers of</th><th scope="col">Answers</th><th scope="col">Invalid</th><th scope="col">By reason</th><th scope="col">Candidates left out</th><th scope="col">Candidates repeated</th><th scope="col">Others named</th><th scope="col">Failed calls</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>
<p class="note">An invalid answer holds no usable ranking; it counts as a random order, and is part of all means. The three columns behind the reasons count usable answers that leave candidates out, name one more than once, or name what is no candidate. A failed call brought no answer. Swapped prompts are counted over all swaps${training === null ? '; the answers of the training are not known, because the run has no <code>trajectories.jsonl</code>' : ', the training over all episodes'}.</p>`;
}

function renderRow(name: string, { answers, invalid, partial, repeated, foreign, failed }: AnswerCounts): string {
  const share = (count: number): string =>
    `${formatCount(count)}${count === 0 ? '' : ` <span class="interval">${formatShare(count / answers)}</span>`}`;
  const sum = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  const list = (counts: Readonly<Record<string, number>>): readonly string[] =>
    Object.entries(counts).map(([reason, count]) => `${escapeHtml(reason)} ${formatCount(count)}`);
  const reasons = list(invalid).map((reason) => `<span class="line">${reason}</span>`);
  const failures = list(failed).map((reason) => `<span class="interval">${reason}</span>`);
  const cells = [
    formatCount(answers),
    share(sum(invalid)),
    reasons.length === 0 ? '–' : reasons.join(''),
    share(partial),
    share(repeated),
    share(foreign),
    `${formatCount(sum(failed))}${failures.join('')}`,
  ];
  return `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}
