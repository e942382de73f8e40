import { findComparison } from '../experiment/compare-systems.ts';
import type { Estimate, ExperimentResults, ResultRow, RowId, Significance } from '../experiment/results.ts';
import { escapeHtml, renderForeignText } from './escape-html.ts';
import {
  formatCount,
  formatDifference,
  formatInterval,
  formatPValue,
  formatScore,
  formatShare,
} from './format-figure.ts';

const notes: Readonly<Record<RowId, string>> = {
  chance: 'the expected NDCG of a random order; no LLM.',
  popularity:
    'candidates in the order of how often users interacted with them, the items to be ranked first not counted; no LLM.',
  random: 'a prompt drawn at random for every user.',
  'best-fixed': 'one prompt for everybody, chosen on training users.',
  'best-fixed-repeated':
    'that prompt in as many rounds as RPP has, all its answers put into one ranking by Borda count: as many calls as RPP makes.',
  'rpp-swapped':
    'the prompts that the RPP policy picked, handed to other users: what is left when they are not personal.',
  rpp: 'the trained policy, with a prompt for each user.',
  'context-oracle':
    'a policy fitted on many answers of other users, to see how far a policy of the same observation can get. A bound, not a system to run.',
};

const dash = '–';

/** The table of systems with notes on what each row is and how to read the figures. */
export function renderResultsTable({
  rows,
  data,
  significance,
}: Pick<ExperimentResults, 'rows' | 'data' | 'significance'>): string {
  const lost =
    data.lostUsers === 0
      ? 'No report user was lost to a failed call.'
      : `${formatCount(data.lostUsers)} report ${data.lostUsers === 1 ? 'user is' : 'users are'} left out because a call failed for one of the systems.`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="Results"><table class="dense">
<thead><tr><th scope="col">System</th><th scope="col">NDCG@1</th><th scope="col">NDCG@5</th><th scope="col">NDCG@10</th><th scope="col">Less best fixed prompt</th><th scope="col">RPP less this</th><th scope="col">LLM calls to find it</th><th scope="col">Tokens per ranking</th><th scope="col">Invalid answers</th></tr></thead>
<tbody>
${rows.map((row) => renderRow(row, significance)).join('\n')}
</tbody></table></div>
<dl class="notes">
${rows.map(({ id, label }) => `<div><dt>${renderForeignText(label)}</dt><dd>${notes[id]}</dd></div>`).join('\n')}
</dl>
<p class="note">Means over report users, none of whom was trained on, with 95% intervals in brackets; a dash where no LLM is involved. Differences are in NDCG@10 on the same users, with the p-value of Fisher’s paired randomisation test (${formatCount(significance.permutations)} random sign patterns, two-sided), corrected by Holm over all ${formatCount(significance.comparisons.length)} comparisons; their intervals are not corrected. Below the tokens: NDCG@10 for 1,000 of them. Every row is judged on the same users, those that every system answered. ${lost} The figures stand as measured: nothing is divided by a ceiling.</p>`;
}

function renderRow(
  { id, label, ndcg, searchCalls, tokensPerRanking, invalidShare }: ResultRow,
  significance: Significance,
): string {
  const cells = [
    renderEstimate(ndcg['1']),
    renderEstimate(ndcg['5']),
    renderEstimate(ndcg['10']),
    renderComparison(significance, id, 'best-fixed'),
    renderComparison(significance, 'rpp', id),
    searchCalls === null ? dash : formatCount(searchCalls),
    tokensPerRanking === null ? dash : renderTokens(tokensPerRanking, ndcg['10'].mean),
    invalidShare === null ? dash : formatShare(invalidShare),
  ];
  const className = id === 'rpp' ? ' class="own"' : '';
  return `<tr${className}><th scope="row">${renderForeignText(label)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function renderComparison(significance: Significance, system: RowId, reference: RowId): string {
  const comparison = findComparison(significance, system, reference);
  if (comparison === undefined) return dash;
  const { difference, adjustedPValue } = comparison;
  const [mean] = formatDifference(difference).split(' ');
  return `${mean} <span class="interval">${formatInterval(difference)}</span><span class="interval">${escapeHtml(formatPValue(adjustedPValue))}</span>`;
}

function renderTokens(tokens: number, ndcg: number): string {
  return `${formatCount(tokens)} <span class="interval">${formatScore((1000 * ndcg) / tokens)}</span>`;
}

function renderEstimate(estimate: Estimate): string {
  return `${formatScore(estimate.mean)} <span class="interval">${formatInterval(estimate)}</span>`;
}
