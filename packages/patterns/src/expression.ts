/**
 * How the answer to a prompt is to be read: titles of candidates, their numbers, or an object `{ ranking: number[] }` that
 * follows the composed prompt's `responseSchema`.
 */
export type AnswerFormat = 'titles' | 'indices' | 'schema';

/** How a history expression shows worked examples of other people. Plain JSON data. */
export interface ShownExamples {
  /** How many are shown, at least 1; fewer where the task has fewer. */
  readonly count: number;
  /** Above them, also with the slot `{exampleCount}`; may be empty. Left out where the task has none. */
  readonly heading: string;
  /**
   * Each of them, also with the slots `{exampleNumber}`, `{exampleHistory}`, which is a numbered list, and `{chosenTitle}`.
   * `{historyCount}`, `{historyItems}` and `{orderPhrase}` speak of the example's history here.
   */
  readonly template: string;
}

/** One sentence (or a few) that can fill a pattern: an action of that pattern's agent. Plain JSON data. */
export interface Expression {
  /** Unique within its pattern. */
  readonly id: string;
  /** What the sentence is about, in a few words; for people and for refiners. */
  readonly perspective: string;
  /**
   * Text with slots: `{itemsNoun}`, `{count}`, or with words for one and for any other number, in which `#` is the number:
   * `{count:the only title|all # titles}`. `{{` and `}}` are braces. Empty for "say nothing".
   */
  readonly template: string;
  /** `id` of the expression that this one was refined from. */
  readonly parent?: string;
  /** True for the expression that the neutral fixed prompt uses. */
  readonly neutral?: true;
  /** True for an expression that is not to be chosen any more; it keeps its place, so that indices stay what they were. */
  readonly retired?: true;
  /** History records only: how many of the most recent items are shown, at least 1. */
  readonly window?: number;
  /** History records only, instead of `window`: how many more items are shown than in the round before, at least 0. */
  readonly increment?: number;
  /**
   * History records only: text below the list, where at least two items are shown; also with the slot `{latestTitle}`, the
   * title of the most recent one. Put it on a line of its own: a title is data.
   */
  readonly closing?: string;
  /**
   * History records only: true where the most recent item is not listed but stands in `closing` alone, as a worked example of
   * what follows the list. A single item is listed.
   */
  readonly heldOut?: true;
  /** History records only: examples of other people below the list, from the task's `examples`. */
  readonly examples?: ShownExamples;
  /** Output format only: how answers to it are read. */
  readonly answer?: AnswerFormat;
}
