import { createRandomStream, type Scorer } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { type Bounds, computeBounds } from './compute-bounds.ts';
import { createListedSource, placePersonally, rewardOf } from './listed-source.fixture.ts';
import { renderBounds } from './render-bounds.ts';
import { readRewardCube } from './reward-cube.ts';

const [first, second, third, last] = rewardOf;
/** Of `good` over its draws. */
const good = (first + second) / 2;
const random = createRandomStream(1);
const row = ({ rows }: Bounds, id: string) => rows.find((one) => one.id === id)!;

const { source, world } = createListedSource(40, placePersonally);
const { encoders, tasks } = world;
const cube = await readRewardCube(source);
const knowing: Scorer = {
  name: 'knowing',
  score: ({ candidates }) => Float32Array.from(candidates, ({ title }) => Number(title.startsWith('Relevant'))),
};
const indifferent: Scorer = { name: 'indifferent', score: ({ candidates }) => new Float32Array(candidates.length) };

describe('computeBounds', () => {
  it('gives every row its worth in a world where it is known', async () => {
    const bounds = await computeBounds(cube, {
      encoders,
      random,
      scorers: [knowing, indifferent],
      types: tasks.map((_, task) => task % 2),
      ensembleCalls: 2,
      found: [
        { name: 'nothing', prompts: tasks.map(() => [0, 0, 0]) },
        {
          name: 'pair',
          prompts: {
            promptsPerRanking: 2,
            choose: () => [
              [0, 1, 0],
              [0, 1, 0],
            ],
          },
        },
      ],
    });
    const mean = (id: string) => row(bounds, id).interval.mean;
    expect(mean('chance')).toBeCloseTo((first + second + third + last) / 4, 6);
    expect(mean('scorer:knowing')).toBe(1);
    // Ties stand in random order: chance, with a standard error of .22 / sqrt(40).
    expect(Math.abs(mean('scorer:indifferent') - 0.6404)).toBeLessThan(0.11);
    expect(mean('random')).toBeCloseTo((last + good + first + last) / 4, 6);
    expect(mean('best-fixed')).toBeCloseTo(good, 6);
    expect(mean('found:nothing')).toBeCloseTo(last, 6);
    // Draws 0 and 1 put it first and second: it ties with one other for the first place.
    expect(mean('found:pair')).toBeCloseTo((first + second) / 2, 6);
    expect(mean('repeated')).toBeCloseTo((first + second) / 2, 6);
    expect(mean('context-oracle')).toBe(1);
    expect(mean('type-oracle')).toBe(1);
    // On the even draws `good` is as good as the user's own, comes first and gets `second` on the odd ones; there the own wins.
    expect(mean('label-oracle')).toBeCloseTo((first + second) / 2, 6);
    // A derangement of 8 users, 4 of each kind: a user gets the prompt of the other kind with probability 4/7.
    const folds = (3 * first + 4 * last) / 7;
    expect(Math.abs(mean('swapped') - folds)).toBeLessThan(0.06);

    expect(bounds.rows.filter(({ ceiling }) => ceiling).map(({ id }) => id)).toEqual(['type-oracle', 'label-oracle']);
    expect(bounds.rows.map(({ callsPerRanking }) => callsPerRanking)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1]);
    expect(bounds.users).toHaveLength(40);
    expect(bounds.lostUsers).toBe(0);
    const oracle = row(bounds, 'context-oracle');
    expect(oracle.overBestFixed.mean).toBeCloseTo(1 - good, 6);
    expect(oracle.values).toEqual(new Float64Array(40).fill(1));
    expect(row(bounds, 'best-fixed').overBestFixed).toMatchObject({ mean: 0, low: 0, high: 0 });

    const text = renderBounds(bounds);
    expect(text).toContain('| context oracle');
    expect(text).toContain('| label oracle (ceiling)');
    expect(text).toContain('+0.1845');
    expect(text).toContain('divide nothing by it');
    expect(
      new Set(
        text
          .split('\n')
          .filter((line) => line.startsWith('|'))
          .map(({ length }) => length),
      ).size,
    ).toBe(1);
  });

  it('finds the sequence whose prompts make up for each other', async () => {
    // In draw 0 `poor` is second and all else third; in draw 1 `good` is first, else last.
    const listed = createListedSource(20, ({ choice, orderIndex }) => {
      if (orderIndex === 0) return choice[1] === 0 ? 1 : 2;
      return choice[1] === 1 ? 0 : choice[1] === 0 ? 1 : 3;
    });
    const { source: uneven } = listed;
    const part = await readRewardCube(uneven, { orders: 2 });
    const bounds = await computeBounds(part, { encoders: [], random, ensembleCalls: 2 });
    // Alone: `good` (third, first) beats `poor` (second twice). It stays in draw 0, and draw 1 takes `good` again: points 1 + 3 = 4,
    // those of the first other 3 + 2 = 5: second.
    expect(row(bounds, 'best-fixed').interval.mean).toBeCloseTo((third + first) / 2, 6);
    expect(row(bounds, 'sequence').interval.mean).toBeCloseTo(second, 6);
    expect(row(bounds, 'repeated').interval.mean).toBeCloseTo(second, 6);
  });

  it('adds to a sequence the prompt that helps most beside those it has, not the best one', async () => {
    // `good` alone: first in draw 0, second in draw 1. In draw 1 `even` puts it first, and last in all others.
    const listed = createListedSource(20, ({ choice, orderIndex }) => {
      if (choice[1] === 1) return orderIndex === 1 ? 1 : 0;
      return choice[1] === 2 && orderIndex === 1 ? 0 : 3;
    });
    const bounds = await computeBounds(await readRewardCube(listed.source), { encoders: [], random, ensembleCalls: 2 });
    expect(row(bounds, 'repeated').interval.mean).toBeCloseTo((first + second) / 2, 6);
    expect(row(bounds, 'sequence').interval.mean).toBe(1);
    expect(row(bounds, 'context-oracle').overBestFixed).toMatchObject({ mean: 0, low: 0, high: 0 });
  });

  it('chooses and scores on different users', async () => {
    // Each user has one prompt of its own that is first for it alone: nothing can be learned of it from others.
    const listed = createListedSource(40, ({ task, choice }) => (choice[1] === Math.floor(task / 2) % 4 ? 0 : 3));
    const part = await readRewardCube(listed.source);
    const bounds = await computeBounds(part, { encoders, random, types: tasks.map((_, task) => task) });
    // A fold that has few of one prompt leaves many to the others, who choose it: at most a quarter of users gain.
    expect(row(bounds, 'best-fixed').interval.mean).toBeLessThanOrEqual((first + 3 * last) / 4 + 1e-9);
    // Nobody else has the type, so it falls back on the fixed prompt.
    expect(row(bounds, 'type-oracle').values).toEqual(row(bounds, 'best-fixed').values);
    expect(row(bounds, 'label-oracle').interval.mean).toBe(1);
  });

  it('pools the tasks of one user, in one fold', async () => {
    const shared = tasks.map((judged, task) => ({
      ...judged,
      task: { ...judged.task, user: `u${Math.floor(task / 4)}` },
    }));
    const bounds = await computeBounds({ ...cube, tasks: shared }, { encoders, random, folds: 2 });
    expect(bounds.users).toEqual(['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8', 'u9']);
    expect(row(bounds, 'random').values[0]).toBeCloseTo((last + good + first + last) / 4, 6);
  });

  it('leaves out users whose calls failed, and refuses where they are too many', async () => {
    const listed = createListedSource(40, ({ task, ...trial }) =>
      task === 7 && trial.choice[1] === 1 ? undefined : placePersonally(trial),
    );
    const part = await readRewardCube(listed.source);
    const bounds = await computeBounds(part, { encoders, random, allowedLoss: 0.025 });
    expect(bounds.lostUsers).toBe(1);
    expect(bounds.users).not.toContain('u7');
    expect(renderBounds(bounds)).toContain('39 users, 1 more lost to failed calls.');
    await expect(computeBounds(part, { encoders, random })).rejects.toThrow('at most 2 % of 40 users');
    await expect(computeBounds(part, { encoders, random, allowedLoss: 0.007 })).rejects.toThrow('at most 0.7 % of');
    await expect(computeBounds(part, { encoders, random, ensembleCalls: 2 })).rejects.toThrow('received 1 lost');
    const dead = await readRewardCube(createListedSource(20, () => undefined).source);
    await expect(computeBounds(dead, { encoders, random })).rejects.toThrow('only failed calls');
  });

  it('has no label oracle for one draw, and no warning without ceilings', async () => {
    const bounds = await computeBounds(await readRewardCube(source, { orders: 1 }), { encoders, random });
    expect(bounds.rows.some(({ ceiling }) => ceiling)).toBe(false);
    expect(renderBounds(bounds)).not.toContain('Ceilings');
  });

  it('refuses wrong options, and stops when told', async () => {
    const base = { encoders, random };
    await expect(computeBounds(cube, { ...base, ensembleCalls: 5 })).rejects.toThrow('from 2 to the 4 draws');
    await expect(computeBounds(cube, { ...base, types: [1] })).rejects.toThrow('one for each of 40 tasks');
    await expect(computeBounds(cube, { ...base, allowedLoss: 2 })).rejects.toThrow('allowedLoss');
    await expect(computeBounds(cube, { ...base, folds: 21 })).rejects.toThrow('half of the 40 users');
    await expect(computeBounds(cube, { ...base, found: [{ name: 'few', prompts: [[0, 0, 0]] }] })).rejects.toThrow(
      'one joint action for each of 40 tasks',
    );
    const part = await readRewardCube(source, { actions: [0, 1] });
    const found = [{ name: 'other', prompts: tasks.map(() => [1, 3, 0]) }];
    await expect(computeBounds(part, { ...base, found })).rejects.toThrow('a prompt of the cube');
    const twice = { ...base, scorers: [indifferent, indifferent] };
    await expect(computeBounds(cube, twice)).rejects.toThrow('Expected scorers to be a name of its own for each row');
    const few = { ...cube, tasks: tasks.slice(0, 3) };
    await expect(computeBounds(few, base)).rejects.toThrow('Expected tasks to be of at least four users, received 3');
    const unsure: Scorer = { name: 'unsure', score: () => new Float32Array(4).fill(Number.NaN) };
    await expect(computeBounds(cube, { ...base, scorers: [unsure] })).rejects.toThrow('what scorer unsure gives');
    const short: Scorer = { name: 'short', score: () => new Float32Array(1) };
    await expect(computeBounds(cube, { ...base, scorers: [short] })).rejects.toThrow('what scorer short gives');
    const signal = AbortSignal.abort();
    await expect(computeBounds(cube, { ...base, signal })).rejects.toThrow('abort');
    const live = new AbortController().signal;
    await expect(computeBounds(cube, { ...base, ensembleCalls: 2, signal: live })).resolves.toBeDefined();
  });

  it('gives the same for the same stream', async () => {
    const options = { encoders, ensembleCalls: 2, scorers: [indifferent] };
    const run = () => computeBounds(cube, { ...options, random: createRandomStream(3) });
    expect(await run()).toEqual(await run());
  });

  it('scores found prompts as they would be served: prepared, and with a window that comes to the same', async () => {
    // Only prompts with the window of 2; a history of one entry is asked with the window of 1.
    const short = tasks.map((judged, task) =>
      task < 20 ? { ...judged, task: { ...judged.task, history: judged.task.history.slice(1) } } : judged,
    );
    const part = await readRewardCube({ ...source, tasks: short }, { actions: [5, 6, 7] });
    const prepared: string[] = [];
    const prompts = {
      promptsPerRanking: 1,
      prepare: async (own: readonly { readonly id: string }[]) => {
        prepared.push(...own.map(({ id }) => id));
      },
      choose: ({ id, history }: { readonly id: string; readonly history: readonly unknown[] }) => {
        if (!prepared.includes(id)) throw new Error(`${id} was not prepared`);
        return [[history.length - 1, 1, 0]];
      },
    };
    const bounds = await computeBounds(part, { encoders, random, found: [{ name: 'search', prompts }] });
    expect(row(bounds, 'found:search').interval.mean).toBeCloseTo(good, 6);
    expect(prepared).toHaveLength(40);
    const other = [{ name: 'other', prompts: tasks.map(() => [0, 0, 0]) }];
    await expect(computeBounds(part, { encoders, random, found: other })).rejects.toThrow('a prompt of the cube');
  });

  it('works with a single prompt', async () => {
    const bounds = await computeBounds(await readRewardCube(source, { actions: [1] }), { encoders, random });
    for (const id of ['random', 'best-fixed', 'swapped', 'context-oracle', 'label-oracle']) {
      expect(row(bounds, id).interval.mean).toBeCloseTo(good, 6);
    }
  });
});
