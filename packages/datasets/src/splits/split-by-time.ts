import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import type { Repeats } from '../user-sequences.ts';
import { createInteractionSplit, type InteractionSplit } from './interaction-split.ts';

export interface TimeSplitOptions {
  /** Rows from this time on validate; seconds since 1970-01-01 UTC, at most `testFrom`. */
  readonly validationFrom: number;
  /** Rows from this time on test; seconds since 1970-01-01 UTC. */
  readonly testFrom: number;
  /** Which row of a repeated item counts; default `last`, so that an item which returns later leaves the earlier part. */
  readonly repeats?: Repeats;
}

/**
 * Cuts all users at the same two moments: rows before `validationFrom` train, rows from `testFrom` on test, rows between
 * them validate. Many users have an empty part.
 *
 * Throws `InvalidArgumentError` for an order other than `timestamp`, and for moments that are not finite or not in order.
 */
export function splitByTime(
  dataset: Dataset,
  { validationFrom, testFrom, repeats = 'last' }: TimeSplitOptions,
): InteractionSplit {
  if (dataset.order !== 'timestamp') {
    const advice = 'Use splitLeaveOneOut or splitByRatio, which need no times.';
    throw new InvalidArgumentError('dataset.order', '"timestamp"', dataset.order, advice);
  }
  if (!Number.isFinite(testFrom)) throw new InvalidArgumentError('testFrom', 'a finite number of seconds', testFrom);
  if (!(Number.isFinite(validationFrom) && validationFrom <= testFrom)) {
    throw new InvalidArgumentError('validationFrom', `a number of seconds up to ${testFrom}`, validationFrom);
  }
  const { time } = dataset.log;
  return createInteractionSplit(dataset, repeats, (rows) => {
    // `createInteractionSplit` refuses order `timestamp` without times.
    const countFrom = (moment: number): number => {
      let count = 0;
      while (count < rows.length && time![rows[rows.length - 1 - count]!]! >= moment) count++;
      return count;
    };
    const test = countFrom(testFrom);
    return { test, validation: countFrom(validationFrom) - test };
  });
}
