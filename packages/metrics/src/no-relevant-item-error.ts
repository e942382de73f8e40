import { RppError } from '@rppkit/spec';

/**
 * A metric was asked about a user without any relevant item, for whom it is undefined. Counting such a user as 0 or as 1
 * would move the mean without saying so: leave the user out and report how many were left out.
 */
export class NoRelevantItemError extends RppError {
  /** The user, where the caller named users. */
  readonly user: string | undefined;

  /** `option`: what the caller could pass in place of leaving the user out. */
  constructor(user?: string, option?: string) {
    const whose = user === undefined ? '' : ` of user ${JSON.stringify(user)}`;
    super(
      'NO_RELEVANT_ITEM',
      `Expected at least one item${whose} with a gain above 0, received none. Ranking metrics are undefined then: ` +
        `leave such users out and report their number${option === undefined ? '' : `, or pass ${option}`}.`,
    );
    this.user = user;
  }

  static override isInstance(value: unknown): value is NoRelevantItemError {
    return RppError.isInstance(value) && value.code === 'NO_RELEVANT_ITEM';
  }
}
