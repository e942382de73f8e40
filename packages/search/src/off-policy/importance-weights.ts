import { InvalidArgumentError } from '@rppkit/spec';
import type { PromptLog } from './prompt-log.ts';
import type { PromptTarget } from './prompt-target.ts';

/** How much more probable each logged prompt is under the target than under the logging policy. */
export interface ImportanceWeights {
  /** `Float64Array [rows]`, non-negative. */
  readonly weights: Float64Array;
  /** Rows whose weight was lowered to the maximum. */
  readonly clipped: number;
}

/** Throws `InvalidArgumentError` where log and target have different slots, or the maximum is not positive. */
export function computeImportanceWeights(
  log: PromptLog,
  target: PromptTarget,
  maximumWeight: number,
): ImportanceWeights {
  assertSameSlots(log, target);
  if (!(maximumWeight > 0)) throw new InvalidArgumentError('maximumWeight', 'a positive number', maximumWeight);
  const slots = log.actionCounts.length;
  const weights = new Float64Array(log.rows);
  let clipped = 0;
  for (let row = 0; row < log.rows; row++) {
    const choice = log.choices.subarray(row * slots, (row + 1) * slots);
    let propensity = 1;
    for (let slot = 0; slot < slots; slot++) propensity *= log.propensities[row * slots + slot]!;
    const weight = target.computeProbability(log.contexts[row]!, choice) / propensity;
    if (weight > maximumWeight) clipped++;
    weights[row] = Math.min(weight, maximumWeight);
  }
  return { weights, clipped };
}

/** Throws `InvalidArgumentError` where log and target have different slots. */
export function assertSameSlots(log: PromptLog, target: PromptTarget): void {
  if (target.actionCounts.join() === log.actionCounts.join()) return;
  throw new InvalidArgumentError(
    'target.actionCounts',
    `the log's: ${log.actionCounts.join(', ')}`,
    target.actionCounts.join(', '),
  );
}
