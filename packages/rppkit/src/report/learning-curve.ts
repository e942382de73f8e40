import type { TopLevelSpec } from 'vega-lite';
import type { LearningPoint } from '../experiment/results.ts';
import { renderBothWidths } from './both-widths.ts';
import { chartColours, renderChart } from './chart.ts';
import { formatCount, formatEstimate } from './format-figure.ts';

/** The mean reward over the calls of the training with a band for its interval, and every figure in a table that opens. */
export async function renderLearningCurve(points: readonly LearningPoint[]): Promise<string> {
  if (points.length === 0) return '<p>No training episodes were recorded.</p>';
  const first = points[0]!;
  const last = points.at(-1)!;
  const description =
    `Line chart of the mean training reward at ${points.length} ${points.length === 1 ? 'point' : 'points'}. ` +
    `After ${formatCount(first.calls)} calls ${formatEstimate(first.reward)}; ` +
    `after ${formatCount(last.calls)} calls ${formatEstimate(last.reward)}.`;
  const caption =
    'Mean reward of the training episodes since the point before, with its 95% interval, over the LLM calls of the training, ' +
    'refinements and their tests included; the vertical axis does not start at 0. ' +
    'These are training users, and the policy still explores while it learns: the curve shows whether it learns, ' +
    'and its height cannot be compared with the table above. That is why no line of the best fixed prompt is drawn here.';
  const rows = points
    .map(
      ({ calls, episodes, reward }) =>
        `<tr><th scope="row">${formatCount(calls)}</th><td>${formatCount(episodes)}</td><td>${formatEstimate(reward)}</td></tr>`,
    )
    .join('');
  const charts = await renderBothWidths((width) => renderChart(createSpec(points, width), description));
  return `<figure>${charts}<figcaption>${caption}</figcaption></figure><details><summary>All points of the curve</summary><div class="scroll fit" tabindex="0" role="region" aria-label="Points of the learning curve"><table><thead><tr><th scope="col">LLM calls</th><th scope="col">Episodes</th><th scope="col">Mean reward</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

function createSpec(points: readonly LearningPoint[], width: number): TopLevelSpec {
  const padding = { left: 48, right: 28, top: 28, bottom: 48 };
  const size = { width: width - padding.left - padding.right, height: 220 };
  const low = Math.min(...points.map(({ reward }) => reward.low));
  const high = Math.max(...points.map(({ reward }) => reward.high));
  const margin = Math.max(0.005, (high - low) * 0.05);
  const x = {
    field: 'calls',
    type: 'quantitative' as const,
    scale: { domain: [0, points.at(-1)!.calls], nice: false },
    axis: {
      title: 'LLM calls of the training',
      titleX: size.width / 2,
      titleY: 28,
      titleBaseline: 'top' as const,
      labelFlush: false,
      grid: false,
      tickCount: width < 500 ? 3 : 6,
    },
  };
  const y = {
    field: 'mean',
    type: 'quantitative' as const,
    scale: { domain: [low - margin, high + margin], nice: true, zero: false },
    axis: {
      title: 'mean reward',
      titleAngle: 0,
      titleAlign: 'left' as const,
      titleX: -40,
      titleY: -14,
      tickCount: 5,
      format: '.3f',
    },
  };
  return {
    ...size,
    padding,
    data: { values: points.map(({ calls, reward }) => ({ calls, ...reward })) },
    layer: [
      {
        mark: { type: 'area', color: chartColours.accent, opacity: 0.18 },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      { mark: { type: 'line', color: chartColours.accent, strokeWidth: 2 }, encoding: { x, y } },
      { mark: { type: 'point', filled: true, color: chartColours.accent, opacity: 1, size: 18 }, encoding: { x, y } },
    ],
  };
}
