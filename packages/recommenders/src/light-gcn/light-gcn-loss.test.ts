import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import { createExampleInteractions } from '../testing/index.ts';
import { createInteractionGraph } from './interaction-graph.ts';
import { createLightGcnLoss } from './light-gcn-loss.ts';

const layers = 2;
const dimensions = 3;
const regularization = 0.05;
const interactions = createExampleInteractions();
const userCount = interactions.users.length;
const nodes = userCount + interactions.items.length;
const batch = {
  users: Int32Array.of(0, 5, 0, 31),
  positives: Int32Array.of(userCount + 1, userCount + 2, userCount + 7, userCount + 20),
  negatives: Int32Array.of(userCount + 30, userCount + 1, userCount + 20, userCount + 2),
};

/** (I + A + A^2) / 3 x in doubles, from the list of interactions. */
function combineDensely(x: Float64Array): Float64Array {
  const pairs = interactions.users.flatMap((_, user) =>
    Array.from(interactions.item.subarray(interactions.starts[user]!, interactions.starts[user + 1]!), (item) => [
      user,
      userCount + item,
    ]),
  ) as [number, number][];
  const degrees = new Float64Array(nodes);
  for (const node of pairs.flat()) degrees[node]!++;
  const sum = x.slice();
  let layer = x;
  for (let step = 0; step < layers; step++) {
    const next = new Float64Array(x.length);
    for (const [user, item] of pairs) {
      const weight = 1 / Math.sqrt(degrees[user]! * degrees[item]!);
      for (let column = 0; column < dimensions; column++) {
        next[user * dimensions + column]! += weight * layer[item * dimensions + column]!;
        next[item * dimensions + column]! += weight * layer[user * dimensions + column]!;
      }
    }
    for (let index = 0; index < sum.length; index++) sum[index]! += next[index]!;
    layer = next;
  }
  return sum.map((value) => value / (layers + 1));
}

function computeDenseLoss(x: Float64Array): number {
  const final = combineDensely(x);
  const dot = (table: Float64Array, left: number, right: number): number => {
    let sum = 0;
    for (let column = 0; column < dimensions; column++) {
      sum += table[left * dimensions + column]! * table[right * dimensions + column]!;
    }
    return sum;
  };
  let loss = 0;
  for (const [triplet, user] of batch.users.entries()) {
    const [positive, negative] = [batch.positives[triplet]!, batch.negatives[triplet]!];
    loss += Math.log(1 + Math.exp(dot(final, user, negative) - dot(final, user, positive)));
    for (const node of [user, positive, negative]) loss += (regularization / 2) * dot(x, node, node);
  }
  return loss / batch.users.length;
}

describe('createLightGcnLoss', () => {
  const random = createRandomStream('loss');
  const x = Float32Array.from({ length: nodes * dimensions }, () => random.normal());
  const loss = createLightGcnLoss(createInteractionGraph(createLearnedUsers(interactions)), {
    layers,
    dimensions,
    regularization,
  });

  it('gives the mean of the layers', () => {
    const output = new Float32Array(x.length);
    loss.combineLayers(x, output);
    const expected = combineDensely(Float64Array.from(x));
    for (const [index, value] of expected.entries()) expect(output[index]).toBeCloseTo(value, 5);
  });

  it('gives loss and gradient as finite differences of the dense loss do, also when it is asked again', () => {
    const gradient = new Float32Array(x.length).fill(7);
    const wide = Float64Array.from(x);
    expect(loss.computeGradient(x, batch, gradient)).toBeCloseTo(computeDenseLoss(wide), 5);
    expect(loss.computeGradient(x, batch, gradient)).toBeCloseTo(computeDenseLoss(wide), 5);
    const step = 1e-4;
    for (const [index, value] of wide.entries()) {
      wide[index] = value + step;
      const above = computeDenseLoss(wide);
      wide[index] = value - step;
      const below = computeDenseLoss(wide);
      wide[index] = value;
      expect(gradient[index]).toBeCloseTo((above - below) / (2 * step), 5);
    }
  });
});
