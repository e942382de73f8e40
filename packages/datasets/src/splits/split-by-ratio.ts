import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import type { Repeats } from '../user-sequences.ts';
import { createInteractionSplit, type InteractionSplit } from './interaction-split.ts';

export interface RatioSplitOptions {
  /** Share of a user's items that train, in [0, 1]; default 0.8. */
  readonly train?: number;
  /** Share that validate; default 0.1. */
  readonly validation?: number;
  /** Share that test; default 0.1. The three sum to 1. */
  readonly test?: number;
  /** Which row of a repeated item counts; default `last`. */
  readonly repeats?: Repeats;
}

/** What floating point may lose: 0.29 * 100 is 28.999999999999996. */
const tolerance = 1e-9;

/**
 * Cuts each user's sequence by shares, oldest first. Of n items floor(n * share) validate and test, the others train; a part
 * whose share of n is above 0 and below 1 then takes one item from training while that has more than one, test before
 * validation. These are the counts of RecBole's `RS` grouped by user, which shuffles unless told to keep the time order.
 *
 * Throws `InvalidArgumentError` for order `none`, for shares outside [0, 1] and for shares that do not sum to 1.
 */
export function splitByRatio(
  dataset: Dataset,
  { train = 0.8, validation = 0.1, test = 0.1, repeats = 'last' }: RatioSplitOptions = {},
): InteractionSplit {
  for (const [name, share] of Object.entries({ train, validation, test })) {
    if (!(share >= 0 && share <= 1)) throw new InvalidArgumentError(name, 'a share in [0, 1]', share);
  }
  const sum = train + validation + test;
  if (Math.abs(sum - 1) > tolerance) throw new InvalidArgumentError('train + validation + test', '1', sum);
  return createInteractionSplit(dataset, repeats, ({ length }) => {
    let testCount = Math.floor(length * test + tolerance);
    let validationCount = Math.floor(length * validation + tolerance);
    if (test > 0 && testCount === 0 && length - validationCount > 1) testCount = 1;
    if (validation > 0 && validationCount === 0 && length - testCount > 1) validationCount = 1;
    return { validation: validationCount, test: testCount };
  });
}
