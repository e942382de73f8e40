import { InvalidArgumentError } from '@rppkit/spec';
import { assertOneOf } from '../assert-one-of.ts';
import type { Dataset } from '../dataset.ts';
import type { InteractionLog } from '../interaction-log.ts';
import { createUserSequences, type Repeats, resolveRepeats, type UserSequences } from '../user-sequences.ts';

/**
 * Every user's sequence cut in three: positions [0, validationStart) train, [validationStart, testStart) validate and
 * [testStart, length) test. Each part may be empty.
 */
export interface InteractionSplit {
  /** The log that was split. */
  readonly log: InteractionLog;
  /** What each user did, oldest first, with repeats resolved over all that the user did. The cuts are positions in it. */
  readonly sequences: UserSequences;
  /** The same with every repeat in its place. */
  readonly complete: UserSequences;
  /** How repeats were resolved in `sequences`; under `keep` it equals `complete`. */
  readonly repeats: Repeats;
  /** `Int32Array [users]`. */
  readonly validationStart: Int32Array;
  /** `Int32Array [users]`, never below `validationStart`. */
  readonly testStart: Int32Array;
}

/** Sizes of the last two parts; together at most as long as the sequence. */
export interface SegmentSizes {
  readonly validation: number;
  readonly test: number;
}

/** A split from a function that says for one user's resolved rows, oldest first, how many validate and test. */
export function createInteractionSplit(
  dataset: Dataset,
  repeats: Repeats,
  computeSizes: (rows: Int32Array) => SegmentSizes,
): InteractionSplit {
  assertOneOf('repeats', repeats, ['first', 'last', 'keep']);
  if (dataset.order === 'none') {
    const advice = 'Without an order no item is the last.';
    throw new InvalidArgumentError('dataset.order', '"timestamp" or "column"', dataset.order, advice);
  }
  const { log } = dataset;
  const complete = createUserSequences(dataset, { repeats: 'keep' });
  const sequences = repeats === 'keep' ? complete : resolveRepeats(log, complete, repeats);
  const validationStart = new Int32Array(log.users.length);
  const testStart = new Int32Array(log.users.length);
  for (let user = 0; user < log.users.length; user++) {
    const rows = sequences.rows(user);
    const { validation, test } = computeSizes(rows);
    testStart[user] = rows.length - test;
    validationStart[user] = rows.length - test - validation;
  }
  return { log, sequences, complete, repeats, validationStart, testStart };
}
