import { selectBackend } from '@rppkit/backend';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RowBatch } from '../rollouts/rollout-batch.ts';
import { expectClose } from '../testing/expect-close.ts';
import { computePolicyTerms, createMask, createOneHot, createRows } from './policy-terms.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const space = { agents: ['role', 'format'], observationSize: 1, stateSize: 1, actionCounts: { role: 3, format: 2 } };
const batch: RowBatch = {
  rowCount: 2,
  observations: new Float32Array(2),
  states: new Float32Array(2),
  nextObservations: new Float32Array(2),
  nextStates: new Float32Array(2),
  rewards: new Float32Array(2),
  terminated: new Uint8Array(2),
  actions: { role: Int32Array.of(1, 2), format: Int32Array.of(0, 1) },
  logProbabilities: {},
  actionMasks: { role: Uint8Array.of(1, 1, 0, 1, 1, 1), format: Uint8Array.of(1, 1, 0, 1) },
  nextActionMasks: undefined,
};

describe('computePolicyTerms', () => {
  it('takes the chosen action of each agent and row, under the masks', () => {
    const [role, format] = tf.tidy(() =>
      computePolicyTerms(
        [
          tf.tensor2d([
            [0, Math.log(3), 9],
            [0, 0, Math.log(2)],
          ]),
          tf.tensor2d([
            [Math.log(4), 0],
            [5, 0],
          ]),
        ],
        batch,
        space,
      ).map(({ logChosen, entropy }) => ({ logChosen: logChosen.dataSync(), entropy: entropy.dataSync() })),
    );
    // Probabilities 1/4, 3/4, illegal and 1/4, 1/4, 1/2; then 4/5, 1/5 and illegal, 1.
    expectClose(role!.logChosen, [Math.log(3 / 4), Math.log(1 / 2)], 1e-6);
    expectClose(format!.logChosen, [Math.log(4 / 5), 0], 1e-6);
    const entropy = (...chances: number[]): number => -chances.reduce((sum, p) => sum + p * Math.log(p), 0);
    expectClose(role!.entropy, [entropy(1 / 4, 3 / 4), entropy(1 / 4, 1 / 4, 1 / 2)], 1e-6);
    expectClose(format!.entropy, [entropy(4 / 5, 1 / 5), 0], 1e-6);
  });
});

describe('createMask, createOneHot and createRows', () => {
  it('lay arrays out as rows', () => {
    expect(createMask(undefined, 2)).toBeUndefined();
    expect(createMask(Uint8Array.of(1, 0, 0, 1), 2)!.arraySync()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(createOneHot(Int32Array.of(2, 0), 3).arraySync()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
    expect(createRows(Float32Array.of(1, 2, 3, 4), 1).shape).toEqual([4, 1]);
  });
});
