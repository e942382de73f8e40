import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { crossFitRewards, type FitRewards } from './cross-fit-rewards.ts';
import { createPromptLog } from './prompt-log.ts';
import { createRidgeFit } from './ridge-rewards.ts';
import { actionCounts, createExactLog, fourRows, logPrompt, target } from './two-slots.fixture.ts';

const constant =
  (values: readonly number[]): FitRewards =>
  () => ({ predictJoint: () => Float64Array.from(values) });

describe('crossFitRewards', () => {
  it('predicts the logged prompt and the mean under the target', () => {
    const { logged, expected } = crossFitRewards(fourRows, target, {
      fit: constant([10, 20, 30, 40, 50, 60]),
      folds: 2,
      random: createRandomStream(1),
    });
    expect([...logged]).toEqual([10, 50, 20, 60]);
    // .4 * 10 + .16 * 20 + .24 * 30 + .1 * 40 + .04 * 50 + .06 * 60
    for (const value of expected) expect(value).toBeCloseTo(24, 12);
  });

  it('never predicts a row from its own group, and fits on all others', () => {
    const log = createPromptLog(
      Array.from({ length: 12 }, (_, row) => logPrompt([0, 0], 0, { context: row, group: Math.floor(row / 2) })),
      { actionCounts },
    );
    const seen: number[][] = [];
    const predictedFrom = new Map<number, readonly number[]>();
    const fitSpy: FitRewards = (_, rows) => {
      seen.push([...rows]);
      return {
        predictJoint(context) {
          predictedFrom.set(context, [...rows]);
          return new Float64Array(6);
        },
      };
    };
    crossFitRewards(log, target, { fit: fitSpy, folds: 3, random: createRandomStream(2) });
    expect(seen).toHaveLength(3);
    for (const rows of seen) expect(rows).toHaveLength(8);
    expect(predictedFrom.size).toBe(12);
    for (const [row, rows] of predictedFrom) {
      expect(rows.map((other) => Math.floor(other / 2))).not.toContain(Math.floor(row / 2));
    }
    const again: number[][] = [];
    crossFitRewards(log, target, {
      fit: (given, rows) => {
        again.push([...rows]);
        return fitSpy(given, rows);
      },
      folds: 3,
      random: createRandomStream(2),
    });
    expect(again).toEqual(seen.slice(0, 3));
  });

  it('refuses wrong folds and predictions', () => {
    const random = createRandomStream(1);
    const fit = constant([0, 0, 0, 0, 0, 0]);
    for (const folds of [1, 5, 2.5]) {
      expect(() => crossFitRewards(fourRows, target, { fit, folds, random })).toThrow('folds');
    }
    expect(() => crossFitRewards(fourRows, target, { fit: constant([1]), folds: 2, random })).toThrow('length 6');
    const broken = constant([Number.NaN, 0, 0, 0, 0, 0]);
    expect(() => crossFitRewards(fourRows, target, { fit: broken, folds: 2, random })).toThrow('finite');
  });
});

describe('createRidgeFit', () => {
  const all = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);

  it('finds an additive reward, with and without pairs', () => {
    const log = createExactLog((first, second) => 0.2 + 0.3 * first + 0.1 * second);
    for (const pairs of [false, true]) {
      const model = createRidgeFit({ actionCounts, pairs, penalty: 1e-6 })(log, all(8));
      [0.2, 0.3, 0.4, 0.5, 0.6, 0.7].forEach((reward, joint) => {
        expect(model.predictJoint(0)[joint]).toBeCloseTo(reward, 4);
      });
    }
  });

  it('finds an interaction with pairs only', () => {
    const log = createExactLog((first, second) => (first === 1 && second === 2 ? 1 : 0));
    const predict = (pairs: boolean) =>
      createRidgeFit({ actionCounts, pairs, penalty: 1e-6 })(log, all(8)).predictJoint(0);
    [0, 0, 0, 0, 0, 1].forEach((reward, joint) => {
      expect(predict(true)[joint]).toBeCloseTo(reward, 4);
    });
    // The additive fit of one cell: row mean 1/4 plus column mean 1/2 less the mean 1/8.
    expect(predict(false)[5]).toBeCloseTo(0.625, 4);
  });

  it('follows the observation', () => {
    const observations = Float32Array.of(-1, 0, 1, 2);
    const rows = [0, 1, 2, 3].flatMap((context) =>
      [0, 1].flatMap((first) =>
        [0, 1, 2].map((second) => logPrompt([first, second], first * observations[context]!, { context })),
      ),
    );
    const log = createPromptLog(rows, { actionCounts });
    const model = createRidgeFit({ actionCounts, observations, observationSize: 1, penalty: 1e-6 })(log, all(24));
    expect(model.predictJoint(3)[0]).toBeCloseTo(0, 4);
    expect(model.predictJoint(3)[5]).toBeCloseTo(2, 4);
    expect(model.predictJoint(0)[4]).toBeCloseTo(-1, 4);
    expect(() => model.predictJoint(4)).toThrow('context to be in [0, 4)');
  });

  it('shrinks to the mean reward', () => {
    const log = createExactLog((first) => first);
    const model = createRidgeFit({ actionCounts, penalty: 1e9 })(log, all(8));
    expect(model.predictJoint(0)[0]).toBeCloseTo(0.5, 6);
  });

  it('refuses wrong options', () => {
    expect(() => createRidgeFit({ actionCounts, observationSize: -1 })).toThrow('observationSize');
    expect(() => createRidgeFit({ actionCounts, observations: new Float32Array(3) })).toThrow('observations');
    expect(() => createRidgeFit({ actionCounts, observations: new Float32Array(3), observationSize: 2 })).toThrow(
      '[contexts, 2]',
    );
    expect(() => createRidgeFit({ actionCounts, penalty: 0 })).toThrow('penalty');
    expect(() => createRidgeFit({ actionCounts: [6] })(fourRows, all(4))).toThrow("the log's: 2, 3");
    expect(() => createRidgeFit({ actionCounts })(fourRows, all(0))).toThrow('at least one row');
  });
});
