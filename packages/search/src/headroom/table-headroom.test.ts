import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createListedSource, placePersonally, rewardOf } from '../bounds/listed-source.fixture.ts';
import { readRewardCube } from '../bounds/reward-cube.ts';
import { renderHeadroom } from './render-headroom.ts';
import { computeTableHeadroom } from './table-headroom.ts';

const [first, second] = rewardOf;
const random = createRandomStream(1);

describe('computeTableHeadroom', () => {
  it('pays where prompts depend on users', async () => {
    const { source, world } = createListedSource(40, placePersonally);
    const headroom = await computeTableHeadroom(await readRewardCube(source), { ...world, random });
    expect(headroom.verdict).toBe('pays');
    expect(headroom.mean).toBeCloseTo(first - (first + second) / 2, 6);
    expect(headroom.interaction.p).toBe(1 / 200);
    expect([headroom.users, headroom.lostUsers, headroom.margin]).toEqual([40, 0, 0.01]);
    expect(headroom.moreUsers).toBeUndefined();
    expect(renderHeadroom(headroom)).toContain('Personal prompts pay on this table.');
  });

  it('is too small where they do not', async () => {
    const noise = createRandomStream(4);
    const { source, world } = createListedSource(60, ({ choice }) => (choice[1] === 1 ? 0 : noise.integer(4)));
    const headroom = await computeTableHeadroom(await readRewardCube(source), { ...world, random });
    expect(headroom).toMatchObject({ verdict: 'too-small', mean: 0, low: 0, high: 0 });
    expect(renderHeadroom(headroom)).toContain('Too small to matter: below 0.010.');
  });

  it('says what would decide where it cannot', async () => {
    // An interaction in much noise.
    const judge = async (share: number, seed: number) => {
      const noise = createRandomStream(seed);
      const { source, world } = createListedSource(40, (trial) => {
        return noise.uniform() < share ? placePersonally(trial) : noise.integer(4);
      });
      const cube = await readRewardCube(source, { orders: 1 });
      return computeTableHeadroom(cube, { ...world, random, margin: 0.001 });
    };
    const wide = await judge(0.7, 5);
    expect(wide.verdict).toBe('undecided');
    expect(wide.low).toBeLessThan(0);
    expect(wide.moreUsers).toBe(wide.usersToDecide! - 40);
    // Eight prompts in one order each.
    expect(wide.moreCalls).toBe(wide.moreUsers! * 8);
    expect(renderHeadroom(wide)).toMatch(/Undecided\.\nAbout [\d,]+ more users, [\d,]+ calls, would decide\./);
    // Here the oracle stays with the best fixed prompt though the test sees the interaction.
    const blind = await judge(0.5, 5);
    expect(blind).toMatchObject({ verdict: 'undecided', mean: 0, high: 0, moreUsers: 40, moreCalls: 320 });
    expect(blind.interaction.p).toBeLessThan(0.05);
  });

  it('asks for as many users as the test needs where only the test is missing', async () => {
    // Six users: the twenty ways to split them into two kinds leave p above .05, though all gain.
    const { source, world } = createListedSource(6, placePersonally);
    const cube = await readRewardCube(source);
    const headroom = await computeTableHeadroom(cube, { ...world, random, folds: 3 });
    expect(headroom.low).toBeGreaterThan(0);
    expect(headroom.interaction.p).toBeGreaterThan(0.05);
    // The statistic stands at its critical value already: one more user.
    expect(headroom.interaction.statistic).toBeCloseTo(headroom.interaction.critical, 9);
    expect(headroom).toMatchObject({ verdict: 'undecided', moreUsers: 1, moreCalls: 32 });
  });

  it('keeps to users with answers', async () => {
    const { source, world } = createListedSource(40, ({ task, ...trial }) =>
      task === 3 && trial.choice[1] === 1 ? undefined : placePersonally(trial),
    );
    const whole = await readRewardCube(source);
    const headroom = await computeTableHeadroom(whole, { ...world, random, allowedLoss: 0.03 });
    await expect(computeTableHeadroom(whole, { ...world, random })).rejects.toThrow('at most 2 % of 40 users');
    expect([headroom.users, headroom.lostUsers]).toEqual([39, 1]);
    expect(renderHeadroom(headroom)).toContain('39 users, 1 more lost to failed calls');
    // Only the last user is answered, and nobody else knows a prompt.
    const only = createListedSource(40, ({ task }) => (task < 39 ? undefined : 0));
    const cube = await readRewardCube(only.source, { actions: [1] });
    await expect(computeTableHeadroom(cube, { ...world, random })).rejects.toThrow('only failed calls');
    const few = createListedSource(40, ({ task }) => (task > 1 && task < 38 ? undefined : 0));
    const left = await readRewardCube(few.source, { actions: [1] });
    expect((await computeTableHeadroom(left, { ...world, random, allowedLoss: 1 })).users).toBe(4);
  });

  it('sees nothing on a table of one prompt, or of none that is legal', async () => {
    const { source, world } = createListedSource(40, placePersonally);
    const single = await computeTableHeadroom(await readRewardCube(source, { actions: [1] }), { ...world, random });
    expect(single).toMatchObject({ verdict: 'too-small', mean: 0, detectable: Infinity, interaction: { p: 1 } });
    const short = source.tasks.map((judged) => ({
      ...judged,
      task: { ...judged.task, history: judged.task.history.slice(1) },
    }));
    const illegal = { ...(await readRewardCube(source, { actions: [4, 5] })), tasks: short };
    expect(await computeTableHeadroom(illegal, { ...world, random })).toMatchObject({ detectable: Infinity });
  });

  it('refuses a margin that is not positive, and stops when told', async () => {
    const { source, world } = createListedSource(40, placePersonally);
    const cube = await readRewardCube(source);
    await expect(computeTableHeadroom(cube, { ...world, random, margin: 0 })).rejects.toThrow('a positive number');
    await expect(computeTableHeadroom(cube, { ...world, random, permutations: 5 })).rejects.toThrow('at least 19');
    await expect(computeTableHeadroom(cube, { ...world, random, allowedLoss: 2 })).rejects.toThrow('in [0, 1]');
    const signal = AbortSignal.abort();
    await expect(computeTableHeadroom(cube, { ...world, random, signal })).rejects.toThrow('abort');
  });
});
