import type { TopLevelSpec } from 'vega-lite';
import type { PositionBias } from '../experiment/results.ts';
import { renderBothWidths } from './both-widths.ts';
import { chartColours, renderChart } from './chart.ts';
import { escapeHtml, renderForeignText } from './escape-html.ts';
import { formatCount, formatPValue, formatScore } from './format-figure.ts';

/** NDCG@10 by the position of the relevant candidate in the prompt, with the slope and its tests. */
export async function renderPositionBias(biases: readonly PositionBias[]): Promise<string> {
  if (biases.length === 0) return '<p>Too few users or positions to see an effect of the position.</p>';
  const figures = biases.map(
    ({ label, slope, slopeP }) => `${label}: ${formatSlope(slope.mean)} a position, ${formatPValue(slopeP)}`,
  );
  const description = `Line chart of mean NDCG@10 by the position of the relevant candidate in the prompt. ${figures.join('; ')}.`;
  const charts = await renderBothWidths((width) => renderChart(createSpec(biases, width), description));
  const legend = biases
    .map(({ id, label }) => `${renderForeignText(label)} ${id === 'rpp' ? 'solid' : 'dashed'}`)
    .join(', ');
  const rows = biases.map(
    ({ label, slope, slopeP, anyEffectP }) =>
      `<tr><th scope="row">${renderForeignText(label)}</th><td>${formatSlope(slope.mean)} <span class="interval">[${formatSlope(slope.low)}, ${formatSlope(slope.high)}]</span></td><td>${escapeHtml(formatPValue(slopeP))}</td><td>${escapeHtml(formatPValue(anyEffectP))}</td></tr>`,
  );
  return `<figure>${charts}<figcaption>Mean NDCG@10 of the users whose relevant candidate stood at a position of the prompt, 1 the first: ${legend}. The vertical axis does not start at 0.</figcaption></figure>
<div class="scroll fit" tabindex="0" role="region" aria-label="Position bias"><table class="dense"><thead><tr><th scope="col">System</th><th scope="col">NDCG@10 for each position further down</th><th scope="col">Slope is 0</th><th scope="col">Any effect</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>
<p class="note">A model that reads its candidates evenly has a slope of 0; below 0 it favours what is shown first. Slope: least squares with Student’s t test. Any effect: permutation test, which also sees a neglected middle. Candidates are shown in random order.</p>
${renderPositions(biases)}`;
}

function renderPositions(biases: readonly PositionBias[]): string {
  const heads = biases.map(({ label }) => `<th scope="col">${renderForeignText(label)}</th>`).join('');
  const rows = biases[0]!.positions.map(({ position, count }) => {
    const cells = biases.map(({ positions }) => {
      const mean = positions[position]?.mean ?? null;
      return `<td>${mean === null ? '–' : formatScore(mean)}</td>`;
    });
    return `<tr><th scope="row">${formatCount(position + 1)}</th><td>${formatCount(count)}</td>${cells.join('')}</tr>`;
  });
  return `<details><summary>All positions</summary><div class="scroll fit" tabindex="0" role="region" aria-label="NDCG by position"><table><thead><tr><th scope="col">Position</th><th scope="col">Users</th>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table></div></details>`;
}

/** Slopes are small: four decimals. */
function formatSlope(value: number): string {
  const text = Math.abs(value).toFixed(4);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '-' : '+'}${text}`;
}

function createSpec(biases: readonly PositionBias[], width: number): TopLevelSpec {
  const padding = { left: 48, right: 28, top: 28, bottom: 48 };
  const size = { width: width - padding.left - padding.right, height: 200 };
  const values = biases.flatMap(({ id, positions }) =>
    positions.flatMap(({ position, mean }) => (mean === null ? [] : [{ id, position: position + 1, mean }])),
  );
  const means = values.map(({ mean }) => mean);
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const margin = Math.max(0.005, (high - low) * 0.05);
  const count = Math.max(...biases.map(({ positions }) => positions.length));
  const x = {
    field: 'position',
    type: 'quantitative' as const,
    scale: { domain: [1, count], nice: false },
    axis: {
      title: 'position of the relevant candidate in the prompt',
      titleX: size.width / 2,
      titleY: 28,
      titleBaseline: 'top' as const,
      grid: false,
      format: 'd',
      tickCount: Math.min(count, width < 500 ? 5 : 10),
    },
  };
  const y = {
    field: 'mean',
    type: 'quantitative' as const,
    scale: { domain: [low - margin, high + margin], nice: true, zero: false },
    axis: {
      title: 'mean NDCG@10',
      titleAngle: 0,
      titleAlign: 'left' as const,
      titleX: -40,
      titleY: -14,
      tickCount: 5,
      format: '.2f',
    },
  };
  return {
    ...size,
    padding,
    data: { values },
    layer: biases.flatMap(({ id }) => {
      const own = id === 'rpp';
      const color = own ? chartColours.accent : chartColours.muted;
      const transform = [{ filter: { field: 'id', equal: id } }];
      return [
        {
          transform,
          mark: { type: 'line' as const, color, strokeWidth: 2, ...(own ? {} : { strokeDash: [5, 4] }) },
          encoding: { x, y },
        },
        { transform, mark: { type: 'point' as const, filled: true, color, opacity: 1, size: 22 }, encoding: { x, y } },
      ];
    }),
  };
}
