import type { Comparison } from './comparison.ts';
import { renderEstimate } from './render-estimate.ts';

/** What all renderers of a comparison but CSV and JSON take. */
export interface RenderComparisonOptions {
  /** Digits after the point, 0 to 12, default 3. */
  readonly decimals?: number;
  /** Writes intervals beside the means. Default true. */
  readonly intervals?: boolean;
  /** Adds a table of all pairs with differences, effect sizes and p-values. Default false. */
  readonly pairs?: boolean;
}

/** The parts of one cell; none of them holds text of others. */
export interface ComparisonCell {
  readonly mean: string;
  /** Such as `[0.1, 0.3]`; empty where intervals are not asked for. */
  readonly interval: string;
  /** Letters. */
  readonly superscript: string;
  readonly best: boolean;
}

/** Cells `[systems][metrics]`. Throws `InvalidArgumentError` for wrong decimals. */
export function renderComparisonCells(
  { systems }: Comparison,
  decimals: number,
  intervals: boolean,
): readonly (readonly ComparisonCell[])[] {
  return systems.map(({ results }) =>
    results.map((result) => {
      const text = renderEstimate(result, { decimals });
      const end = text.indexOf(' ');
      const interval = intervals ? text.slice(end + 1) : '';
      return { mean: text.slice(0, end), interval, superscript: result.betterThan.join(''), best: result.best };
    }),
  );
}

/** Titles of the columns of `renderPairCells`. */
export const pairColumns: readonly string[] = [
  'metric',
  'first',
  'second',
  'difference',
  "Cohen's d",
  'p',
  'adjusted p',
];

/** Cells `[pairs][pairColumns]`; the first three hold names of metrics and systems as they are, not escaped. */
export function renderPairCells({ pairs }: Comparison, decimals: number): readonly (readonly string[])[] {
  return pairs.map(({ metric, first, second, difference, cohensD, pValue, adjustedPValue }) => [
    metric,
    first,
    second,
    renderEstimate(difference, { decimals }),
    renderEffect(cohensD),
    renderPValue(pValue),
    renderPValue(adjustedPValue),
  ]);
}

function renderEffect(effect: number): string {
  if (!Number.isFinite(effect)) return effect > 0 ? 'infinite' : '-infinite';
  const text = effect.toFixed(2);
  return Number(text) === 0 ? '0.00' : text;
}

function renderPValue(pValue: number): string {
  return pValue < 0.0001 ? '< 0.0001' : pValue.toFixed(4);
}
