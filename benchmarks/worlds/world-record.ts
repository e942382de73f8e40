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
  /** Bounds and controls of a table, from chance to the label oracle. */
  readonly table: readonly TableBoundRecord[];
  /** What the bounds ask; absent in a world without a gap. */
  readonly choices?: BoundChoices;
  /** What the types explain; absent in a world without types or where nobody asked. */
  readonly types?: TypeRecord;
}

/** One bound or control of a table: means over its users, chosen by cross-fitting. */
export interface TableBoundRecord {
  readonly label: string;
  /** Knows what no policy can. */
  readonly ceiling: boolean;
  /** NDCG@10. */
  readonly mean: number;
  /** NDCG@10 above the best fixed prompt. */
  readonly gain: number;
}

/** Joint action numbers, so that other benches ask for these bounds without the answers that found them. */
export interface BoundChoices {
  readonly bestFixed: number;
  /** Of the context oracle for each report user, as `encodeChoices` writes them. */
  readonly oracle: string;
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
