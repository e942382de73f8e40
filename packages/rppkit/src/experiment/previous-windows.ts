import type { PatternSpace } from '@rppkit/patterns';

/**
 * All windows that the round before can have had in an episode of so many rounds, rising, the initial one first. One number where
 * windows do not grow, or there is one round: nothing then depends on it.
 */
export function listPreviousWindows(space: PatternSpace, rounds: number): readonly number[] {
  const initial = findHistory(space)?.records?.initialWindow ?? 1;
  return Array.from({ length: 1 + (rounds - 1) * findLargestIncrement(space) }, (_, more) => initial + more);
}

/** The longest window that an episode can show; 0 where windows do not grow. */
export function computeLongestWindow(space: PatternSpace, rounds: number): number {
  const most = findLargestIncrement(space);
  return most === 0 ? 0 : listPreviousWindows(space, rounds).at(-1)! + most;
}

function findLargestIncrement(space: PatternSpace): number {
  return Math.max(0, ...(findHistory(space)?.expressions.map(({ increment = 0 }) => increment) ?? []));
}

function findHistory({ patterns }: PatternSpace): PatternSpace['patterns'][number] | undefined {
  return patterns.find(({ section }) => section === 'history');
}
