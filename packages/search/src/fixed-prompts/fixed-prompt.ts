import type { JointAction, PatternSpace, TaskWithExamples } from '@rppkit/patterns';
import type { RankingTask } from '@rppkit/spec';
import type { FoundPrompts } from '../searchers/searcher.ts';

/**
 * Prompts that need no search. `sequential`: according to the history, in order; `recency-focused`: the same with the most
 * recent item named once more; `in-context`: the same with the most recent item as the answer of a worked example (both show
 * a history of one item as `sequential` does, having no other to set it against);
 * `chain-of-thought`: reasoning first; `role`: as a recommender system; `few-shot`: with examples of similar users.
 */
export type FixedPromptName =
  | 'neutral'
  | 'sequential'
  | 'recency-focused'
  | 'in-context'
  | 'chain-of-thought'
  | 'role'
  | 'few-shot';

/** One prompt for everybody, found without a call. Ask `choose(task)` in `space`, for `prepareTask(task)`. */
export interface FixedPrompt extends FoundPrompts {
  readonly name: FixedPromptName;
  /** The space that was given, or one with the same windows in other words. */
  readonly space: PatternSpace;
  /** Its joint action in `space`, before windows are cut to a history's length. */
  readonly choice: JointAction;
  /** The task as the prompt needs it: with examples for `few-shot`, else itself. */
  prepareTask(task: RankingTask): TaskWithExamples;
}
