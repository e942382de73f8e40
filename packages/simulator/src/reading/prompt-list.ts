/** A list of a prompt as it is written. */
export interface PromptList {
  /** The sentence in front of it; empty where there is none. */
  readonly heading: string;
  /** Whether its labels stand in square brackets. */
  readonly bracketed: boolean;
  /** What marks each entry; its place from 1 where nothing does. */
  readonly labels: string[];
  readonly entries: string[];
}
