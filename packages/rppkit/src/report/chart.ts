import type { Config, TopLevelSpec } from 'vega-lite';
import { cleanText, escapeHtml } from './escape-html.ts';

/** Colours in the SVG text. `chartStyles` re-colours each of them for light and dark pages. */
export const chartColours = {
  ink: '#1b1f24',
  muted: '#5b6470',
  grid: '#d9dde2',
  bar: '#a9b1bb',
  accent: '#1f6f8b',
} as const;

/** CSS that gives every chart colour the value of the page's custom property of the same name, such as `--accent`. */
export const chartStyles: string = Object.entries(chartColours)
  .map(([name, colour]) => `svg [fill="${colour}"]{fill:var(--${name})}svg [stroke="${colour}"]{stroke:var(--${name})}`)
  .join('\n');

const config: Config = {
  // One label for the whole picture says more to a screen reader than one for each mark.
  aria: false,
  background: 'transparent',
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: {
    domain: false,
    ticks: false,
    gridColor: chartColours.grid,
    domainColor: chartColours.grid,
    tickColor: chartColours.grid,
    labelColor: chartColours.muted,
    titleColor: chartColours.muted,
    titleFontWeight: 'normal',
    labelFontSize: 12,
    titleFontSize: 12,
    labelPadding: 6,
    // Hiding overlaps measures text, which depends on what else is installed; ticks are few instead.
    labelOverlap: false,
  },
};

/**
 * Draws a chart as an SVG element with `role="img"` and `description` as its label. Plot size and padding are taken from
 * `spec`, in pixels. The text depends on `spec` alone as long as it clips nothing and has no gradients (their ids count up).
 */
export async function renderChart(spec: TopLevelSpec, description: string): Promise<string> {
  // Loaded here because both are large and only reports need them.
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const compiled = vegaLite.compile({ ...spec, autosize: { type: 'none' } }, { config }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return withoutMarkRoles(svg).replace('<svg ', `<svg role="img" aria-label="${escapeHtml(description)}" `);
}

/** `aria: false` leaves roles of pictures on groups of marks, which have no names. */
function withoutMarkRoles(svg: string): string {
  return svg.replace(/ (?:role="graphics-\w+"|aria-roledescription="[^"]*")/g, '');
}

/** Text for a chart label: one line, invisible characters made visible. The drawing library escapes it. */
export function toChartLabel(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ');
}
