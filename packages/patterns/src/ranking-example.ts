import type { HistoryEntry, Item, RankingTask } from '@rppkit/spec';

/** A worked example from somebody else: what they did, and the item that they chose next. Plain JSON data. */
export interface RankingExample {
  /** Oldest first, at least one entry; all are shown. */
  readonly history: readonly HistoryEntry[];
  readonly chosen: Item;
}

/**
 * A ranking task with examples of other people, for prompts that show any. They come from training tasks: what a report user
 * chose is a label. Every function that takes a ranking task takes it, too.
 */
export interface TaskWithExamples extends RankingTask {
  /** The most telling first; a prompt shows as many as its expression says, or what there are. Absent: nobody looked for any. */
  readonly examples?: readonly RankingExample[];
}
