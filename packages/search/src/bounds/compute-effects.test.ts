import { createRandomStream, type RankingTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { computeEffects, type PromptEffects } from './compute-effects.ts';
import { createListedSource, placePersonally, rewardOf } from './listed-source.fixture.ts';
import { readRewardCube } from './reward-cube.ts';
import { createDriftGroups, createHistoryLengthGroups, createPopularityGroups } from './task-groups.ts';

const [first, second, , last] = rewardOf;
const good = (first + second) / 2;
const random = createRandomStream(1);
const effectOf = ({ patterns }: PromptEffects, pattern: number, expression: number) =>
  patterns[pattern]!.expressions[expression]!.effect!.mean;
const kinds = { name: 'kind', of: ({ history }: RankingTask) => history[0]!.item.id.slice(0, -1) };

describe('computeEffects', () => {
  it('gives differences from the mean of the pattern, overall and by group', async () => {
    const cube = await readRewardCube(createListedSource(20, placePersonally).source);
    const [overall, even, odd] = computeEffects(cube, { groupings: [kinds], random });
    const mean = (last + good + first + last) / 4;
    expect(effectOf(overall!, 0, 0)).toBeCloseTo(0, 6);
    expect(effectOf(overall!, 1, 0)).toBeCloseTo(last - mean, 5);
    expect(effectOf(overall!, 1, 1)).toBeCloseTo(good - mean, 5);
    expect(effectOf(overall!, 1, 2)).toBeCloseTo((first + last) / 2 - mean, 5);
    expect(effectOf(overall!, 2, 0)).toBeCloseTo(0, 6);
    expect([overall!.tasks, overall!.grouping, even!.grouping, even!.group, odd!.group, odd!.tasks]).toEqual([
      20,
      undefined,
      'kind',
      'even',
      'odd',
      10,
    ]);
    expect(effectOf(even!, 1, 2)).toBeCloseTo(first - mean, 5);
    expect(effectOf(odd!, 1, 2)).toBeCloseTo(last - mean, 5);
    // Half of the users each side of the mean: the interval holds both halves' spread.
    const { low, high } = overall!.patterns[1]!.expressions[2]!.effect!;
    expect(high - low).toBeGreaterThan(0.2);
  });

  it('is not misled by prompts that are not balanced', async () => {
    // Window 1 only with `poor` and `good`, window 2 with all: the window itself adds nothing.
    const { source } = createListedSource(20, placePersonally);
    const cube = await readRewardCube(source, { actions: [0, 1, 4, 5, 6, 7] });
    const [overall] = computeEffects(cube, { random });
    expect(effectOf(overall!, 0, 0)).toBeCloseTo(0, 5);
    expect(effectOf(overall!, 1, 1)).toBeCloseTo(good - (last + good + first + last) / 4, 5);
  });

  it('leaves out what is illegal or was not answered', async () => {
    const { source } = createListedSource(4, ({ task, ...trial }) =>
      task === 1 && trial.choice[1] === 3 ? undefined : placePersonally(trial),
    );
    const tasks = source.tasks.map((judged, task) =>
      task < 3 ? { ...judged, task: { ...judged.task, history: judged.task.history.slice(1) } } : judged,
    );
    const [overall] = computeEffects({ ...(await readRewardCube(source)), tasks }, { random });
    expect(overall!.patterns[0]!.expressions.map((one) => one.tasks)).toEqual([4, 1]);
    expect(overall!.patterns[0]!.expressions[1]!.effect).toBeUndefined();
    expect(overall!.patterns[1]!.expressions.map((one) => one.tasks)).toEqual([4, 4, 4, 3]);
  });

  it('says no more for tasks that a user has twice', async () => {
    const noise = createRandomStream(5);
    const { source } = createListedSource(30, () => noise.integer(4));
    const cube = await readRewardCube(source, { orders: 1 });
    const twice = {
      ...cube,
      tasks: [...cube.tasks, ...cube.tasks],
      rewards: Float32Array.of(...cube.rewards, ...cube.rewards),
    };
    const [once, again] = [cube, twice].map((own) => computeEffects(own, { groupings: [kinds], random }));
    const count = (effects: readonly PromptEffects[], factor: number) =>
      effects.map(({ tasks, patterns, ...rest }) => ({
        ...rest,
        tasks: tasks * factor,
        patterns: patterns.map(({ pattern, expressions }) => ({
          pattern,
          expressions: expressions.map((one) => ({ ...one, tasks: one.tasks * factor })),
        })),
      }));
    expect(again).toEqual(count(once!, 2));
  });

  it('asks a grouping as a whole', async () => {
    const cube = await readRewardCube(createListedSource(4, placePersonally).source);
    const grouping = {
      name: 'one',
      group: 'all',
      of(): string {
        return this.group;
      },
    };
    expect(computeEffects(cube, { groupings: [grouping], random })[1]).toMatchObject({ group: 'all', tasks: 4 });
  });

  it('tells how much of the variance is a pair’s, free of noise', async () => {
    // Worth depends on whether window and reasoning agree, nothing else: all of it is their interaction.
    const pure = createListedSource(30, ({ choice }) => (choice[0] === choice[1]! % 2 ? 0 : 3));
    const [whole] = computeEffects(await readRewardCube(pure.source), { random });
    expect(whole!.pairs.map(({ patterns }) => patterns.join(' x '))).toEqual([
      'history x reasoning',
      'history x format',
      'reasoning x format',
    ]);
    expect(whole!.pairs[0]!.share).toBeCloseTo(1, 5);
    expect(whole!.pairs[1]!.share).toBeCloseTo(0, 5);

    const noise = createRandomStream(2);
    const noisy = createListedSource(400, ({ choice }) =>
      noise.uniform() < 0.2 + 0.6 * Number(choice[1] === 1) ? 0 : 3,
    );
    const [additive] = computeEffects(await readRewardCube(noisy.source), { random });
    expect(Math.abs(additive!.pairs[0]!.share!)).toBeLessThan(0.02);

    const flat = createListedSource(4, () => 0);
    const [nothing] = computeEffects(await readRewardCube(flat.source), { random });
    expect(nothing!.pairs[0]!.share).toBeUndefined();
  });
});

describe('groups of tasks', () => {
  const create = (genres: readonly (readonly string[])[]): RankingTask => ({
    id: genres.join(),
    user: 'u',
    history: genres.map((genre, entry) => ({
      item: { id: `${entry}`, title: 't', attributes: { genre, year: '1990' } },
    })),
    candidates: [],
  });

  it('are terciles of history length', () => {
    const tasks = [1, 2, 3, 4, 5, 6].map((length) => create(new Array<string[]>(length).fill(['a'])));
    const { name, of } = createHistoryLengthGroups(tasks);
    expect(name).toBe('history length');
    expect(tasks.map(of)).toEqual(['low', 'low', 'middle', 'middle', 'high', 'high']);
  });

  it('are terciles of mean popularity, and none for an empty history', () => {
    // Items are numbered by entry, so the mean popularity of n entries is (n - 1) / 2.
    const tasks = [1, 2, 3].map((length) => create(new Array<string[]>(length).fill(['a'])));
    const { of } = createPopularityGroups(tasks, Number);
    expect(tasks.map(of)).toEqual(['low', 'middle', 'high']);
    expect(of(create([]))).toBe('none');
    expect(() => createPopularityGroups([create([])], Number)).toThrow('at least one task with a history popularity');
  });

  it('are terciles of how much the last third differs', () => {
    const [steady, turning, turned] = [
      create([['a'], ['a'], ['a']]),
      create([['a'], ['a', 'b'], ['b']]),
      create([['a'], ['a'], ['b']]),
    ];
    const { of } = createDriftGroups([steady!, turning!, turned!]);
    expect([steady!, turning!, turned!].map(of)).toEqual(['low', 'middle', 'high']);
    expect(of(create([['a']]))).toBe('none');
    const bare = { ...create([]), history: [0, 1].map((id) => ({ item: { id: `${id}`, title: 't' } })) };
    expect(of(bare)).toBe('none');
  });
});
