import type { InteractionLog } from './interaction-log.ts';

/**
 * What the order of a user's history means. `timestamp`: sorted by time, ties in row order. `column`: sorted by a column
 * that orders rows but holds no time, such as a play count, or by row order where the log has no such column; both are
 * declared by whoever loads the data. `none`: no order is known, so that no item is a user's last.
 */
export type InteractionOrder = 'timestamp' | 'column' | 'none';

export const interactionOrders: readonly InteractionOrder[] = ['timestamp', 'column', 'none'];

/** A named interaction log with the meaning of its order. */
export interface Dataset {
  /** Part of every task's id. */
  readonly name: string;
  readonly log: InteractionLog;
  readonly order: InteractionOrder;
  /** Attributes of users by id, such as `age`; absent where the source has none. */
  readonly userAttributes?: ReadonlyMap<string, Readonly<Record<string, string | readonly string[]>>>;
}
