import { encodeObservation } from '@rppkit/env';
import type { Encoder, JudgedTask, RankingTask } from '@rppkit/spec';

const bins = 8;

/**
 * One dimension of an encoder in eight bins of equal counts, one of them 1: what a rule on that dimension alone may know.
 * Undefined for a dimension that never varies.
 */
export function createBinnedEncoder(
  encoder: Encoder,
  dimension: number,
  tasks: readonly JudgedTask[],
): Encoder | undefined {
  const buffer = new Float32Array(encoder.size);
  const read = (task: RankingTask): number => {
    encodeObservation([encoder], { task, round: 0, rounds: 1 }, buffer);
    return buffer[dimension]!;
  };
  const values = Float32Array.from(tasks, ({ task }) => read(task)).sort();
  if (values[0] === values.at(-1)) return undefined;
  const edges = Array.from({ length: bins - 1 }, (_, bin) => values[Math.floor(((bin + 1) * values.length) / bins)]!);
  return {
    name: `dimension ${dimension}`,
    size: bins,
    encode({ task }, output) {
      const value = read(task);
      output.fill(0);
      output[edges.filter((edge) => value >= edge).length] = 1;
    },
    state: () => ({ kind: 'binned' }),
  };
}
