/** Why an answer holds no usable ranking; a closed list, so that invalid answers can be counted by reason. */
export type InvalidReason = 'empty' | 'refusal' | 'no-list' | 'truncated' | 'context-length' | 'content-filter';

/** A ranking was found. Indices refer to the candidates as they stood in the prompt. */
export interface RankedAnswer {
  /** `complete`: every candidate is ranked. `partial`: `missing` holds at least one. */
  readonly kind: 'complete' | 'partial';
  /** Candidate indices, best first, no repeats. */
  readonly order: Int32Array;
  /** Candidate indices that the answer leaves out, ascending. */
  readonly missing: Int32Array;
  /** How many lines named a candidate again. */
  readonly repeated: number;
  /** Listed texts that are no candidate. */
  readonly foreign: readonly string[];
  /** How the list was read. */
  readonly strategy: 'titles' | 'indices';
}

export interface InvalidAnswer {
  readonly kind: 'invalid';
  readonly reason: InvalidReason;
  readonly raw: string;
}

/** The result of reading a model's answer: never thrown, never guessed in silence. */
export type ParsedRanking = RankedAnswer | InvalidAnswer;
