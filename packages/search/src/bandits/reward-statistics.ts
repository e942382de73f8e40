import { addRow, factorizeCholesky, solveLower, solveLowerTransposed, widenMoments } from '@rppkit/regression';
import type { FeatureLayout, WidenedFeatures } from './feature-layout.ts';

/** A fitted ridge regression of the reward: precision A = prior + X'X, weights A^-1 X'(r - mean). */
export interface RewardFit {
  /** `Float64Array [features]`. */
  readonly weights: Float64Array;
  /** Cholesky factor of A, lower triangle, `Float64Array [features, features]`. */
  readonly factor: Float64Array;
  /** Mean reward of all rows, which no penalty shrinks; 0 without rows. */
  readonly mean: number;
}

/** Sufficient statistics of the reward model; memory is features^2 doubles, whatever the number of rows. */
export interface RewardStatistics {
  readonly rows: number;
  /** Adds what joint action `actions` brought in a context, `Float64Array [contextSize]`. */
  add(context: Float64Array, actions: Int32Array, reward: number): void;
  fit(): RewardFit;
  /**
   * A new action is its parent plus a difference of mean 0 with the prior variance of its kind: until rows tell, its
   * weights are the parent's.
   */
  widen(widened: WidenedFeatures): void;
}

export function createRewardStatistics(
  layout: FeatureLayout,
  penalties: { readonly constant: number; readonly context: number; readonly pair: number },
): RewardStatistics {
  let size = layout.size;
  let precision: Float64Array = new Float64Array(size * size);
  let moment: Float64Array = new Float64Array(size);
  let sums = new Float64Array(size);
  let rows = 0;
  let total = 0;
  for (let feature = 0; feature < size; feature++) {
    precision[feature * size + feature] = penalties[layout.getKind(feature)];
  }
  const nonzero = layout.counts.length * layout.contextSize + layout.pairs.length;
  const indices = new Int32Array(nonzero);
  const values = new Float64Array(nonzero);
  return {
    get rows() {
      return rows;
    },
    add(context, actions, reward) {
      const { counts, pairs } = layout;
      let place = 0;
      for (let agent = 0; agent < actions.length; agent++) {
        const block = layout.getBlock(agent, actions[agent]!);
        for (let index = 0; index < context.length; index++, place++) {
          indices[place] = block + index;
          values[place] = context[index]!;
        }
      }
      for (const { first, second, features } of pairs) {
        indices[place] = features[actions[first]! * counts[second]! + actions[second]!]!;
        values[place++] = 1;
      }
      addRow({ gram: precision, moment }, { indices, values }, reward);
      for (let index = 0; index < nonzero; index++) sums[indices[index]!]! += values[index]!;
      rows++;
      total += reward;
    },
    fit() {
      const mean = rows === 0 ? 0 : total / rows;
      const factor = precision.slice();
      factorizeCholesky(factor, size);
      const weights = moment.map((value, feature) => value - mean * sums[feature]!);
      solveLower(factor, weights, size);
      solveLowerTransposed(factor, weights, size);
      return { weights, factor, mean };
    },
    widen({ source }) {
      const grown = layout.size;
      const { gram: wider, moment: longer } = widenMoments({ gram: precision, moment }, grown);
      source.forEach((parent, index) => {
        const feature = size + index;
        const penalty = penalties[layout.getKind(feature)];
        wider[feature * grown + feature] = penalty;
        wider[parent * grown + parent]! += penalty;
        wider[feature * grown + parent] = -penalty;
      });
      precision = wider;
      moment = longer;
      sums = extend(sums, grown);
      size = grown;
    },
  };
}

function extend(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const extended = new Float64Array(length);
  extended.set(values);
  return extended;
}
