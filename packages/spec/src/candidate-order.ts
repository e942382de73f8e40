import { createRandomStream } from './random-stream.ts';
import type { RankingTask } from './ranking-task.ts';
import { InvalidArgumentError } from './rpp-error.ts';
import { samplePermutation } from './sampling.ts';

/** A task as one prompt shows it. */
export interface PresentedTask {
  /** The task with its candidates in the shown order. */
  readonly task: RankingTask;
  /** Shown position → index in the task's own candidates, `Int32Array [candidates]`. */
  readonly order: Int32Array;
}

const presentedTasks = new WeakMap<RankingTask, Map<number, PresentedTask>>();

/**
 * The candidates of a task in order number `orderIndex`: 0 is the task's own order, every other number one uniformly random
 * permutation that depends on the task's id and the number alone. Prompt, parser and trajectory take the order from this
 * one value, which is shared by all callers: do not write to it. Throws for a number that is no non-negative integer.
 */
export function presentTask(task: RankingTask, orderIndex: number): PresentedTask {
  // A task is asked many times in few orders; one object for each lets what is derived from it be kept, too.
  let orders = presentedTasks.get(task);
  if (orders === undefined) {
    orders = new Map();
    presentedTasks.set(task, orders);
  }
  let presented = orders.get(orderIndex);
  if (presented === undefined) {
    presented = createPresentedTask(task, orderIndex);
    orders.set(orderIndex, presented);
  }
  return presented;
}

function createPresentedTask(task: RankingTask, orderIndex: number): PresentedTask {
  if (!Number.isInteger(orderIndex) || orderIndex < 0) {
    throw new InvalidArgumentError('orderIndex', 'a non-negative integer', orderIndex, 'Order 0 is the task’s own.');
  }
  const count = task.candidates.length;
  if (orderIndex === 0) return { task, order: Int32Array.from({ length: count }, (_, index) => index) };
  const order = samplePermutation(createRandomStream(task.id).split('candidate-order').split(orderIndex), count);
  return { task: { ...task, candidates: Array.from(order, (index) => task.candidates[index]!) }, order };
}
