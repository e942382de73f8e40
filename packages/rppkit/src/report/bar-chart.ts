import type { TopLevelSpec } from 'vega-lite';
import { chartColours, renderChart, toChartLabel } from './chart.ts';

/** One horizontal bar with its label and figure on a line above it. */
interface Bar {
  readonly label: string;
  /** The value as it is printed. */
  readonly figure: string;
  readonly value: number;
  /** Ends of the interval that is drawn over the bar, if any. */
  readonly interval?: readonly [number, number];
  readonly accent: boolean;
}

/** What a bar chart shows and how wide it is. */
export interface BarChartOptions {
  readonly bars: readonly Bar[];
  /** Values at which the axis has a line; the first and the last one are its ends. They enclose 0, where bars start. */
  readonly ticks: readonly number[];
  /** d3 format of the axis labels, such as `.1f`. */
  readonly format: string;
  /** A value that is marked by a long stroke at every bar. */
  readonly reference?: number;
  /** Width of the whole picture in pixels. */
  readonly width: number;
  /** States the figures for those who do not see the picture. */
  readonly description: string;
}

const barStep = 42;
const sidePadding = 1;
/** Generous mean width of a character at the label size. */
const characterWidth = 7;

/** Draws horizontal bars that start at 0, in the order given. */
export function renderBarChart({
  bars,
  ticks,
  format,
  reference,
  width,
  description,
}: BarChartOptions): Promise<string> {
  const plotWidth = width - 2 * sidePadding;
  const values = bars.map(({ label, figure, value, interval, accent }, position) => ({
    position,
    label: cutLabel(toChartLabel(label), Math.floor(plotWidth / characterWidth) - figure.length - 2),
    figure,
    value,
    low: interval?.[0] ?? null,
    high: interval?.[1] ?? null,
    fill: accent ? chartColours.accent : chartColours.bar,
  }));
  const y = { field: 'position', type: 'ordinal', axis: null, scale: { padding: 0 } } as const;
  const x = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { domain: [ticks[0]!, ticks.at(-1)!], nice: false },
    // Lines across the plot would run through the labels.
    axis: { values: [...ticks], format, title: null, grid: false, ticks: true, domain: true },
  });
  const text = { type: 'text', baseline: 'middle', yOffset: -8, fontSize: 13, color: chartColours.ink } as const;
  const limits = {
    type: 'tick',
    orient: 'vertical',
    yOffset: 9,
    thickness: 1.5,
    size: 8,
    color: chartColours.ink,
  } as const;
  const spec: TopLevelSpec = {
    width: plotWidth,
    height: barStep * bars.length,
    padding: { left: sidePadding, right: sidePadding, top: 4, bottom: 24 },
    data: { values },
    layer: [
      {
        mark: { type: 'bar', height: 12, yOffset: 9 },
        encoding: { y, x: x('value'), color: { field: 'fill', type: 'nominal', scale: null } },
      },
      ...(reference === undefined
        ? []
        : [
            {
              mark: { ...limits, size: 18, color: chartColours.muted },
              encoding: { y, x: { datum: reference, type: 'quantitative' as const } },
            },
          ]),
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', yOffset: 9, strokeWidth: 1.5, color: chartColours.ink },
        encoding: { y, x: x('low'), x2: { field: 'high' } },
      },
      { transform: [{ filter: 'isValid(datum.low)' }], mark: limits, encoding: { y, x: x('low') } },
      { transform: [{ filter: 'isValid(datum.low)' }], mark: limits, encoding: { y, x: x('high') } },
      { mark: { ...text, align: 'left' }, encoding: { y, x: { value: 0 }, text: { field: 'label' } } },
      { mark: { ...text, align: 'right' }, encoding: { y, x: { value: plotWidth }, text: { field: 'figure' } } },
    ],
  };
  return renderChart(spec, description);
}

function cutLabel(label: string, limit: number): string {
  const characters = [...label];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : label;
}
