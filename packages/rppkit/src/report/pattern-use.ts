import type { PatternUse } from '../experiment/results.ts';
import { renderBarChart } from './bar-chart.ts';
import { renderBothWidths } from './both-widths.ts';
import { escapeHtml, renderForeignText } from './escape-html.ts';
import { formatShare } from './format-figure.ts';

/** For each pattern, bars of how often the policy picks each expression; the best fixed prompt's expression has a star. */
export async function renderPatternUse(patternUse: readonly PatternUse[]): Promise<string> {
  if (patternUse.length === 0) return '<p>No choices of the policy were recorded.</p>';
  const charts: string[] = [];
  for (const { pattern, expressions } of patternUse) {
    const figures = expressions.map(
      ({ perspective, share, fixed }) => `${perspective} ${formatShare(share)}${fixed ? ' (best fixed prompt)' : ''}`,
    );
    const draw = (width: number): Promise<string> =>
      renderBarChart({
        bars: expressions.map(({ perspective, share, fixed }) => ({
          label: perspective,
          figure: `${fixed ? '★ ' : ''}${formatShare(share)}`,
          value: share,
          accent: fixed,
        })),
        ticks: [0, 0.25, 0.5, 0.75, 1],
        format: '.0%',
        width,
        description: `Bar chart of the expressions picked for the pattern ${pattern}. ${figures.join('; ')}.`,
      });
    charts.push(`<figure><h3>${renderForeignText(pattern)}</h3>${await renderBothWidths(draw, 440)}</figure>`);
  }
  const fixed = patternUse.flatMap(({ pattern, expressions }) =>
    expressions
      .filter((expression) => expression.fixed)
      .map(({ id }) => `${renderForeignText(pattern)} <code>${escapeHtml(id)}</code>`),
  );
  const star = fixed.length === 0 ? '' : ` A star marks the expressions of the best fixed prompt: ${fixed.join(', ')}.`;
  return `<p>Share of the report users for whom the policy picks each expression.${star}</p><div class="charts">${charts.join('')}</div>`;
}
