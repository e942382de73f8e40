import { InvalidArgumentError } from '@rppkit/spec';
import type { TrainingState } from './training-state.ts';

/**
 * How long training lasts, all that came before a checkpoint included: updates, episodes begun, or calls. A call is an active
 * row in a step, which is one question to a model where a model stands behind the environment; evaluations are not counted.
 *
 * Training ends before an iteration that might exceed it. An iteration begins a batch of episodes, so a budget of episodes
 * is used up to whole batches. How many calls it makes is known only afterwards: at most the batch times `longestEpisode`
 * where that is given, and the budget is then never exceeded. Where it is not, no iteration is expected to make more calls
 * than the costliest one so far (before the first one: a call a row). That is exact where all episodes are equally long;
 * elsewhere the last iteration may exceed the budget by what it makes more than any before it.
 */
export type Budget =
  | { readonly updates: number }
  | { readonly episodes: number }
  | {
      readonly calls: number;
      /** The most steps that an episode can take. */
      readonly longestEpisode?: number;
    };

/**
 * Throws `InvalidArgumentError` unless the budget holds one kind of unit, a positive integer, and is enough for one
 * iteration.
 */
export function assertBudget(budget: Budget, batchSize: number): void {
  const units = Object.keys(budget ?? {}).filter((unit) => unit !== 'longestEpisode');
  if (units.length !== 1 || !/^(updates|episodes|calls)$/.test(units[0]!)) {
    throw new InvalidArgumentError('budget', '{ updates }, { episodes } or { calls }', units.join(', '));
  }
  for (const [unit, amount] of Object.entries(budget)) {
    if (!(Number.isSafeInteger(amount) && amount > 0))
      throw new InvalidArgumentError(`budget.${unit}`, 'a positive integer', amount);
  }
  const needed = computeCost(budget, batchSize, 0);
  const limit = computeLimit(budget);
  if (limit < needed)
    throw new InvalidArgumentError(`budget.${units[0]}`, `at least ${needed}, for one iteration`, limit);
}

/** Whether one more iteration stays within the budget, which also pays for `otherCalls` where it is one of calls. */
export function hasRoom(
  budget: Budget,
  batchSize: number,
  state: TrainingState & { readonly otherCalls: number },
): boolean {
  const calls = state.calls + state.otherCalls;
  const spent = 'updates' in budget ? state.updates : 'episodes' in budget ? state.episodes : calls;
  return spent + computeCost(budget, batchSize, state.mostCalls) <= computeLimit(budget);
}

function computeLimit(budget: Budget): number {
  return 'updates' in budget ? budget.updates : 'episodes' in budget ? budget.episodes : budget.calls;
}

/** What an iteration is expected to take of the budget. */
function computeCost(budget: Budget, batchSize: number, mostCalls: number): number {
  if ('updates' in budget) return 1;
  if ('episodes' in budget) return batchSize;
  return budget.longestEpisode === undefined ? Math.max(batchSize, mostCalls) : batchSize * budget.longestEpisode;
}
