import type { Estimate, ExperimentResults } from '../experiment/results.ts';
import { renderBarChart } from './bar-chart.ts';
import { renderBothWidths } from './both-widths.ts';
import { formatDifference } from './format-figure.ts';
import { createSignedTicks } from './signed-ticks.ts';

/** Bars of what personal prompts gain, and of what they could gain where the context oracle was asked; 0 is marked. */
export async function renderGainChart({
  gains,
  headroom,
}: Pick<ExperimentResults, 'gains' | 'headroom'>): Promise<string> {
  const differences: readonly (readonly [string, Estimate, boolean])[] = [
    ['RPP less best fixed prompt', gains.overBestFixed, true],
    ...(gains.overRepeated === undefined
      ? []
      : [['RPP less best fixed asked as often', gains.overRepeated, true] as const]),
    ['RPP less its prompts with users swapped', gains.overSwapped, true],
    ...(headroom === null ? [] : [['Headroom: context oracle less best fixed', headroom, false] as const]),
  ];
  const { ticks, format } = createSignedTicks(differences.flatMap(([, { low, high }]) => [low, high]));
  const charts = await renderBothWidths((width) =>
    renderBarChart({
      bars: differences.map(([label, estimate, accent]) => ({
        label,
        figure: width < 500 ? formatDifference(estimate).replace(/ .*/, '') : formatDifference(estimate),
        value: estimate.mean,
        interval: [estimate.low, estimate.high] as const,
        accent,
      })),
      ticks,
      format,
      reference: 0,
      width,
      description: `Bar chart of differences in NDCG@10 with 95% intervals. ${differences.map(([label, estimate]) => `${label} ${formatDifference(estimate)}`).join('; ')}.`,
    }),
  );
  const missing =
    headroom === null ? ' No bar of the headroom: it needs a context oracle, which was not asked in this run.' : '';
  return `<figure>${charts}<figcaption>Differences in mean NDCG@10 with 95% intervals; the long stroke marks 0. A policy pays where ${gains.overRepeated === undefined ? 'both of its bars' : 'all three of its bars'} lie above 0 with their whole interval.${missing}</figcaption></figure>`;
}
