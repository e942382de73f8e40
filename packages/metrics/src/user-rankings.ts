import type { KeyedValues } from './keyed-values.ts';

/**
 * Item ids, best first, without ties; or a score for each item id, higher is better, equal scores tie. A record of scores
 * loses the order of ids that look like integers: where it matters, pass an array or a `Map`.
 */
export type UserRanking = readonly string[] | KeyedValues<number>;

/** A ranking for each user. */
export type UserRankings = KeyedValues<UserRanking>;

/** Item id → gain by user; gains are finite and at least 0, items that are absent have gain 0. */
export type UserRelevance = KeyedValues<KeyedValues<number>>;
