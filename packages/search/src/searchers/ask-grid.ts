import type { JointAction } from '@rppkit/patterns';
import type { SearchCalls } from './search-calls.ts';
import type { TaskDraw } from './task-walk.ts';

/** Rewards of every prompt at places 0 … places-1, `Float64Array [prompts, places]`, NaN for a failed call. */
export async function askGrid(
  calls: SearchCalls,
  prompts: readonly JointAction[],
  places: number,
  getDraw: (place: number) => TaskDraw,
): Promise<Float64Array> {
  const rewards = new Float64Array(prompts.length * places);
  await calls.ask(
    rewards.length,
    (index) => ({ ...getDraw(index % places), choice: prompts[Math.floor(index / places)]! }),
    (index, reward) => {
      rewards[index] = reward;
    },
  );
  return rewards;
}

/**
 * How much better each row of `rewards`, `[rows, columns]`, is than the average row: the mean of its rewards less their
 * columns' means, `Float64Array [rows]`. Orders rows as their plain means do where nothing is NaN; with gaps it does not
 * favour the row that was asked on easier columns. NaN for a row without rewards.
 */
export function computeAdvantages(rewards: Float64Array, rows: number): Float64Array {
  const columns = rewards.length / rows;
  const sums = new Float64Array(rows);
  const counts = new Int32Array(rows);
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    let count = 0;
    for (let index = column; index < rewards.length; index += columns) {
      if (Number.isNaN(rewards[index]!)) continue;
      sum += rewards[index]!;
      count++;
    }
    if (count === 0) continue;
    const mean = sum / count;
    for (let row = 0; row < rows; row++) {
      const reward = rewards[row * columns + column]!;
      if (Number.isNaN(reward)) continue;
      sums[row]! += reward - mean;
      counts[row]!++;
    }
  }
  return sums.map((sum, row) => (counts[row] === 0 ? Number.NaN : sum / counts[row]!));
}

/** The index of the largest number, the first among equals; NaN counts as none, -1 where there is no other. */
export function findBest(values: Float64Array): number {
  let best = -1;
  for (let index = 0; index < values.length; index++) {
    if (Number.isNaN(values[index]!)) continue;
    if (best < 0 || values[index]! > values[best]!) best = index;
  }
  return best;
}
