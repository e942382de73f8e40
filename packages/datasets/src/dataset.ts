import type { InteractionLog } from './interaction-log.ts';

/**
 * What the order of a user's history means. `timestamp`: sorted by time, ties in row order. `column`: the row order of
 * the source, declared to be meaningful. `none`: no order is known, so that no item is a user's last.
 */
export type InteractionOrder = 'timestamp' | 'column' | 'none';

/** A named interaction log with the meaning of its order. */
export interface Dataset {
  /** Part of every task's id. */
  readonly name: string;
  readonly log: InteractionLog;
  readonly order: InteractionOrder;
}
