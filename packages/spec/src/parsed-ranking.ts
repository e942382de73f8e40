/** Why an answer holds no usable ranking; a closed list, so that invalid answers can be counted by reason. */
export type InvalidReason =
  | 'empty'
  | 'refusal'
  | 'no-list'
  | 'wrong-language'
  | 'truncated'
  | 'context-length'
  | 'content-filter';

/** How a list was read: by titles or by candidate numbers, from text (lines, chains, tables) or from JSON. */
export type RankingStrategy = 'titles' | 'indices' | 'json-titles' | 'json-indices';

/** A ranking was found. Indices refer to the candidates as they stood in the prompt. */
export interface RankedAnswer {
  /** `complete`: every candidate is ranked. `partial`: `missing` holds at least one. */
  readonly kind: 'complete' | 'partial';
  /** Candidate indices, best first, no repeats. */
  readonly order: Int32Array;
  /** Candidate indices that the answer leaves out, ascending. */
  readonly missing: Int32Array;
  /** How many entries named a candidate again. */
  readonly repeated: number;
  /** Listed texts that are no candidate. */
  readonly foreign: readonly string[];
  /** How many entries of `order` were matched approximately, by a small edit distance. */
  readonly approximate: number;
  readonly strategy: RankingStrategy;
}

export interface InvalidAnswer {
  readonly kind: 'invalid';
  readonly reason: InvalidReason;
  readonly raw: string;
}

/** The result of reading a model's answer: never thrown, never guessed in silence. */
export type ParsedRanking = RankedAnswer | InvalidAnswer;
