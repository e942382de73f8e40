import { selectBackend } from '@rppkit/backend';
import { createRandomStream, type Rollout } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MarlLearner } from '../learner/create-learner.ts';
import { collectRollout } from '../rollouts/collect-rollout.ts';
import { createTwoStepGame } from '../testing/games.ts';
import { createVdn, type VdnOptions } from './vdn.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

describe('createVdn', () => {
  const space = { agents: ['a', 'b'], observationSize: 1, stateSize: 1, actionCounts: { a: 2, b: 2 } };

  /** Values that no observation changes: linear networks with a kernel of 0 and these biases. */
  const createConstant = (
    online: Readonly<Record<'a' | 'b', readonly number[]>>,
    target: Readonly<Record<'a' | 'b', readonly number[]>>,
    options: Partial<VdnOptions> = {},
  ): MarlLearner => {
    const learner = createVdn(space, { random: createRandomStream(0), hiddenSizes: [], discount: 0.5, ...options });
    const state = learner.save();
    const biases: Readonly<Record<string, readonly number[]>> = {
      'values/a/output/0/bias': online.a,
      'values/b/output/0/bias': online.b,
      'target/a/output/0/bias': target.a,
      'target/b/output/0/bias': target.b,
    };
    learner.load({
      ...state,
      tensors: state.tensors.map(({ name, shape, values }) => ({
        name: name!,
        shape,
        values: Float32Array.from(biases[name!] ?? values.fill(0)),
      })),
    });
    return learner;
  };

  /** One row, action 0 of a and 1 of b, for a reward of 3. */
  const createRollout = (end: 'terminated' | 'truncated' | 'running', nextMask?: readonly number[]): Rollout => {
    const step = {
      observations: Float32Array.of(1),
      state: Float32Array.of(1),
      actions: { a: Int32Array.of(0), b: Int32Array.of(1) },
      logProbabilities: { a: Float32Array.of(0), b: Float32Array.of(0) },
      rewards: Float32Array.of(3),
      terminated: Uint8Array.of(end === 'terminated' ? 1 : 0),
      truncated: Uint8Array.of(end === 'truncated' ? 1 : 0),
      active: Uint8Array.of(1),
      learnable: Uint8Array.of(1),
    };
    const masked = nextMask && { ...step, active: Uint8Array.of(0), actionMasks: { a: Uint8Array.from(nextMask) } };
    return {
      batchSize: 1,
      steps: masked === undefined ? [step] : [step, masked],
      finalObservations: Float32Array.of(1),
      finalState: Float32Array.of(1),
    };
  };

  const online = { a: [1, 0.5], b: [2, 4] };
  const target = { a: [10, 20], b: [200, 100] };
  const lossOf = async (learner: MarlLearner, rollout: Rollout): Promise<number> => {
    const metrics = await learner.update(rollout);
    // 1 + 4 for the actions that were taken.
    expect(metrics['train/joint_value']).toBe(5);
    return metrics['train/loss']!;
  };

  it('bootstraps with what the target is worth at the actions that the online networks prefer', async () => {
    // They prefer 0 of a and 1 of b: y = 3 + 0.5 (10 + 100) = 58.
    for (const end of ['truncated', 'running'] as const) {
      expect(await lossOf(createConstant(online, target), createRollout(end))).toBe((58 - 5) ** 2);
    }
  });

  it('takes the largest values of the target without double Q-learning', async () => {
    // y = 3 + 0.5 (20 + 200) = 113.
    const learner = createConstant(online, target, { doubleQ: false });
    expect(await lossOf(learner, createRollout('running'))).toBe((113 - 5) ** 2);
  });

  it('takes the reward alone after a terminated step', async () => {
    expect(await lossOf(createConstant(online, target), createRollout('terminated'))).toBe((3 - 5) ** 2);
  });

  it('prefers legal next actions only', async () => {
    // Agent a may only take 1: y = 3 + 0.5 (20 + 100) = 63.
    expect(await lossOf(createConstant(online, target), createRollout('running', [0, 1]))).toBe((63 - 5) ** 2);
  });

  it('does not see the state', async () => {
    const rollout = createRollout('running');
    const [step] = rollout.steps as [Rollout['steps'][number]];
    const elsewhere = { ...rollout, steps: [{ ...step, state: Float32Array.of(-7) }], finalState: Float32Array.of(9) };
    const [first, second] = [createConstant(online, target), createConstant(online, target)];
    await first.update(rollout);
    await second.update(elsewhere);
    expect(second.save().tensors).toEqual(first.save().tensors);
  });

  it('reaches 7 in the two-step game, as a sum cannot show that 8 can be had', async () => {
    const game = createTwoStepGame({ batchSize: 32 });
    const random = createRandomStream(1);
    const learner = createVdn(game, {
      random: random.split('learner'),
      hiddenSizes: [16],
      epsilon: 1,
      discount: 1,
      learningRate: { from: 0.03, to: 0.001, updates: 60 },
      gradientSteps: 2,
    });
    for (let update = 0; update < 60; update++) {
      const { rollout } = await collectRollout(game, learner, { random: random.split(update), seed: update });
      await learner.update(rollout);
    }
    const { rollout } = await collectRollout(game, learner, { random, seed: 0, deterministic: true });
    const paid = rollout.steps.map(({ rewards }) => rewards[0]!).reduce((sum, reward) => sum + reward, 0);
    expect(paid).toBe(7);
    // The least-squares sum for [[0, 1], [1, 8]] is [[-1.5, 2.5], [2.5, 6.5]].
    const values = learner.exportNetworks().map(({ layers }) => {
      const [hidden, output] = layers as [
        (typeof layers)[0] & { kind: 'dense' },
        (typeof layers)[0] & { kind: 'dense' },
      ];
      const sums = [...hidden.bias].map((bias, unit) => Math.max(0, bias + hidden.kernel[2 * 16 + unit]!));
      return [0, 1].map((action) =>
        sums.reduce((sum, value, unit) => sum + value * output.kernel[2 * unit + action]!, output.bias[action]!),
      );
    });
    const [a, b] = values as [[number, number], [number, number]];
    for (const [first, second, expected] of [
      [0, 0, -1.5],
      [0, 1, 2.5],
      [1, 0, 2.5],
      [1, 1, 6.5],
    ] as const) {
      expect(Math.abs(a[first] + b[second] - expected)).toBeLessThan(0.4);
    }
    learner.dispose();
  });
});
