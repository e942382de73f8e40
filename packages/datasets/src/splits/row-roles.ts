import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import type { InteractionSplit } from './interaction-split.ts';

/** What a row of the log is used for under a split. `repeat`: left out, because another row of the pair counts. */
export const rowRoles: { readonly train: 0; readonly validation: 1; readonly test: 2; readonly repeat: 3 } = {
  train: 0,
  validation: 1,
  test: 2,
  repeat: 3,
};

/**
 * The role of every row of the log, `Uint8Array [interactions]` of the values of `rowRoles`: for example to train a
 * recommender, or to count popularity, on training rows alone. Throws `InvalidArgumentError` for a split of other users.
 */
export function computeRowRoles(dataset: Dataset, split: InteractionSplit): Uint8Array {
  assertSplitOf(dataset, split);
  const { sequences, validationStart, testStart } = split;
  const roles = new Uint8Array(dataset.log.user.length).fill(rowRoles.repeat);
  for (let user = 0; user < dataset.log.users.length; user++) {
    const rows = sequences.rows(user);
    for (let position = 0; position < rows.length; position++) {
      const isTest = position >= testStart[user]!;
      const isValidation = position >= validationStart[user]!;
      roles[rows[position]!] = isTest ? rowRoles.test : isValidation ? rowRoles.validation : rowRoles.train;
    }
  }
  return roles;
}

/** Throws `InvalidArgumentError` where a split was made for another number of users. */
export function assertSplitOf({ log }: Dataset, { testStart }: InteractionSplit): void {
  if (testStart.length === log.users.length) return;
  const expected = `a split of the ${log.users.length} users of the data set`;
  throw new InvalidArgumentError('split', expected, testStart, 'Split again after a filter.');
}
