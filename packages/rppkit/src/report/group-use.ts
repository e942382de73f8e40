import type { ExperimentResults, GroupUse, PatternUse } from '../experiment/results.ts';
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
      // What is refined names its id already.
      const name = perspective.includes(`(${id})`) ? '' : ` <code>${renderForeignText(id)}</code>`;
      return `<tr><th scope="row">${renderForeignText(perspective)}${name}</th>${cells}</tr>`;
    });
    return `<details><summary>${renderForeignText(pattern)}: ${describeLargestDifference(expressions, groupUse, position)}</summary>
<div class="scroll fit" tabindex="0" role="region" aria-label="Shares of the pattern ${escapeHtml(pattern)} by group"><table class="compact">
${renderHead(groupings, groupUse)}
<tbody>
${rows.join('\n')}
</tbody></table></div></details>`;
  });
  const missing = groupings.includes('drift')
    ? ''
    : ' There are no groups by drift, because no history has attributes of items at its end and before.';
  return `<h3>Which expressions are chosen for whom</h3>
<p>Per cent of the report users of a group for whom the policy picks an expression. Groups are terciles of the report users: by the length of their history, by the mean popularity of its items, and by drift, how much the attributes of its last third differ from those before.${missing}</p>
${tables.join('\n')}`;
}

/** The expression whose share differs most between two groups of one grouping. */
function describeLargestDifference(
  expressions: PatternUse['expressions'],
  groupUse: readonly GroupUse[],
  position: number,
): string {
  let largest = 0;
  let text = 'the same for all groups';
  for (const [expression, { perspective }] of expressions.entries()) {
    const shareOf = ({ shares }: GroupUse): number => shares[position]![expression]!;
    for (const from of groupUse) {
      for (const to of groupUse) {
        if (from.grouping !== to.grouping || shareOf(to) - shareOf(from) <= largest) continue;
        largest = shareOf(to) - shareOf(from);
        text = `most by ${renderForeignText(from.grouping)}, ${renderForeignText(perspective)} ${formatPercent(shareOf(from))}% (${renderForeignText(from.group)}) to ${formatPercent(shareOf(to))}% (${renderForeignText(to.group)})`;
      }
    }
  }
  return text;
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
