import type { InteractionOrder } from '@rppkit/datasets';
import type { Item } from '@rppkit/spec';

/** What a recommender learns from: which items each user had, in rows of one user after the other. */
export interface TrainingInteractions {
  /** User ids; distinct. */
  readonly users: readonly string[];
  /** Items with distinct ids, also those that nobody had. */
  readonly items: readonly Item[];
  /** `Int32Array [users + 1]`: user u has the entries from `starts[u]` up to `starts[u + 1]`. */
  readonly starts: Int32Array;
  /** Indices into `items`, `Int32Array [interactions]`, oldest first within a user, no item twice. */
  readonly item: Int32Array;
  /** Seconds since 1970-01-01 UTC, `Float64Array [interactions]`; absent where the source has no times. */
  readonly time?: Float64Array;
  /** What the order within a user means; `none`: nothing. */
  readonly order: InteractionOrder;
}
