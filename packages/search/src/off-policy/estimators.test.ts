import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { computeDirectMethod } from './direct-method.ts';
import { computeDoublyRobust } from './doubly-robust.ts';
import { computeInversePropensity } from './inverse-propensity.ts';
import { createPromptLog } from './prompt-log.ts';
import { createFactoredTarget } from './prompt-target.ts';
import { computePseudoInverse } from './pseudo-inverse.ts';
import { computeSelfNormalized } from './self-normalized.ts';
import { actionCounts, createExactLog, fourRows, logPrompt, target } from './two-slots.fixture.ts';

const predictions = { logged: new Float64Array(4).fill(0.5), expected: new Float64Array(4).fill(0.6) };

describe('numbers by hand', () => {
  it('inverse propensity', () => {
    const estimate = computeInversePropensity(fourRows, target);
    // (1.6 + 0 + .64 + .48) / 4
    expect(estimate.estimate).toBeCloseTo(0.68, 12);
    // Deviations .92, -.68, -.04, -.2: sqrt(1.3504 / 3 / 4).
    expect(estimate.standardError).toBeCloseTo(0.3354599, 6);
    // 3.68^2 / (2.56 + .1024 + 1.6384 + .2304)
    expect(estimate.effectiveSampleSize).toBeCloseTo(13.5424 / 4.5312, 10);
    expect(estimate.largestWeight).toBeCloseTo(1.6, 12);
    expect(estimate.flags).toEqual(['low-effective-sample-size']);
  });

  it('self-normalised', () => {
    const estimate = computeSelfNormalized(fourRows, target);
    expect(estimate.estimate).toBeCloseTo(2.72 / 3.68, 12);
    // w (r - V): .4173913, -.2365217, -.3060870, .1252174; sqrt(.3395266 / .92^2 * 4 / 3) / 4.
    expect(estimate.standardError).toBeCloseTo(0.1828346, 6);
  });

  it('direct method', () => {
    const estimate = computeDirectMethod(fourRows, target, predictions);
    expect(estimate.estimate).toBeCloseTo(0.6, 12);
    expect(estimate.standardError).toBeCloseTo(0, 12);
    expect(estimate.effectiveSampleSize).toBeCloseTo(13.5424 / 4.5312, 10);
    expect(estimate.flags).toContain('model-dependent');
  });

  it('doubly robust', () => {
    // .6 + .8, .6 - .16, .6, .6 + .24
    expect(computeDoublyRobust(fourRows, target, predictions).estimate).toBeCloseTo(0.82, 12);
  });

  it('pseudo-inverse', () => {
    const estimate = computePseudoInverse(fourRows, target);
    // Weights 1.6 + 1 - 1, .4 + .8 - 1, 1.6 + .8 - 1, .4 + 1.2 - 1: (1.6 + 0 + .7 + .6) / 4.
    expect(estimate.estimate).toBeCloseTo(0.725, 12);
    expect(estimate.largestWeight).toBeCloseTo(1.6, 12);
    // 3.8^2 / (2.56 + .04 + 1.96 + .36)
    expect(estimate.effectiveSampleSize).toBeCloseTo(14.44 / 4.92, 10);
    expect(estimate.flags).toEqual(['assumes-additive', 'low-effective-sample-size']);
  });

  it('clipped at 1', () => {
    const options = { maximumWeight: 1 };
    // Weights 1, .32, 1, .48.
    const ips = computeInversePropensity(fourRows, target, options);
    expect(ips.estimate).toBeCloseTo((1 + 0.5 + 0.48) / 4, 12);
    expect(ips.flags).toContain('clipped');
    expect(ips.largestWeight).toBe(1);
    const snips = computeSelfNormalized(fourRows, target, options);
    expect(snips.estimate).toBeCloseTo(1.98 / 2.8, 12);
    expect(snips.flags).toContain('clipped');
    const robust = computeDoublyRobust(fourRows, target, predictions, options);
    expect(robust.estimate).toBeCloseTo(0.6 + (0.5 - 0.16 + 0 + 0.24) / 4, 12);
    expect(robust.flags).toContain('clipped');
  });
});

