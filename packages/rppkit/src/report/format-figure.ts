import { InvalidArgumentError } from '@rppkit/spec';
import type { Estimate } from '../experiment/results.ts';

/** NDCG or reward with three decimals, `0.454`. Throws for a value that is not finite. */
export function formatScore(value: number): string {
  return assertFinite(value)
    .toFixed(3)
    .replace(/^-(0\.0+)$/, '$1');
}

/** The interval of an estimate, `[0.448, 0.460]`. */
export function formatInterval({ low, high }: Estimate): string {
  return `[${formatScore(low)}, ${formatScore(high)}]`;
}

/** Mean and interval, `0.454 [0.448, 0.460]`. */
export function formatEstimate(estimate: Estimate): string {
  return `${formatScore(estimate.mean)} ${formatInterval(estimate)}`;
}

/** A difference of two scores with its sign and interval, `+0.012 [0.004, 0.020]`. */
export function formatDifference(estimate: Estimate): string {
  return `${Number(formatScore(estimate.mean)) > 0 ? '+' : ''}${formatEstimate(estimate)}`;
}

/** A whole number with thousands separators, `50,000`; fractions are rounded. Throws for a value that is not finite. */
export function formatCount(value: number): string {
  return Math.round(assertFinite(value)).toLocaleString('en-US');
}

/** A share of 0 to 1 as per cent with one decimal, `62.1%`. Throws for a value that is not finite. */
export function formatShare(value: number): string {
  return `${(assertFinite(value) * 100).toFixed(1)}%`;
}

/**
 * A p-value with three decimals, never 0.000: for reports `p = 0.031` and `p < 0.001`, as a `sentence` of a terminal `p = .031` and
 * `p < .001`, as a `cell` of its tables `.031` and `<.001`. Throws for a value that is not finite.
 */
export function formatPValue(value: number, style: 'report' | 'sentence' | 'cell' = 'report'): string {
  const small = assertFinite(value) < 0.0005;
  const figure = small ? '0.001' : value.toFixed(3);
  if (style === 'report') return `p ${small ? '<' : '='} ${figure}`;
  const short = figure.replace(/^0/, '');
  if (style === 'sentence') return `p ${small ? '<' : '='} ${short}`;
  return `${small ? '<' : ''}${short}`;
}

function assertFinite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError(
    'a figure of the report',
    'a finite number',
    value,
    'Leave users without an answer out of the mean.',
  );
}
