import { computePairSums } from '@rppkit/policy';
import type { FeatureLayout, WidenedFeatures } from './feature-layout.ts';

/** What each action is worth in a context, one `Float64Array [actions]` an agent. */
export function computeActionValues(
  layout: FeatureLayout,
  weights: Float64Array,
  context: Float64Array,
): readonly Float64Array[] {
  return layout.counts.map((count, agent) => {
    const values = new Float64Array(count);
    for (let action = 0; action < count; action++) {
      const block = layout.getBlock(agent, action);
      let sum = 0;
      for (let index = 0; index < context.length; index++) sum += weights[block + index]! * context[index]!;
      values[action] = sum;
    }
    return values;
  });
}

/** What the pairs of every joint action are worth, `Float64Array [joint actions]`. */
export function computeWeightPairSums(layout: FeatureLayout, weights: Float64Array): Float64Array {
  return computePairSums(
    layout.counts,
    layout.pairs.map(({ first, second, features }) => ({
      first,
      second,
      scores: Float64Array.from(features, (feature) => weights[feature]!),
    })),
  );
}

/** The values of features, and behind them those of the parents of new ones. */
export function copyFromParents(values: Float64Array, { source }: WidenedFeatures): Float64Array {
  const copied = new Float64Array(values.length + source.length);
  copied.set(values);
  source.forEach((parent, index) => {
    copied[values.length + index] = values[parent]!;
  });
  return copied;
}