describe('on a log in exact proportion', () => {
  const additive = createExactLog((first, second) => 0.2 + 0.3 * first + 0.1 * second);
  // .2 + .3 * .2 + .1 * (.2 + 2 * .3)
  const additiveValue = 0.34;
  const interacting = createExactLog((first, second) => (first === 1 && second === 2 ? 1 : 0));

  it('all are exact where slots add up', () => {
    for (const compute of [computeInversePropensity, computeSelfNormalized, computePseudoInverse]) {
      expect(compute(additive, target).estimate).toBeCloseTo(additiveValue, 12);
    }
  });

  it('the pseudo-inverse alone is biased where slots interact', () => {
    // Reward 1 for one pair, .2 * .3 of the target.
    expect(computeInversePropensity(interacting, target).estimate).toBeCloseTo(0.06, 12);
    expect(computeSelfNormalized(interacting, target).estimate).toBeCloseTo(0.06, 12);
    // 1 of 8 rows with the weight .4 + 1.2 - 1.
    expect(computePseudoInverse(interacting, target).estimate).toBeCloseTo(0.075, 12);
  });

  it('doubly robust is exact whatever the model', () => {
    // q(s) by number of the joint action, nonsense; its mean under the target: product of (.8, .2) and (.5, .2, .3).
    const nonsense = [3, -1, 4, -1, 5, -9];
    const expected = 0.4 * 3 + 0.16 * -1 + 0.24 * 4 + 0.1 * -1 + 0.04 * 5 + 0.06 * -9;
    const wrong = {
      logged: Float64Array.from(interacting.jointActions, (action) => nonsense[action]!),
      expected: new Float64Array(8).fill(expected),
    };
    expect(computeDoublyRobust(interacting, target, wrong).estimate).toBeCloseTo(0.06, 12);
    expect(computeDirectMethod(interacting, target, wrong).estimate).toBeCloseTo(expected, 12);
  });
});

describe('standard errors', () => {
  it('count rows of one group as one observation', () => {
    const rows = [logPrompt([0, 0], 1), logPrompt([1, 1], 0), logPrompt([0, 1], 0.5), logPrompt([1, 2], 1)];
    const grouped = createPromptLog(
      rows.map((row, index) => ({ ...row, group: Math.floor(index / 2) })),
      { actionCounts },
    );
    // Deviations .92 - .68 and -.04 - .2 by group: sqrt(2 * (.24^2 + .24^2)) / 4.
    expect(computeInversePropensity(grouped, target).standardError).toBeCloseTo(0.12, 12);
    expect(computeInversePropensity(grouped, target).estimate).toBeCloseTo(0.68, 12);
  });
});

