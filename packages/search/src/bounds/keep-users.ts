import { InvalidArgumentError, RppError } from '@rppkit/spec';

/** Throws `InvalidArgumentError` unless the share of users that failed calls may cost is in [0, 1]. */
export function assertAllowedLoss(allowedLoss: number): void {
  if (allowedLoss >= 0 && allowedLoss <= 1) return;
  throw new InvalidArgumentError('allowedLoss', 'a number in [0, 1]', allowedLoss);
}

/**
 * Numbers of the users who have a value in every list (`Float64Array [users]` each; NaN: lost to a failed call), rising. Throws
 * `RppError` (`USERS_LOST`) where more than the allowed share have not, or fewer than two have.
 */
export function keepUsers(lists: readonly Float64Array[], users: number, allowedLoss: number): readonly number[] {
  const kept = Array.from({ length: users }, (_, user) => user).filter((user) =>
    lists.every((values) => !Number.isNaN(values[user]!)),
  );
  const lost = users - kept.length;
  if (kept.length >= 2 && lost <= allowedLoss * users) return kept;
  const percent = Number((100 * allowedLoss).toPrecision(6));
  throw new RppError(
    'USERS_LOST',
    `Expected failed calls for at most ${percent} % of ${users} users, and two users left, received ${lost} lost. ` +
      'Ask again for what is missing, or raise allowedLoss.',
  );
}
