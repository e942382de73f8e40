import type { RowBatch } from './rollout-batch.ts';

/**
 * One-step targets of values, r + gamma V', `Float32Array [rows]`; r after a terminated step. `nextValues`, `[rows]`: V',
 * what the state after the step is worth.
 */
export function computeOneStepTargets(
  { rewards, terminated }: Pick<RowBatch, 'rewards' | 'terminated'>,
  nextValues: Float32Array,
  discount: number,
): Float32Array {
  return rewards.map((reward, row) => reward + (terminated[row] === 1 ? 0 : discount * nextValues[row]!));
}
