import { InvalidArgumentError, type RandomStream, samplePermutation } from '@rppkit/spec';
import type { Dataset } from './dataset.ts';
import { DatasetError } from './dataset-error.ts';
import { createUserSequences } from './user-sequences.ts';

/** Disjoint groups of users, as indices into `log.users`, in random order. */
export interface UserSplit {
  readonly train: Int32Array;
  readonly report: Int32Array;
  /** Usable users that neither group took, for example for validation. */
  readonly rest: Int32Array;
}

export interface SplitUsersOptions {
  /** Users to train on; a non-negative integer. */
  readonly train: number;
  /** Users to report on; a non-negative integer. */
  readonly report: number;
  /** Least number of different items before the validation and the test item; default 1. */
  readonly minimumHistory?: number;
  /** Its state is not changed: equal streams give equal splits. */
  readonly random: RandomStream;
}

/**
 * Draws disjoint groups among the users with at least `minimumHistory` + 2 different items. The report users do not
 * depend on how many train. Throws `DatasetError` where there are too few users.
 */
export function splitUsers(
  dataset: Dataset,
  { train, report, minimumHistory = 1, random }: SplitUsersOptions,
): UserSplit {
  for (const [name, count] of Object.entries({ train, report, minimumHistory })) {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new InvalidArgumentError(name, 'a non-negative integer', count);
  }
  const sequences = createUserSequences(dataset);
  const leastItems = Math.max(minimumHistory, 1) + 2;
  const usable = dataset.log.users.map((_, user) => user).filter((user) => sequences.items(user).length >= leastItems);
  if (train + report > usable.length) {
    throw new DatasetError(
      dataset.name,
      `at least ${train + report} users with ${leastItems} or more different items`,
      `${usable.length} of ${dataset.log.users.length}`,
      { advice: 'Ask for fewer users or a shorter history.' },
    );
  }
  const order = samplePermutation(random.split('users'), usable.length).map((index) => usable[index]!);
  return {
    report: order.slice(0, report),
    train: order.slice(order.length - train),
    rest: order.slice(report, order.length - train),
  };
}
