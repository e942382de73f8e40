import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { addAnswers, createAnswerStatistics } from './answer-statistics.ts';
import { CriticFeatures, featureGroups } from './critic-features.ts';
import { computePosterior, drawWeights, fitPrior } from './posterior.ts';

const space = { agents: ['only'], observationSize: 1, stateSize: 1, actionCounts: { only: 2 } };

describe('computePosterior', () => {
  it('equals the solution by hand', () => {
    // Feature 0 in two rows with 1 and 3, feature 1 in one row with 4, penalty 2: 4 / (2 + 2) and 4 / (1 + 2).
    const statistics = { rows: 3, gram: Float64Array.of(2, 0, 0, 1), moment: Float64Array.of(4, 4), squares: 26 };
    const { mean } = computePosterior(statistics, Int32Array.of(0, 0), { penalties: [2], noise: 1 });
    expect(mean[0]).toBeCloseTo(1, 12);
    expect(mean[1]).toBeCloseTo(4 / 3, 12);
  });

  it('refuses numbers that leave no finite weights', () => {
    const statistics = { rows: 1, gram: Float64Array.of(Infinity), moment: Float64Array.of(Infinity), squares: 1 };
    const run = () => computePosterior(statistics, Int32Array.of(0), { penalties: [1], noise: 1 });
    expect(run).toThrow('ordinary size');
  });
});

describe('drawWeights', () => {
  it('has the posterior covariance times the square of the scale', () => {
    // X'X + Lambda = [[4, 2], [2, 3]] with inverse [[3, -2], [-2, 4]] / 8.
    const statistics = { rows: 1, gram: Float64Array.of(3, 0, 2, 2), moment: Float64Array.of(0, 0), squares: 0 };
    const posterior = computePosterior(statistics, Int32Array.of(0, 0), { penalties: [1], noise: 1 });
    const random = createRandomStream(1);
    const draws = Array.from({ length: 40_000 }, () => drawWeights(posterior, 2, random));
    const covary = (a: number, b: number): number =>
      draws.reduce((sum, draw) => sum + draw[a]! * draw[b]!, 0) / draws.length;
    expect(covary(0, 0)).toBeCloseTo((4 * 3) / 8, 1);
    expect(covary(0, 1)).toBeCloseTo((4 * -2) / 8, 1);
    expect(covary(1, 1)).toBeCloseTo((4 * 4) / 8, 1);
  });
});

describe('fitPrior', () => {
  it('finds the noise, and holds what is irrelevant more than what is relevant', () => {
    const features = new CriticFeatures({ ...space, stateSize: 2 });
    const random = createRandomStream(2);
    const answers = Array.from({ length: 4000 }, () => {
      const state = Float32Array.of(random.normal(), random.normal());
      const action = random.integer(2);
      // Only the first value of the state tells which action is better.
      const value = 0.5 + 0.3 * (action === 0 ? 1 : -1) * state[0]! + 0.2 * random.normal();
      return { state, actions: [action], value };
    });
    const statistics = addAnswers(features, createAnswerStatistics(features.size), answers);
    const guesses = [1e-3, 30, 30, 300, 300];
    const prior = fitPrior(
      statistics,
      features.computeGroups(),
      { penalties: guesses, noise: 1 },
      { guesses, fixed: [featureGroups.constant] },
    );
    expect(Math.sqrt(prior.noise)).toBeCloseTo(0.2, 2);
    expect(prior.penalties[0]).toBe(1e-3);
    const [relevant, irrelevant] = prior.penalties.slice(featureGroups.actionState);
    expect(irrelevant).toBeGreaterThan(20 * relevant!);
  });
});

describe('CriticFeatures', () => {
  it('makes a child its parent plus a difference', () => {
    const features = new CriticFeatures(space);
    features.widen(0, 1);
    features.widen(0, 2);
    const weights = Float64Array.from({ length: features.size }, (_, index) => index);
    // Constant, state, then blocks of two: actions at 2 and 4, children at 6 and 8.
    expect(features.listBlocks(0, 3)).toEqual([8, 6, 4]);
    expect([...features.sumWeights(weights, 0, 3)]).toEqual([8 + 6 + 4, 9 + 7 + 5]);
    expect([...features.computeGroups()]).toEqual([0, 1, 2, 3, 2, 3, 2, 3, 2, 3]);
  });

  it('refuses blocks that cannot be its own', () => {
    const features = new CriticFeatures(space);
    const [blocks] = features.save();
    for (const wrong of [undefined, [], [[blocks![0], blocks![0]]], [[blocks![0], { start: 4, parent: 1 }]]]) {
      expect(() => features.prepareRestore(wrong, [2]), JSON.stringify(wrong)).toThrow('features of the critic');
    }
  });
});
