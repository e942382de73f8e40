import { computeActionMasks, type PatternSpace } from '@rppkit/patterns';
import type { RankingTask } from '@rppkit/spec';

/** Masks of many tasks, each `Uint8Array [tasks, expressions]`, in the order of the patterns. */
export interface TaskMasks {
  readonly first: readonly Uint8Array[];
  /**
   * After an answered round with each history expression; absent where no window adds to the one before, so that masks stay
   * as they are.
   */
  readonly afterHistory?: readonly (readonly Uint8Array[])[];
}

/** Masks of the first round, and of what would be the second. */
export function computeTaskMasks(space: PatternSpace, tasks: readonly RankingTask[]): TaskMasks {
  const stack = (options: { readonly previousWindow?: number }): readonly Uint8Array[] => {
    const stacked = space.patterns.map(({ expressions }) => new Uint8Array(tasks.length * expressions.length));
    for (const [row, task] of tasks.entries()) {
      for (const [position, mask] of computeActionMasks(space, task, options).entries()) {
        stacked[position]!.set(mask, row * mask.length);
      }
    }
    return stacked;
  };
  const first = stack({});
  const { expressions, records } = space.patterns.find(({ section }) => section === 'history')!;
  if (expressions.every(({ increment }) => increment === undefined)) return { first };
  const initial = records?.initialWindow ?? 1;
  return { first, afterHistory: expressions.map(({ increment }) => stack({ previousWindow: initial + increment! })) };
}

/**
 * Masks of a batch, `Uint8Array [rows, expressions]` by pattern. `tasks`: the numbers of the rows' tasks; `histories`: the
 * history expressions that rows have been answered with, -1 for those that have not.
 */
export function stackTaskMasks(
  space: PatternSpace,
  { first, afterHistory }: TaskMasks,
  tasks: Int32Array,
  histories?: ArrayLike<number>,
): Record<string, Uint8Array> {
  const masks: Record<string, Uint8Array> = {};
  for (const [position, { name, expressions }] of space.patterns.entries()) {
    const count = expressions.length;
    const stacked = new Uint8Array(tasks.length * count);
    for (let row = 0; row < tasks.length; row++) {
      const source = (afterHistory?.[histories?.[row] ?? -1] ?? first)[position]!;
      const from = tasks[row]! * count;
      for (let place = 0; place < count; place++) stacked[row * count + place] = source[from + place]!;
    }
    masks[name] = stacked;
  }
  return masks;
}
