import { ndcgByPosition, positionBiasTest } from '@rppkit/metrics/audits';
import { studentTQuantile } from '@rppkit/metrics/statistics';
import type { JudgedTask, RandomStream } from '@rppkit/spec';
import type { PositionBias, ResultRow } from './results.ts';

/** Of the permutation test: the smallest p-value is 1 / 2,001. */
const permutations = 2000;

export interface MeasurePositionBiasOptions extends Pick<ResultRow, 'id' | 'label'> {
  /** NDCG@10 of the answer to each task. */
  readonly values: ArrayLike<number>;
  readonly random: RandomStream;
}

/**
 * How NDCG@10 depends on where the relevant candidate stands in the prompt, for tasks asked once in their own order. Where
 * several are relevant, the first of them counts. Undefined where fewer than three tasks, or one position only, are left.
 */
export function measurePositionBias(
  tasks: readonly JudgedTask[],
  { id, label, values, random }: MeasurePositionBiasOptions,
): PositionBias | undefined {
  const positions = tasks.map(({ task, relevance }) =>
    task.candidates.findIndex(({ id: candidate }) => (relevance.get(candidate) ?? 0) > 0),
  );
  if (tasks.length < 3 || positions.every((position) => position === positions[0])) return undefined;
  const positionCount = Math.max(...tasks.map(({ task }) => task.candidates.length));
  const { positions: means, slope, standardError, pValue } = ndcgByPosition(values, positions, { positionCount });
  const margin = -studentTQuantile(0.025, tasks.length - 2) * standardError;
  return {
    id,
    label,
    positions: means.map(({ position, count, mean }) => ({ position, count, mean: mean ?? null })),
    slope: { mean: slope, low: slope - margin, high: slope + margin },
    slopeP: pValue,
    anyEffectP: positionBiasTest(values, positions, { random, permutations }).pValue,
  };
}
