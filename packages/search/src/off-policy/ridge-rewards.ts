import { createRidgeRegression } from '@rppkit/regression';
import { InvalidArgumentError } from '@rppkit/spec';
import type { FitRewards } from './cross-fit-rewards.ts';
import { computeJointCount } from './joint-numbering.ts';

export interface RidgeFitOptions {
  /** Expressions of each slot, those of the log. */
  readonly actionCounts: readonly number[];
  /** `Float32Array [contexts, observationSize]`, standardised; default: none, the model is of the prompt alone. */
  readonly observations?: Float32Array;
  /** Floats of one context, a non-negative integer, default 0. */
  readonly observationSize?: number;
  /** Adds a constant for every pair of expressions of two slots; default false. */
  readonly pairs?: boolean;
  /** L2 penalty, positive, default 10. */
  readonly penalty?: number;
}

/**
 * Fits ridge models of the reward: for every expression a linear function of the observation with an intercept, and
 * constants for pairs of expressions where asked for. Throws `InvalidArgumentError` for wrong options; the fit throws it for
 * contexts without an observation and for no rows.
 */
export function createRidgeFit({
  actionCounts,
  observations = new Float32Array(0),
  observationSize = 0,
  pairs = false,
  penalty = 10,
}: RidgeFitOptions): FitRewards {
  if (!Number.isInteger(observationSize) || observationSize < 0) {
    throw new InvalidArgumentError('observationSize', 'a non-negative integer', observationSize);
  }
  if (observationSize === 0 ? observations.length > 0 : observations.length % observationSize !== 0) {
    throw new InvalidArgumentError('observations', `a Float32Array [contexts, ${observationSize}]`, observations);
  }
  if (!(penalty > 0)) throw new InvalidArgumentError('penalty', 'a positive number', penalty);
  const design = createDesign(actionCounts, observationSize, pairs);
  const readContext = (context: number): Float64Array => {
    const start = context * observationSize;
    if (start + observationSize > observations.length) {
      throw new InvalidArgumentError('context', `in [0, ${observations.length / observationSize})`, context);
    }
    return Float64Array.of(1, ...observations.subarray(start, start + observationSize));
  };
  return (log, rows) => {
    if (log.actionCounts.join() !== actionCounts.join()) {
      throw new InvalidArgumentError(
        'actionCounts',
        `the log's: ${log.actionCounts.join(', ')}`,
        actionCounts.join(', '),
      );
    }
    if (rows.length === 0) throw new InvalidArgumentError('rows', 'at least one row', rows);
    const slots = actionCounts.length;
    const mean = rows.reduce((sum, row) => sum + log.rewards[row]!, 0) / rows.length;
    const regression = createRidgeRegression(design.features);
    const indices = new Int32Array(design.nonZeros);
    const values = new Float64Array(design.nonZeros);
    for (const row of rows) {
      design.writeRow(
        log.choices.subarray(row * slots, (row + 1) * slots),
        readContext(log.contexts[row]!),
        indices,
        values,
      );
      regression.add({ indices, values }, log.rewards[row]! - mean);
    }
    const weights = regression.solve(penalty);
    return { predictJoint: (context) => design.predict(weights, readContext(context), mean) };
  };
}

interface Design {
  readonly features: number;
  /** Of every row. */
  readonly nonZeros: number;
  writeRow(choice: Int32Array, context: Float64Array, indices: Int32Array, values: Float64Array): void;
  /** `Float64Array [joint actions]`. */
  predict(weights: Float64Array, context: Float64Array, mean: number): Float64Array;
}

function createDesign(actionCounts: readonly number[], observationSize: number, pairs: boolean): Design {
  const width = 1 + observationSize;
  let features = 0;
  const starts = actionCounts.map((count) => {
    const start = features;
    features += count * width;
    return start;
  });
  const blocks: { readonly left: number; readonly right: number; readonly start: number }[] = [];
  for (let left = 0; pairs && left < actionCounts.length; left++) {
    for (let right = left + 1; right < actionCounts.length; right++) {
      blocks.push({ left, right, start: features });
      features += actionCounts[left]! * actionCounts[right]!;
    }
  }
  return {
    features,
    nonZeros: actionCounts.length * width + blocks.length,
    writeRow(choice, context, indices, values) {
      let place = 0;
      for (let slot = 0; slot < choice.length; slot++) {
        const start = starts[slot]! + choice[slot]! * width;
        for (let index = 0; index < width; index++) {
          indices[place] = start + index;
          values[place++] = context[index]!;
        }
      }
      for (const { left, right, start } of blocks) {
        indices[place] = start + choice[left]! * actionCounts[right]! + choice[right]!;
        values[place++] = 1;
      }
    },
    predict(weights, context, mean) {
      let sums = Float64Array.of(mean);
      actionCounts.forEach((count, slot) => {
        const longer = new Float64Array(sums.length * count);
        for (let action = 0; action < count; action++) {
          const start = starts[slot]! + action * width;
          let linear = 0;
          for (let index = 0; index < width; index++) linear += context[index]! * weights[start + index]!;
          for (let prefix = 0; prefix < sums.length; prefix++) longer[prefix * count + action] = sums[prefix]! + linear;
        }
        sums = longer;
      });
      for (const { left, right, start } of blocks) {
        const leftStride = computeJointCount(actionCounts.slice(left + 1));
        const rightStride = computeJointCount(actionCounts.slice(right + 1));
        const leftCount = actionCounts[left]!;
        const rightCount = actionCounts[right]!;
        for (let index = 0; index < sums.length; index++) {
          const first = Math.floor(index / leftStride) % leftCount;
          sums[index]! += weights[start + first * rightCount + (Math.floor(index / rightStride) % rightCount)]!;
        }
      }
      return sums;
    },
  };
}