describe('intervals', () => {
  it('are those of Student where nothing is skewed', () => {
    // Weights 1 and rewards 0, 0, 1, 1: mean 1/2, standard error sqrt(1 / 3 / 4).
    const same = createFactoredTarget({
      actionCounts,
      computeMarginals: () => [
        [0.5, 0.5],
        [0.5, 0.25, 0.25],
      ],
    });
    const log = createPromptLog(
      [0, 0, 1, 1].map((reward) => logPrompt([0, 0], reward)),
      { actionCounts },
    );
    // Student's t with 3 degrees of freedom, .975 and .75: 3.182446 and .764892.
    for (const [level, quantile] of [
      [0.95, 3.182446],
      [0.5, 0.764892],
    ] as const) {
      const { low, high, standardError } = computeInversePropensity(log, same, { level });
      expect(standardError).toBeCloseTo(Math.sqrt(1 / 12), 12);
      expect(low).toBeCloseTo(0.5 - quantile * Math.sqrt(1 / 12), 5);
      expect(high).toBeCloseTo(0.5 + quantile * Math.sqrt(1 / 12), 5);
    }
  });

  it('reach further to the side of large weights', () => {
    const { low, high, estimate, standardError } = computeInversePropensity(fourRows, target);
    // c = (.92^3 - .68^3 - .04^3 - .2^3) / 1.3504^1.5. The ends are where g(T) is Student's quantile: found by bisection.
    const skew = (0.92 ** 3 - 0.68 ** 3 - 0.04 ** 3 - 0.2 ** 3) / 1.3504 ** 1.5;
    const transform = (t: number): number => t + (skew * t ** 2) / 3 + ((skew / 3) ** 2 * t ** 3) / 3 + skew / 6;
    const solve = (value: number): number => {
      let [from, to] = [-100, 100];
      for (let step = 0; step < 100; step++) {
        const middle = (from + to) / 2;
        if (transform(middle) < value) from = middle;
        else to = middle;
      }
      return from;
    };
    expect((estimate - low) / standardError).toBeCloseTo(solve(3.182446), 4);
    expect((estimate - high) / standardError).toBeCloseTo(solve(-3.182446), 4);
    expect(high - estimate).toBeGreaterThan(estimate - low);
  });

  it('are wider where a few rows decide', () => {
    // Weights 1, one reward of 1 among 99 of 0: of p = 1 / 100 the skewness is (1 - 2 p) / sqrt(p (1 - p)) and the kurtosis
    // (1 - 3 p (1 - p)) / (p (1 - p)) = 98.0101, so 200 / 97.0101 = 2.06164 degrees of freedom. Student's t, .975, of 2
    // and 2.1 of them: 4.302653 and 4.112.
    const same = createFactoredTarget({
      actionCounts,
      computeMarginals: () => [
        [0.5, 0.5],
        [0.5, 0.25, 0.25],
      ],
    });
    const log = createPromptLog(
      Array.from({ length: 100 }, (_, row) => logPrompt([0, 0], row === 0 ? 1 : 0)),
      { actionCounts },
    );
    const { high, estimate, standardError } = computeInversePropensity(log, same);
    const c = 0.98 / Math.sqrt(0.0099) / 10;
    const t = (estimate - high) / standardError;
    const transformed = t + (c * t ** 2) / 3 + ((c / 3) ** 2 * t ** 3) / 3 + c / 6;
    expect(-transformed).toBeGreaterThan(4.11);
    expect(-transformed).toBeLessThan(4.302653);
  });

  it('refuse a level of 1', () => {
    expect(() => computeInversePropensity(fourRows, target, { level: 1 })).toThrow('level');
  });
});

