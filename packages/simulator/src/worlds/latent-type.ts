/** The hidden traits that make users of a `diverse` world differ. For bounds and tests only: no data set holds them. */
export interface LatentType {
  /** Number of the type in [0, 16): the sum of 8, 4, 2 and 1 for the traits that hold, in the order below. */
  readonly index: number;
  /** Stays with one favourite genre for a session, then moves on; otherwise all favourites take turns, item by item. */
  readonly sessionDriven: boolean;
  /** Chooses from the most popular third of the items; otherwise from the rest. */
  readonly mainstream: boolean;
  /** Three favourite genres; otherwise eight. */
  readonly narrow: boolean;
  /** A third of the items follow no taste at all; otherwise few do. */
  readonly noisy: boolean;
}

/** All combinations of the four traits, `latentTypes[index].index === index`. */
export const latentTypes: readonly LatentType[] = Array.from({ length: 16 }, (_, index) => ({
  index,
  sessionDriven: (index & 8) !== 0,
  mainstream: (index & 4) !== 0,
  narrow: (index & 2) !== 0,
  noisy: (index & 1) !== 0,
}));
