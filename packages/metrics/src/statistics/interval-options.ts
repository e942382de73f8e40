import { InvalidArgumentError } from '@rppkit/spec';

/** Throws `InvalidArgumentError` unless 0 < `level` < 1. */
export function assertLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new InvalidArgumentError('level', 'between 0 and 1, both excluded', level);
}

/** Throws `InvalidArgumentError` unless `resamples` is an integer that leaves at least one resample in each tail. */
export function assertResamples(resamples: number, level: number): void {
  // Rounding of 1 - level must not turn an exact 40 into 41.
  const fewest = Math.ceil(2 / (1 - level) - 1e-6);
  if (!Number.isInteger(resamples) || resamples < fewest) {
    throw new InvalidArgumentError('resamples', `an integer, at least ${fewest} for level ${level}`, resamples);
  }
}
