import { createRandomStream, InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { Bandit } from './bandit.ts';
import { createEpsilonGreedyBandit } from './epsilon-greedy.ts';
import {
  computeWidth,
  createRollout,
  dot,
  fitDense,
  listChoices,
  sampleRows,
  space,
  tallyDraws,
} from './example-problem.fixture.ts';
import { createLinUcbBandit } from './lin-ucb.ts';
import { createRidgeBandit } from './ridge-bandit.ts';
import { createSquareCbBandit } from './square-cb.ts';
import { createThompsonBandit } from './thompson.ts';

const random = createRandomStream('exploration');
const rows = sampleRows(40, random.split('rows'));
const penalties = { penalty: 0.5, contextPenalty: 2 };
const observation = [0.7, -0.4];
const draws = 6000;

/** Estimated rewards of the six joint actions in the context of the tests. */
const estimate = (features = {}) => {
  const dense = fitDense(rows, { ...penalties, ...features });
  return listChoices().map((choice) => dot(dense.weights, dense.computeFeatures(observation, choice)));
};
const greedyOf = (values: readonly number[]) => values.indexOf(Math.max(...values));
const train = async <Trained extends Bandit>(bandit: Trained): Promise<Trained> => {
  await bandit.update(createRollout(rows));
  return bandit;
};

/** The log-probabilities are those of the draws: by frequencies within four standard errors, and by numbers of one's own. */
function expectDistribution(bandit: Bandit, expected: readonly number[]): void {
  const tally = tallyDraws(bandit, observation, draws);
  listChoices().forEach((choice, joint) => {
    const probability = expected[joint]!;
    const entry = tally.get(choice.join());
    const error = Math.sqrt((probability * (1 - probability)) / draws);
    expect(Math.abs((entry?.share ?? 0) - probability)).toBeLessThanOrEqual(4 * error + 1e-12);
    if (entry !== undefined) expect(entry.probability).toBeCloseTo(probability, 6);
  });
}

describe('createEpsilonGreedyBandit', () => {
  it('takes the greedy joint action, or any with even chances', async () => {
    const greedy = greedyOf(estimate({ pairs: true }));
    const bandit = await train(createEpsilonGreedyBandit(space, { ...penalties, pairs: true, epsilon: 0.3 }));
    expectDistribution(
      bandit,
      listChoices().map((_, joint) => 0.3 / 6 + (joint === greedy ? 0.7 : 0)),
    );
  });

  it('explores legal joint actions alone, a family as one', async () => {
    const bandit = createEpsilonGreedyBandit(space, { epsilon: 1 });
    bandit.widen({ agent: 'role', parent: 1 });
    const masks = { format: Uint8Array.of(1, 0, 1) };
    const { actions, logProbabilities } = bandit.act(Float32Array.from(observation), {
      deterministic: false,
      random,
      masks,
    });
    expect(actions['format']![0]).not.toBe(1);
    // Role 0 has one half, role 1 and its child a quarter each; the two formats a half each.
    expect(Math.exp(logProbabilities['role']![0]!)).toBeCloseTo(actions['role']![0] === 0 ? 1 / 2 : 1 / 4, 6);
    expect(Math.exp(logProbabilities['format']![0]!)).toBeCloseTo(1 / 2, 6);
  });

  it('refuses an epsilon that is no probability', () => {
    for (const epsilon of [-0.1, 1.1, Number.NaN]) {
      expect(() => createEpsilonGreedyBandit(space, { epsilon })).toThrow(InvalidArgumentError);
    }
  });
});

describe('createRidgeBandit', () => {
  it('explores evenly for its rows, then takes what it holds best', async () => {
    const bandit = createRidgeBandit(space, { ...penalties, exploration: 40 });
    expectDistribution(bandit, new Array<number>(6).fill(1 / 6));
    await train(bandit);
    const greedy = greedyOf(estimate());
    expectDistribution(
      bandit,
      listChoices().map((_, joint) => (joint === greedy ? 1 : 0)),
    );
  });

  it('turns greedy though no fit is due', async () => {
    const bandit = createRidgeBandit(space, { exploration: 45, refitGrowth: 10 });
    await train(bandit);
    await bandit.update(createRollout(sampleRows(5, random.split('last'))));
    expect([...tallyDraws(bandit, observation, 100).values()].map(({ probability }) => probability)).toEqual([1]);
  });
});

describe('createSquareCbBandit', () => {
  it('weighs gaps as worked out by the formula', async () => {
    // mu = 6 joint actions, gamma = 0.5 * 6 * sqrt(40).
    const values = estimate();
    const greedy = greedyOf(values);
    const gamma = 0.5 * 6 * Math.sqrt(40);
    const expected = values.map((value) => 1 / (6 + gamma * (values[greedy]! - value)));
    expected[greedy] = 0;
    expected[greedy] = 1 - expected.reduce((sum, value) => sum + value, 0);
    const bandit = await train(createSquareCbBandit(space, { ...penalties, gammaScale: 0.5 }));
    expectDistribution(bandit, expected);
  });

  it('draws evenly before it knows anything', () => {
    expectDistribution(createSquareCbBandit(space), new Array<number>(6).fill(1 / 6));
  });

  it('refuses a scale that is not positive', () => {
    expect(() => createSquareCbBandit(space, { gammaScale: 0 })).toThrow('gammaScale');
  });
});

describe('createLinUcbBandit', () => {
  it.each([
    { squares: false, pairs: false },
    { squares: true, pairs: true },
  ])('takes the highest bound of an explicit inverse, %o', async (features) => {
    const dense = fitDense(rows, { ...penalties, ...features });
    const bandit = await train(createLinUcbBandit(space, { ...penalties, ...features, alpha: 0.8 }));
    let bold = 0;
    for (const context of sampleRows(50, random.split('contexts')).observations) {
      const means = listChoices().map((choice) => dot(dense.weights, dense.computeFeatures(context, choice)));
      const bounds = listChoices().map(
        (choice, joint) =>
          means[joint]! + 0.8 * Math.sqrt(computeWidth(dense.inverse, dense.computeFeatures(context, choice))),
      );
      const { actions, logProbabilities } = bandit.act(Float32Array.from(context), { deterministic: false, random });
      const best = greedyOf(bounds);
      expect([actions['role']![0], actions['format']![0]]).toEqual(listChoices()[best]);
      expect([logProbabilities['role']![0], logProbabilities['format']![0]]).toEqual([0, 0]);
      if (best !== greedyOf(means)) bold++;
    }
    // The bound decided at least sometimes, so the test can fail.
    expect(bold).toBeGreaterThan(5);
  });

  it('serves what it estimates, not what it is unsure of', async () => {
    const bandit = await train(createLinUcbBandit(space, { ...penalties, alpha: 100 }));
    const { actions } = bandit.act(Float32Array.from(observation), { deterministic: true, random });
    expect([actions['role']![0], actions['format']![0]]).toEqual(listChoices()[greedyOf(estimate())]);
  });

  it('keeps to the parent until the child has a width of its own', async () => {
    const bandit = await train(createLinUcbBandit(space, { ...penalties, pairs: true, alpha: 5, refitGrowth: 0 }));
    const act = () => bandit.act(Float32Array.from(observation), { deterministic: false, random }).actions;
    const before = act();
    bandit.widen({ agent: 'format', parent: before['format']![0]! });
    expect(act()).toEqual(before);
    await bandit.update(createRollout(rows));
    expect(act()['format']![0]).toBe(3);
  });

  it('refuses a negative alpha', () => {
    expect(() => createLinUcbBandit(space, { alpha: -1 })).toThrow('alpha');
  });
});

describe('createThompsonBandit', () => {
  const create = (options = {}) =>
    createThompsonBandit(space, { ...penalties, random: random.split('thompson'), ...options });

  it('draws weights with the mean and covariance of the posterior', async () => {
    // The probability that one joint action beats another is that of a normal difference, Phi(mean / deviation).
    const count = 20_000;
    const dense = fitDense(rows, { ...penalties, pairs: true });
    const bandit = await train(create({ pairs: true, scale: 0.3, draws: count }));
    for (const [left, right] of [
      [0, 1],
      [2, 4],
      [3, 5],
    ] as const) {
      const [first, second] = [left, right].map((joint) => dense.computeFeatures(observation, listChoices()[joint]!));
      const difference = first!.map((value, index) => value - second![index]!);
      const z = dot(dense.weights, difference) / (0.3 * Math.sqrt(computeWidth(dense.inverse, difference)));
      const expected = computeNormalShare(z);
      const { actions, logProbabilities } = bandit.act(Float32Array.from(observation), {
        deterministic: false,
        random,
        jointActions: Int32Array.of(left, right),
      });
      const chance = Math.exp(logProbabilities['role']![0]! + logProbabilities['format']![0]!);
      const joint = actions['role']![0]! * 3 + actions['format']![0]!;
      const share = joint === left ? chance : 1 - chance;
      expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / count));
    }
  });

  it('logs the probabilities of its draws', async () => {
    const bandit = await train(create({ scale: 0.5, draws: 40, epsilon: 0.1 }));
    const tally = tallyDraws(bandit, observation, draws);
    let total = 0;
    for (const { share, probability } of tally.values()) {
      expect(Math.abs(share - probability)).toBeLessThan(4 * Math.sqrt((probability * (1 - probability)) / draws));
      // .9 of a whole number of fortieths, and the even part.
      const fortieths = ((probability - 0.1 / 6) / 0.9) * 40;
      expect(fortieths).toBeCloseTo(Math.round(fortieths), 3);
      total += probability;
    }
    expect(tally.size).toBe(6);
    expect(total).toBeCloseTo(1, 5);
  });

  it('is greedy without spread', async () => {
    const bandit = await train(create({ scale: 0, draws: 3 }));
    expect([...tallyDraws(bandit, observation, 50).keys()]).toEqual([listChoices()[greedyOf(estimate())]!.join()]);
  });

  it('refuses options outside their ranges', () => {
    expect(() => create({ scale: -1 })).toThrow('scale');
    expect(() => create({ draws: 0 })).toThrow('draws');
    expect(() => create({ epsilon: 2 })).toThrow('epsilon');
  });
});

/** The standard normal distribution function, by Simpson's rule. */
function computeNormalShare(z: number): number {
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const steps = 2000;
  const width = z / steps;
  let sum = density(0) + density(z);
  for (let step = 1; step < steps; step++) sum += (step % 2 === 1 ? 4 : 2) * density(step * width);
  return 0.5 + (sum * width) / 3;
}
