import type { IndexedTask } from './index-tasks.ts';

/**
 * Positions of the relevant candidates, ascending from 0; undefined where position says nothing, because none of the
 * candidates is relevant or all are.
 */
export function findRelevantPositions({ candidates, relevant }: IndexedTask): readonly number[] | undefined {
  const positions: number[] = [];
  for (let position = 0; position < candidates.length; position++) {
    if (relevant.includes(candidates[position]!)) positions.push(position);
  }
  return positions.length === 0 || positions.length === candidates.length ? undefined : positions;
}
