/**
 * How the answer to a prompt is to be read: titles of candidates, their numbers, or an object `{ ranking: number[] }` that
 * follows the composed prompt's `responseSchema`.
 */
export type AnswerFormat = 'titles' | 'indices' | 'schema';

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
  /** History records only: how many of the most recent items are shown, at least 1. */
  readonly window?: number;
  /** History records only, instead of `window`: how many more items are shown than in the round before, at least 0. */
  readonly increment?: number;
  /** Output format only: how answers to it are read. */
  readonly answer?: AnswerFormat;
}
