import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import type { InteractionSplit } from './interaction-split.ts';

/** What a row of the log is used for under a split. `repeat`: left out, because another row of the pair counts. */
export const rowRoles: { readonly repeat: 0; readonly train: 1; readonly validation: 2; readonly test: 3 } = {
  repeat: 0,
  train: 1,
  validation: 2,
  test: 3,
};

/**
 * The role of every row of the log, `Uint8Array [interactions]` of the values of `rowRoles`: for example to train a
 * recommender, or to count popularity, on training rows alone, whose mask is
 * `roles.map((role) => Number(role === rowRoles.train))`. Throws `InvalidArgumentError` for a split of another log.
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

/** Throws `InvalidArgumentError` where a split was made for another log, even for one of as many users. */
export function assertSplitOf({ name, log }: Dataset, split: InteractionSplit): void {
  if (split.log === log) return;
  throw new InvalidArgumentError(
    'split',
    `made from the log of data set ${name}`,
    split,
    'Split again after a filter.',
  );
}
