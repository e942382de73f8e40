import type { ExperimentResults, GroupUse } from '../experiment/results.ts';
import { escapeHtml, renderForeignText } from './escape-html.ts';
import { formatCount } from './format-figure.ts';

/** For each pattern a table of how often the policy picks each expression within groups of the report users. */
export function renderGroupUse({ patternUse, groupUse }: Pick<ExperimentResults, 'patternUse' | 'groupUse'>): string {
  if (patternUse.length === 0 || groupUse.length === 0) return '<p>No groups of users were recorded.</p>';
  const groupings = [...new Set(groupUse.map(({ grouping }) => grouping))];
  const tables = patternUse.map(({ pattern, expressions }, position) => {
    const rows = expressions.map(({ id, perspective, share }, expression) => {
      const shares = [share, ...groupUse.map(({ shares }) => shares[position]![expression]!)];
      const cells = shares.map((one) => `<td>${formatPercent(one)}</td>`).join('');
      return `<tr><th scope="row">${renderForeignText(perspective)} <code>${renderForeignText(id)}</code></th>${cells}</tr>`;
    });
    return `<h4>${renderForeignText(pattern)}</h4>
<div class="scroll" tabindex="0" role="region" aria-label="Shares of the pattern ${escapeHtml(pattern)} by group"><table class="compact">
${renderHead(groupings, groupUse)}
<tbody>
${rows.join('\n')}
</tbody></table></div>`;
  });
  const missing = groupings.includes('drift')
    ? ''
    : ' There are no groups by drift, because no history has attributes of items at its end and before.';
  return `<h3>Which expressions are chosen for whom</h3>
<p>Per cent of the report users of a group for whom the policy picks an expression. Groups are terciles of the report users: by the length of their history, by the mean popularity of its items, and by drift, how much the attributes of its last third differ from those before.${missing}</p>
${tables.join('\n')}`;
}

function renderHead(groupings: readonly string[], groupUse: readonly GroupUse[]): string {
  const upper = groupings.map((grouping) => {
    const groups = groupUse.filter((one) => one.grouping === grouping).length;
    return `<th scope="colgroup" colspan="${groups}">${escapeHtml(grouping)}</th>`;
  });
  const lower = groupings.flatMap((grouping) =>
    groupUse
      .filter((one) => one.grouping === grouping)
      .map(
        ({ group, users }) =>
          `<th scope="col">${escapeHtml(group)} <span class="interval">${formatCount(users)}</span></th>`,
      ),
  );
  return `<thead><tr><th rowspan="2" scope="col">Expression</th><th rowspan="2" scope="col">all</th>${upper.join('')}</tr><tr>${lower.join('')}</tr></thead>`;
}

function formatPercent(share: number): string {
  return formatCount(100 * share);
}
