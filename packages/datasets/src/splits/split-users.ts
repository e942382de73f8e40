import { InvalidArgumentError, type RandomStream, samplePermutation } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import { createUserSequences } from '../user-sequences.ts';

/** Disjoint groups of users, as indices into `log.users`, in random order. */
export interface UserSplit {
  readonly train: Int32Array;
  /** To choose among models; neither trained nor reported on. */
  readonly validation: Int32Array;
  readonly report: Int32Array;
  /** Usable users that no group took. */
  readonly rest: Int32Array;
}

export interface SplitUsersOptions {
  /** Users to train on; a non-negative integer. */
  readonly train: number;
  /** Users to choose models on; a non-negative integer, default 0. */
  readonly validation?: number;
  /** Users to report on; a non-negative integer. */
  readonly report: number;
  /** Least number of different items before the validation and the test item; default 1. */
  readonly minimumHistory?: number;
  /** Users to draw from, as indices into `log.users` without duplicates, such as `listTaskUsers` gives; default all. */
  readonly among?: Int32Array;
  /** Its state is not changed: equal streams give equal splits. */
  readonly random: RandomStream;
}

/**
 * Draws disjoint groups among the users with at least `minimumHistory` + 2 different items. The report users do not
 * depend on how many train or validate, nor the validation users on how many train. Throws `InvalidArgumentError` for
 * counts out of range and `DatasetError` where there are too few users.
 */
export function splitUsers(
  dataset: Dataset,
  { train, validation = 0, report, minimumHistory = 1, among, random }: SplitUsersOptions,
): UserSplit {
  for (const [name, count] of Object.entries({ train, validation, report, minimumHistory })) {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new InvalidArgumentError(name, 'a non-negative integer', count);
  }
  const candidates = Array.from(among ?? dataset.log.users.keys());
  assertUsers(candidates, dataset.log.users.length);
  const sequences = createUserSequences(dataset);
  const leastItems = Math.max(minimumHistory, 1) + 2;
  const usable = candidates.filter((user) => sequences.items(user).length >= leastItems);
  const wanted = train + validation + report;
  if (wanted > usable.length) {
    throw new DatasetError(
      dataset.name,
      `at least ${wanted} users with ${leastItems} or more different items`,
      `${usable.length} of ${candidates.length}`,
      { advice: minimumHistory > 1 ? 'Ask for fewer users or a shorter history.' : 'Ask for fewer users.' },
    );
  }
  const order = samplePermutation(random.split('users'), usable.length).map((index) => usable[index]!);
  return {
    report: order.slice(0, report),
    validation: order.slice(report, report + validation),
    rest: order.slice(report + validation, order.length - train),
    train: order.slice(order.length - train),
  };
}

function assertUsers(users: readonly number[], count: number): void {
  const seen = new Set<number>();
  for (const user of users) {
    if (user < 0 || user >= count || seen.has(user)) {
      throw new InvalidArgumentError('among', `different indices below ${count}`, user);
    }
    seen.add(user);
  }
}
