/** How the answer to a prompt is to be read. */
export type AnswerFormat = 'titles' | 'indices';

/** One sentence (or a few) that can fill a pattern: an action of that pattern's agent. Plain JSON data. */
export interface Expression {
  /** Unique within its pattern. */
  readonly id: string;
  /** What the sentence is about, in a few words; for people and for refiners. */
  readonly perspective: string;
  /** Text with slots such as `{count}`; empty for "say nothing". */
  readonly template: string;
  /** `id` of the expression that this one was refined from. */
  readonly parent?: string;
  /** History records only: how many of the most recent items are shown, at least 1. */
  readonly window?: number;
  /** Output format only: how answers to it are read. */
  readonly answer?: AnswerFormat;
}
