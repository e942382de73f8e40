import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Loss, ParameterGroup } from './parameter-group.ts';
import { stepMinibatches } from './step-minibatches.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

/** A group of one number. */
function createGroup(name: string, value: number): { readonly group: ParameterGroup; readonly weight: tf.Variable } {
  const weight = tf.variable(tf.scalar(value));
  const network = { variables: [weight], names: ['weight'], dispose: () => weight.dispose() };
  return {
    group: new ParameterGroup(name, [network], { learningRate: 0.1, maxGradientNorm: 1, adamEpsilon: 1e-8 }),
    weight,
  };
}

const batch = { rowCount: 3, minibatches: 2, epochs: 2, random: createRandomStream(1) };
const goOn = { done: 0, shouldStop: () => false };

describe('stepMinibatches', () => {
  it('steps once a minibatch and weighs its figures by rows', () => {
    const { group, weight } = createGroup('actor', 1);
    const seen: (readonly number[])[] = [];
    // The gradient is the number of rows: 2, then 1. Its norm is reported as it is before clipping.
    const computeLoss = (rows: readonly number[]) => (): Loss => ({
      total: weight.mul(rows.length),
      parts: { size: tf.scalar(rows.length), looks: tf.scalar(seen.length) },
    });
    const { numTensors } = tf.memory();
    const { all, last } = stepMinibatches(
      batch,
      (rows) => {
        seen.push(rows);
        return [[group, computeLoss(rows)]];
      },
      goOn,
    );
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(group.steps).toBe(4);
    expect(seen.map(({ length }) => length)).toEqual([2, 1, 2, 1]);
    expect([...seen[0]!, ...seen[1]!].sort()).toEqual([0, 1, 2]);
    expect(all.parts['size']).toBeCloseTo((2 * 2 + 1) / 3, 12);
    expect(all.norms['actor']).toBeCloseTo((2 * 2 + 1) / 3, 6);
    // Looks 1 and 3 weigh 2, looks 2 and 4 weigh 1.
    expect(all.parts['looks']).toBeCloseTo((2 * 1 + 2 + 2 * 3 + 4) / 6, 12);
    expect(last.parts['looks']).toBeCloseTo((2 * 3 + 4) / 3, 12);
    group.dispose();
  });

  it('draws the minibatches of every epoch anew', () => {
    const { group, weight } = createGroup('actor', 1);
    const seen: string[] = [];
    stepMinibatches(
      { ...batch, rowCount: 20, epochs: 3 },
      (rows) => {
        seen.push(rows.join());
        return [[group, () => ({ total: weight.mul(1), parts: {} })]];
      },
      goOn,
    );
    expect(new Set(seen).size).toBe(6);
    group.dispose();
  });

  it('computes the losses of all groups before any step', () => {
    const first = createGroup('actor', 1);
    const second = createGroup('critic', 5);
    const computeLoss = (): Loss => ({ total: first.weight.mul(second.weight), parts: {} });
    const { all } = stepMinibatches(
      { ...batch, minibatches: 1, epochs: 1 },
      () => [
        [first.group, computeLoss],
        [second.group, computeLoss],
      ],
      goOn,
    );
    // The gradient of each is the other's value before its step.
    expect(all.norms).toEqual({ actor: 5, critic: 1 });
    first.group.dispose();
    second.group.dispose();
  });

  it('ends before the step of the minibatch that should stop it, in the middle of an epoch', () => {
    const { group, weight } = createGroup('actor', 1);
    let looks = 0;
    const computeLoss = (): Loss => ({ total: weight.mul(1), parts: { looks: tf.scalar(looks) } });
    const { all, last } = stepMinibatches(
      { ...batch, rowCount: 6, minibatches: 3 },
      () => {
        looks += 1;
        return [[group, computeLoss]];
      },
      { done: 0, shouldStop: (parts) => parts['looks']! > 4 },
    );
    expect(group.steps).toBe(4);
    expect(all.parts['looks']).toBeCloseTo((1 + 2 + 3 + 4 + 5) / 5, 12);
    expect(last.parts['looks']).toBeCloseTo((4 + 5) / 2, 12);
    group.dispose();
  });
});
