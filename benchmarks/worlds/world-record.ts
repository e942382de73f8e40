/** What one seed of a world gives: means of NDCG@10 on report users, 4 draws each. */
export interface WorldRecord {
  /** Uniformly random prompts. */
  readonly random: number;
  readonly bestFixed: number;
  readonly oracle: number;
  /** Context oracle less best fixed prompt. */
  readonly headroom: number;
  /** Its standard error over users. */
  readonly standardError: number;
  /** The headroom of a policy fitted on half of the answers. */
  readonly halfHeadroom: number;
  /**
   * Standard deviation of one call's reward within a user and a prompt over four candidate orders, for uniformly random prompts,
   * which are what a learner begins with.
   */
  readonly withinUser: number;
  /** The same for the best fixed prompt. */
  readonly withinUserBestFixed: number;
  /** What the types explain; absent in a world without types or where nobody asked. */
  readonly types?: TypeRecord;
}

export interface TypeRecord {
  /** Share of report users whose four traits are all read right from the observation. */
  readonly recovered: number;
  /** The same for each trait alone. */
  readonly traits: Readonly<Record<string, number>>;
  /** Share of the headroom that the best rule on one observation dimension closes, by dimension. */
  readonly rules: Readonly<Record<string, number>>;
  /**
   * Share of the headroom that is lost where one pattern is the same for everybody, in its expression that is best for other
   * users, by pattern.
   */
  readonly patterns: Readonly<Record<string, number>>;
  /** Best prompt of each latent type less best fixed: a ceiling for prompts of types, to be divided by nothing. */
  readonly typeOracle: number;
}
