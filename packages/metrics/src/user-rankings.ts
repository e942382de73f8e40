/** Item ids, best first, without ties; or a score for each item id, higher is better, equal scores tie. */
export type UserRanking = readonly string[] | Readonly<Record<string, number>>;

/** A ranking for each user. */
export type UserRankings = Readonly<Record<string, UserRanking>>;

/** Item id → gain by user; gains are finite and at least 0, items that are absent have gain 0. */
export type UserRelevance = Readonly<Record<string, Readonly<Record<string, number>>>>;
