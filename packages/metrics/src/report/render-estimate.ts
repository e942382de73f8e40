import { InvalidArgumentError } from '@rppkit/spec';

/** A mean with the ends of its interval, such as the result of `bootstrapMeanInterval`. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface RenderEstimateOptions {
  /** Digits after the point, 0 to 12, default 3. */
  readonly decimals?: number;
  /** `interval`: `0.543 [0.531, 0.555]`. `half-width`: `0.543 ±0.012`, half the interval's length. Default `interval`. */
  readonly style?: 'interval' | 'half-width';
  /** False drops the zero before the point: `.543 [.531, .555]`. Default true. */
  readonly leadingZero?: boolean;
}

/**
 * Writes an estimate as one cell of a table. A BCa interval need not be symmetric about the mean: `half-width` hides that.
 * Throws `InvalidArgumentError` where a number is not finite or the options are out of range.
 */
export function renderEstimate(
  { mean, low, high }: Estimate,
  { decimals = 3, style = 'interval', leadingZero = true }: RenderEstimateOptions = {},
): string {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 12) {
    throw new InvalidArgumentError('decimals', 'an integer from 0 to 12', decimals);
  }
  const write = (name: string, value: number): string => {
    if (!Number.isFinite(value)) throw new InvalidArgumentError(name, 'a finite number', value);
    const text = value.toFixed(decimals);
    // A small negative number rounds to -0.000.
    const unsigned = Number(text) === 0 ? text.replace('-', '') : text;
    return leadingZero ? unsigned : unsigned.replace(/^(-?)0\./, '$1.');
  };
  if (style === 'half-width') return `${write('mean', mean)} ±${write('high - low', (high - low) / 2)}`;
  if (style === 'interval') return `${write('mean', mean)} [${write('low', low)}, ${write('high', high)}]`;
  throw new InvalidArgumentError('style', "'interval' or 'half-width'", style);
}
