import { bootstrapMeanInterval } from '@rppkit/metrics/statistics';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { fitContextOracle } from './context-oracle.ts';
import { computeHeadroom } from './headroom.ts';
import { testInteraction } from './interaction-test.ts';
import { createScriptedWorld } from './scripted-world.fixture.ts';

async function fit(interaction: boolean, seed: number) {
  const world = createScriptedWorld({ users: 300, interaction });
  const oracle = await fitContextOracle({ ...world, calls: 3000, random: createRandomStream(seed) });
  return { world, oracle };
}

describe('fitContextOracle', () => {
  it('gives each kind of user its own prompt where prompts depend on users', async () => {
    const { world, oracle } = await fit(true, 1);
    expect(oracle.answers.rows).toHaveLength(3000);
    for (const judged of world.tasks) expect(world.worth(judged, oracle.choose(judged.task))).toBe(0.8);
  });

  it('gives everybody the best fixed prompt where they do not', async () => {
    const { world, oracle } = await fit(false, 2);
    const share =
      world.tasks.filter((judged) => world.worth(judged, oracle.choose(judged.task)) === 0.5).length /
      world.tasks.length;
    expect(share).toBe(1);
  });
});

describe('testInteraction', () => {
  it('rejects where prompts depend on users', async () => {
    const { world, oracle } = await fit(true, 3);
    const { p, tasks } = testInteraction(oracle.answers, { ...world, random: createRandomStream(1) });
    expect(p).toBe(1 / 200);
    expect(tasks).toBe(300);
  });

  it('rejects at most as often as its level where they do not (40 data sets, 99.9 % binomial bound)', async () => {
    let rejections = 0;
    for (let seed = 0; seed < 40; seed++) {
      const world = createScriptedWorld({ users: 100, interaction: false });
      const { answers } = await fitContextOracle({ ...world, calls: 400, random: createRandomStream(`null ${seed}`) });
      const { p } = testInteraction(answers, { ...world, random: createRandomStream(seed), permutations: 99 });
      if (p <= 0.05) rejections++;
    }
    expect(rejections).toBeLessThanOrEqual(7);
  });

  it('keeps tasks with one draw less than the others', async () => {
    const world = createScriptedWorld({ users: 100, interaction: false });
    const { answers } = await fitContextOracle({ ...world, calls: 250, random: createRandomStream(4) });
    expect(testInteraction(answers, { ...world, random: createRandomStream(1), permutations: 9 }).tasks).toBe(100);
  });
});

describe('computeHeadroom', () => {
  const values = (mean: number, spread: number, seed: number) => {
    const random = createRandomStream(seed);
    return Float64Array.from({ length: 500 }, () => mean + spread * random.normal());
  };
  const fixed = new Float64Array(500).fill(0.5);

  it.each([
    ['pays', 0.06, 0.1, 0.005],
    ['undecided', 0.06, 0.1, 0.4],
    ['undecided', 0.01, 0.3, 0.005],
    ['too-small', 0.002, 0.02, 0.005],
    ['too-small', -0.05, 0.1, 0.6],
  ] as const)('is %s for a gain of %f with spread %f and interaction p %f', (verdict, gain, spread, interactionP) => {
    const headroom = computeHeadroom({
      oracle: values(0.5 + gain, spread, 1),
      fixed,
      interactionP,
      random: createRandomStream(2),
    });
    expect(headroom.verdict).toBe(verdict);
    expect(headroom.usersToDecide !== undefined).toBe(verdict === 'undecided');
  });

  it('uses the bootstrap interval of the paired differences', () => {
    const oracle = values(0.6, 0.1, 3);
    const { interval } = computeHeadroom({ oracle, fixed, interactionP: 0.01, random: createRandomStream(2) });
    const { low, high } = bootstrapMeanInterval(
      oracle.map((value) => value - 0.5),
      { random: createRandomStream(2) },
    );
    expect(interval).toEqual([low, high]);
  });

  it('refuses users that do not pair', () => {
    expect(() =>
      computeHeadroom({ oracle: [1, 2], fixed: [1], interactionP: 1, random: createRandomStream(1) }),
    ).toThrow('2 values');
  });
});
