import type { TitleIndex } from './title-index.ts';

/** An answer being read, with what is needed to read it. */
export interface Answer {
  /** The cleaned answer after its thinking. */
  readonly body: string;
  /** `body` with candidates' titles that could pass for structure replaced by `mask`, unit by unit. */
  readonly masked: string;
  readonly titles: TitleIndex;
  readonly count: number;
  readonly firstIndex: number;
  /** Whether indices were asked for. */
  readonly asksIndices: boolean;
  /** Whether the answer was cut off at its limit of length. */
  readonly cut: boolean;
  /**
   * How many more entries may be matched approximately, how many read at all, and how many parts of lines may be read as
   * chains of their own: bounds the time of hostile answers.
   */
  readonly budget: { fuzzy: number; entries: number; parts: number };
  /** Entries that were matched before, by their text: long answers repeat themselves. */
  readonly known: Map<string, Entry | undefined>;
}

/** One entry of a list that was found in an answer. */
export interface Entry {
  /** The entry without its marker and explanation. */
  readonly text: string;
  /** The candidate of this title, or -1. */
  readonly title: number;
  /** Whether the title was matched approximately. */
  readonly approximate: boolean;
  /** The candidate of the number that the entry gives; -1 without a number, `outside` for one that no candidate has. */
  readonly index: number;
  /** Whether the entry is nothing but a number. */
  readonly bare: boolean;
  /** Whether nothing follows the title. */
  readonly whole: boolean;
  /** Another, longer title that the text may be instead: "Alien: Covenant", where "Alien" is the candidate. */
  readonly longer?: string;
}

export const outside = -2;

/** A list that was found in an answer. */
export interface List {
  readonly entries: readonly Entry[];
  /** Where it stands in the answer, to tell later lists from earlier ones. */
  readonly at: number;
  readonly json: boolean;
  /** Whether it stands inside a sentence, which may compare candidates in passing. */
  readonly prose?: boolean;
}
