import type { ResultRow } from '../experiment/results.ts';
import { renderBarChart } from './bar-chart.ts';
import { renderBothWidths } from './both-widths.ts';
import { formatEstimate, formatScore } from './format-figure.ts';

/** Bars of NDCG@10 with intervals, in the order of the rows; RPP in the accent colour, chance marked at every bar. */
export async function renderNdcgChart(rows: readonly ResultRow[]): Promise<string> {
  const chance = rows.find(({ id }) => id === 'chance')?.ndcg['10'].mean;
  const figures = rows.map(({ label, ndcg }) => `${label} ${formatEstimate(ndcg['10'])}`).join('; ');
  const top = Math.max(0.1, ...rows.map(({ ndcg }) => ndcg['10'].high));
  const step = top > 0.5 ? 0.2 : 0.1;
  const ticks = Array.from({ length: Math.ceil(top / step - 1e-9) + 1 }, (_, index) => index * step);
  const marks =
    chance === undefined ? '' : ` The long stroke in every row is the chance level, ${formatScore(chance)}.`;
  const charts = await renderBothWidths((width) =>
    renderBarChart({
      bars: rows.map(({ id, label, ndcg: { 10: estimate } }) => ({
        label,
        figure: formatScore(estimate.mean),
        value: estimate.mean,
        ...(estimate.high > estimate.low ? { interval: [estimate.low, estimate.high] as const } : {}),
        accent: id === 'rpp',
      })),
      ticks,
      format: '.1f',
      ...(chance === undefined ? {} : { reference: chance }),
      width,
      description: `Bar chart of mean NDCG@10 with 95% intervals. ${figures}.`,
    }),
  );
  return `<figure>${charts}<figcaption>Mean NDCG@10 with 95% intervals.${marks}</figcaption></figure>`;
}