describe('flags', () => {
  const foreign = createPromptLog([logPrompt([0, 1], 1), logPrompt([1, 1], 0), logPrompt([1, 1], 0)], { actionCounts });
  const elsewhere = createFactoredTarget({
    actionCounts,
    computeMarginals: () => [
      [0.5, 0.5],
      [1, 0, 0],
    ],
  });

  it('leave nothing without overlap', () => {
    for (const compute of [computeInversePropensity, computeSelfNormalized]) {
      const { estimate, low, high, effectiveSampleSize, flags } = compute(foreign, elsewhere);
      expect([estimate, low, high]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
      expect(effectiveSampleSize).toBe(0);
      expect(flags).toEqual(['no-overlap', 'low-effective-sample-size', 'unsupported-actions']);
    }
  });

  it('say that doubly robust has nothing but its model', () => {
    const { estimate, flags } = computeDoublyRobust(foreign, elsewhere, {
      logged: new Float64Array(3),
      expected: new Float64Array(3).fill(0.4),
    });
    expect(estimate).toBeCloseTo(0.4, 12);
    expect(flags).toContain('no-overlap');
    expect(flags).toContain('model-dependent');
  });

  it('end at an effective sample size of 100', () => {
    // The target is the logging policy: every weight is 1.
    const same = createFactoredTarget({
      actionCounts,
      computeMarginals: () => [
        [0.5, 0.5],
        [0.5, 0.25, 0.25],
      ],
    });
    const repeat = (times: number) =>
      createPromptLog(
        Array.from({ length: times }, (_, row) => logPrompt([row % 2, [0, 1, 2][row % 3]!] as never, 1)),
        { actionCounts },
      );
    expect(computeInversePropensity(repeat(99), same).flags).toEqual(['low-effective-sample-size']);
    expect(computeInversePropensity(repeat(100), same).flags).toEqual([]);
  });

  it('refuse other slots and what the pseudo-inverse cannot use', () => {
    const other = createFactoredTarget({ actionCounts: [6], computeMarginals: () => [[1, 0, 0, 0, 0, 0]] });
    expect(() => computeInversePropensity(fourRows, other)).toThrow("the log's: 2, 3");
    expect(() => computePseudoInverse(fourRows, other)).toThrow("the log's: 2, 3");
    expect(() => computeInversePropensity(fourRows, target, { maximumWeight: 0 })).toThrow('maximumWeight');
    expect(() => computePseudoInverse({ ...fourRows, independentSlots: false }, target)).toThrow('independentSlots');
  });
});

describe('closed form of the pseudo-inverse', () => {
  it('agrees with the Moore-Penrose inverse of the general formula', () => {
    const sizes = [2, 3, 2];
    const random = createRandomStream(4);
    const logging = sizes.map((size) => sampleDistribution(random, size));
    const wanted = sizes.map((size) => sampleDistribution(random, size));
    const gamma = computeGamma(logging);
    const inverse = computePseudoInverseMatrix(gamma);
    const marginals = wanted.flat();
    const indicator = (choice: readonly number[]): number[] =>
      sizes.flatMap((size, slot) => Array.from({ length: size }, (_, action) => (choice[slot] === action ? 1 : 0)));
    const policy = createFactoredTarget({ actionCounts: sizes, computeMarginals: () => wanted });
    for (const choice of [
      [0, 0, 0],
      [1, 2, 1],
      [0, 1, 1],
      [1, 0, 0],
    ]) {
      const logProbabilities = choice.map((action, slot) => Math.log(logging[slot]![action]!));
      const row = { context: 0, choice, logProbabilities, reward: 1 };
      // Two equal rows with reward 1: the estimate is the weight.
      const { estimate } = computePseudoInverse(createPromptLog([row, row], { actionCounts: sizes }), policy);
      const weight = indicator(choice).reduce(
        (sum, on, column) => sum + on * marginals.reduce((dot, mass, line) => dot + mass * inverse[line]![column]!, 0),
        0,
      );
      expect(estimate).toBeCloseTo(weight, 8);
    }
  });
});

function sampleDistribution(random: RandomStream, size: number): number[] {
  const weights = Array.from({ length: size }, () => 0.2 + random.uniform());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** E[1_s 1_s'] by walking all slates. */
function computeGamma(logging: readonly (readonly number[])[]): number[][] {
  const size = logging.flat().length;
  const gamma = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const walk = (slot: number, start: number, probability: number, held: readonly number[]): void => {
    if (slot === logging.length) {
      for (const row of held) for (const column of held) gamma[row]![column]! += probability;
      return;
    }
    logging[slot]!.forEach((chance, action) => {
      walk(slot + 1, start + logging[slot]!.length, probability * chance, [...held, start + action]);
    });
  };
  walk(0, 0, 1, []);
  return gamma;
}

/** Newton-Schulz: X <- 2 X - X A X converges to the Moore-Penrose inverse from a small multiple of A'. */
function computePseudoInverseMatrix(matrix: number[][]): number[][] {
  const size = matrix.length;
  const multiply = (left: number[][], right: number[][]): number[][] =>
    left.map((row) => right[0]!.map((_, column) => row.reduce((sum, value, k) => sum + value * right[k]![column]!, 0)));
  const norm = Math.max(...matrix.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)));
  let inverse = matrix.map((row) => row.map((value) => value / norm ** 2));
  for (let step = 0; step < 60; step++) {
    const correction = multiply(multiply(inverse, matrix), inverse);
    inverse = inverse.map((row, line) => row.map((value, column) => 2 * value - correction[line]![column]!));
  }
  expect(inverse).toHaveLength(size);
  return inverse;
}
