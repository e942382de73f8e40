import { decodeJoint } from './decode-joint.ts';
import type { FeatureLayout } from './feature-layout.ts';

/**
 * Computes x(a)' A^-1 x(a) for every joint action a in a context, `Float64Array [joint actions]`, used again by the next
 * call. `inverse`: A^-1, `Float64Array [features, features]`, both triangles. A joint action consists of units: one action
 * an agent, one pair of actions a pair of agents; a width is a sum over the pairs of its units.
 */
export function createJointWidths(
  layout: FeatureLayout,
  inverse: Float64Array,
): (context: Float64Array) => Float64Array {
  const { size, contextSize, joint, counts, pairs } = layout;
  // First feature of each unit; units of pairs, one feature each, come behind those of actions.
  const starts: number[] = [];
  counts.forEach((count, agent) => {
    for (let action = 0; action < count; action++) starts.push(layout.getBlock(agent, action));
  });
  const actionUnits = starts.length;
  for (const { features } of pairs) starts.push(...features);
  const units = starts.length;
  const unitsOf = listUnits(layout);
  const perJoint = counts.length + pairs.length;

  // products[u, v] for u >= v; those of two pairs do not depend on the context.
  const products = new Float64Array(units * units);
  for (let left = actionUnits; left < units; left++) {
    for (let right = actionUnits; right <= left; right++) {
      products[left * units + right] = inverse[starts[left]! * size + starts[right]!]!;
    }
  }
  const projected = new Float64Array(size);
  const widths = new Float64Array(joint);
  return (context) => {
    for (let right = 0; right < actionUnits; right++) {
      projected.fill(0);
      for (let index = 0; index < contextSize; index++) {
        const offset = (starts[right]! + index) * size;
        const value = context[index]!;
        for (let feature = 0; feature < size; feature++) projected[feature]! += value * inverse[offset + feature]!;
      }
      for (let left = right; left < actionUnits; left++) {
        const start = starts[left]!;
        let sum = 0;
        for (let index = 0; index < contextSize; index++) sum += context[index]! * projected[start + index]!;
        products[left * units + right] = sum;
      }
      for (let left = actionUnits; left < units; left++) products[left * units + right] = projected[starts[left]!]!;
    }
    for (let index = 0; index < joint; index++) {
      const first = index * perJoint;
      let width = 0;
      for (let left = 0; left < perJoint; left++) {
        const row = unitsOf[first + left]! * units;
        for (let right = 0; right < left; right++) width += 2 * products[row + unitsOf[first + right]!]!;
        width += products[row + unitsOf[first + left]!]!;
      }
      widths[index] = width;
    }
    return widths;
  };
}

/** The units of every joint action, rising, `Int32Array [joint actions, agents + pairs]`. */
function listUnits({ counts, pairs, joint }: FeatureLayout): Int32Array {
  const perJoint = counts.length + pairs.length;
  const list = new Int32Array(joint * perJoint);
  const choice = new Int32Array(counts.length);
  for (let index = 0; index < joint; index++) {
    decodeJoint(index, counts, choice);
    let place = index * perJoint;
    let offset = 0;
    for (let agent = 0; agent < counts.length; agent++) {
      list[place++] = offset + choice[agent]!;
      offset += counts[agent]!;
    }
    for (const { first, second, features } of pairs) {
      list[place++] = offset + choice[first]! * counts[second]! + choice[second]!;
      offset += features.length;
    }
  }
  return list;
}
