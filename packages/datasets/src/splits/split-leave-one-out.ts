import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import type { Repeats } from '../user-sequences.ts';
import { createInteractionSplit, type InteractionSplit } from './interaction-split.ts';

export interface LeaveOneOutOptions {
  /** Which row of a repeated item counts; default `last`. */
  readonly repeats?: Repeats;
  /** Items that validate; a non-negative integer, default 1. */
  readonly validation?: number;
}

/**
 * The last item of each user tests and the `validation` items before it validate. A user's first item always trains: of n
 * items 1 tests where n is at least 2, and min(`validation`, n - 2) validate where n is at least 3. So a user with one item
 * has neither part, and one with two items has no validation part.
 *
 * Throws `InvalidArgumentError` for order `none`, because no item is the last, and for options out of range.
 */
export function splitLeaveOneOut(
  dataset: Dataset,
  { repeats = 'last', validation = 1 }: LeaveOneOutOptions = {},
): InteractionSplit {
  if (!Number.isSafeInteger(validation) || validation < 0) {
    throw new InvalidArgumentError('validation', 'a non-negative integer', validation);
  }
  return createInteractionSplit(dataset, repeats, ({ length }) => {
    const test = length >= 2 ? 1 : 0;
    return { test, validation: Math.min(validation, Math.max(0, length - 2)) };
  });
}
