import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { ReplayMemory } from './replay-memory.ts';
import type { RowBatch } from './rollout-batch.ts';

const space = { agents: ['role'], observationSize: 2, stateSize: 1, actionCounts: { role: 3 } };
const everything = (rows: number): number[] => Array.from({ length: rows }, (_, row) => row);

/** Rows whose reward is their number, and whose other numbers follow from it. */
const createRows = (numbers: readonly number[], changes: Partial<RowBatch> = {}): RowBatch => ({
  rowCount: numbers.length,
  observations: Float32Array.from(numbers.flatMap((number) => [number, -number])),
  states: Float32Array.from(numbers, (number) => 10 * number),
  nextObservations: Float32Array.from(numbers.flatMap((number) => [number + 1, -number - 1])),
  nextStates: Float32Array.from(numbers, (number) => 10 * number + 10),
  rewards: Float32Array.from(numbers),
  terminated: new Uint8Array(numbers.length),
  actions: { role: Int32Array.from(numbers, (number) => number % 3) },
  logProbabilities: { role: Float32Array.from(numbers, () => -1) },
  actionMasks: undefined,
  nextActionMasks: undefined,
  ...changes,
});
const append = (memory: ReplayMemory, batch: RowBatch): void => memory.append(batch, space, everything(batch.rowCount));
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const rewardsIn = (memory: ReplayMemory): number[] => memory.save().flatMap(({ rewards }) => [...rewards]);

describe('ReplayMemory', () => {
  it('keeps the rows that it is given, and of these only the newest', () => {
    const memory = new ReplayMemory(5);
    memory.append(createRows([0, 1, 2, 3]), space, [0, 2, 3]);
    expect(rewardsIn(memory)).toEqual([0, 2, 3]);
    append(memory, createRows([4, 5, 6]));
    expect(rewardsIn(memory)).toEqual([2, 3, 4, 5, 6]);
    expect(memory.rowCount).toBe(5);
    append(memory, createRows(range(10, 20)));
    expect(rewardsIn(memory)).toEqual([15, 16, 17, 18, 19]);
  });

  it('drops the oldest rows also where they are whole chunks', () => {
    const memory = new ReplayMemory(1000);
    for (let start = 0; start < 3000; start += 200) append(memory, createRows(range(start, start + 200)));
    expect(rewardsIn(memory)).toEqual(range(2000, 3000));
  });

  it('joins small rollouts, so that there are few chunks', () => {
    const memory = new ReplayMemory(10_000);
    for (let start = 0; start < 2000; start += 8) append(memory, createRows(range(start, start + 8)));
    expect(memory.save().length).toBe(8);
    expect(rewardsIn(memory)).toEqual(range(0, 2000));
  });

  it('draws different rows, every one as often as any other, with everything that belongs to them', () => {
    const memory = new ReplayMemory(1000);
    append(memory, createRows(range(0, 250)));
    append(memory, createRows(range(250, 300)));
    const random = createRandomStream(1);
    const counts = new Array<number>(300).fill(0);
    for (let draw = 0; draw < 3000; draw++) {
      const batch = memory.sample(space, 30, random);
      expect(batch.rowCount).toBe(30);
      expect(new Set(batch.rewards).size).toBe(30);
      for (const number of batch.rewards) counts[number]! += 1;
      if (draw === 0) expect(batch).toEqual(createRows([...batch.rewards]));
    }
    // Each row is expected in 300 of the draws, with a standard deviation of 16.4.
    for (const count of counts) expect(Math.abs(count - 300)).toBeLessThan(5 * 16.4);
  });

  it('gives all rows where there are no more, and the same ones for the same stream', () => {
    const memory = new ReplayMemory(1000);
    expect(() => memory.sample(space, 1, createRandomStream(1))).toThrow(/filled by append/);
    append(memory, createRows(range(0, 300)));
    expect(memory.sample(space, 1000, createRandomStream(1))).toEqual(createRows(range(0, 300)));
    const sample = (): RowBatch => memory.sample(space, 10, createRandomStream(2));
    expect(sample()).toEqual(sample());
    expect(sample()).not.toEqual(memory.sample(space, 10, createRandomStream(3)));
  });

  it('keeps nothing of what follows a terminated row', () => {
    const memory = new ReplayMemory(10);
    const batch = createRows([1, 2], {
      nextObservations: Float32Array.of(Number.NaN, Number.NaN, 3, -3),
      nextStates: Float32Array.of(Number.NaN, 30),
      terminated: Uint8Array.of(1, 0),
      actionMasks: { role: Uint8Array.of(0, 1, 0, 0, 0, 1) },
      nextActionMasks: { role: Uint8Array.of(0, 0, 0, 0, 1, 0) },
    });
    append(memory, batch);
    const [kept] = memory.save();
    expect(kept!.nextObservations).toEqual(Float32Array.of(0, 0, 3, -3));
    expect(kept!.nextStates).toEqual(Float32Array.of(0, 30));
    expect(kept!.nextActionMasks).toEqual({ role: Uint8Array.of(1, 1, 1, 0, 1, 0) });
    expect(batch.nextStates[0]).toBeNaN();
  });

  it.each<[string, RegExp, Partial<RowBatch>]>([
    ['a reward of NaN', /rows\.rewards\[1\].* finite.* NaN/, { rewards: Float32Array.of(1, Number.NaN) }],
    ['an infinite state', /rows\.states\[0\]/, { states: Float32Array.of(Number.POSITIVE_INFINITY, 0) }],
    [
      'a next row without a legal action',
      /nextActionMasks\.role .*at least one action in row 1/,
      { nextActionMasks: { role: Uint8Array.of(1, 0, 0, 0, 0, 0) } },
    ],
    [
      'a mask that holds 2',
      /nextActionMasks\.role\[2\].* 0 or 1/,
      { nextActionMasks: { role: Uint8Array.of(1, 0, 2, 1, 0, 0) } },
    ],
  ])('refuses %s and stays as it was', (_, message, changes) => {
    const memory = new ReplayMemory(10);
    append(memory, createRows([7]));
    expect(() => append(memory, createRows([1, 2], changes))).toThrow(message);
    expect(rewardsIn(memory)).toEqual([7]);
  });

  it('allows everything in rows without masks that meet others with masks', () => {
    const memory = new ReplayMemory(10);
    append(memory, createRows([0]));
    append(memory, createRows([1], { nextActionMasks: { role: Uint8Array.of(0, 1, 1) } }));
    const batch = memory.sample(space, 10, createRandomStream(1));
    expect(batch.nextActionMasks).toEqual({ role: Uint8Array.of(1, 1, 1, 0, 1, 1) });
    expect(batch.actionMasks).toBeUndefined();
  });

  it('makes a child legal where its parent is', () => {
    const memory = new ReplayMemory(10);
    append(
      memory,
      createRows([0, 1], {
        actionMasks: { role: Uint8Array.of(1, 0, 1, 0, 1, 0) },
        nextActionMasks: { role: Uint8Array.of(0, 1, 0, 1, 0, 1) },
      }),
    );
    const before = memory.save();
    memory.widen('role', 1);
    const grown = { ...space, actionCounts: { role: 4 } };
    const batch = memory.sample(grown, 10, createRandomStream(1));
    expect(batch.actionMasks).toEqual({ role: Uint8Array.of(1, 0, 1, 0, 0, 1, 0, 1) });
    expect(batch.nextActionMasks).toEqual({ role: Uint8Array.of(0, 1, 0, 1, 1, 0, 1, 0) });
    expect(before[0]!.actionMasks).toEqual({ role: Uint8Array.of(1, 0, 1, 0, 1, 0) });
    expect(() => memory.prepareRestore(before, grown)).toThrow(/actionMasks\.role .*length 8/);
    const unmasked = new ReplayMemory(10);
    append(unmasked, createRows([0]));
    unmasked.widen('role', 1);
    expect(unmasked.sample(grown, 10, createRandomStream(1)).actionMasks).toBeUndefined();
  });
});

describe('what a replay memory saves', () => {
  it('stays as it is whatever is appended later, and is not shared with whoever loads it', () => {
    const memory = new ReplayMemory(6);
    append(memory, createRows([1, 2, 3]));
    const saved = memory.save();
    const before = structuredClone(saved);
    const other = new ReplayMemory(6);
    other.prepareRestore(saved, space)();
    append(memory, createRows([4, 5, 6, 7]));
    expect(saved).toEqual(before);
    memory.prepareRestore(saved, space)();
    expect(rewardsIn(memory)).toEqual([1, 2, 3]);
    saved[0]!.rewards.fill(9);
    expect(rewardsIn(other)).toEqual([1, 2, 3]);
  });

  it.each<[string, RegExp, unknown]>([
    ['nothing', /an array of rows/, undefined],
    ['chunks that are no objects', /replay\[0\]/, [3]],
    ['no rows in a chunk', /replay\[0\]\.rowCount/, [createRows([])]],
    ['more rows than it holds', /at most 6 rows.*replayCapacity/, [createRows(range(0, 7))]],
    ['arrays cut short', /replay\[1\]\.states/, [createRows([1]), createRows([1], { states: new Float32Array(0) })]],
    ['plain arrays', /\.rewards .*Float32Array/, [{ ...createRows([1]), rewards: [1] }]],
    ['missing arrays', /\.nextStates/, [{ ...createRows([1]), nextStates: undefined }]],
    ['NaN', /\.nextObservations\[1\]/, [createRows([1], { nextObservations: Float32Array.of(0, Number.NaN) })]],
    ['foreign ends', /\.terminated\[0\]/, [createRows([1], { terminated: Uint8Array.of(2) })]],
    ['foreign actions', /\.actions\.role\[0\]/, [createRows([1], { actions: { role: Int32Array.of(3) } })]],
    ['no actions', /\.actions\.role /, [createRows([1], { actions: {} })]],
    ['no log-probabilities', /\.logProbabilities\.role /, [createRows([1], { logProbabilities: {} })]],
    [
      'illegal actions',
      /\.actionMasks\.role .*chosen action 1 in row 0/,
      [createRows([1], { actionMasks: { role: Uint8Array.of(1, 0, 1) } })],
    ],
  ])('is refused where it holds %s', (_, message, saved) => {
    const memory = new ReplayMemory(6);
    append(memory, createRows([7]));
    expect(() => memory.prepareRestore(saved, space)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) }),
    );
    expect(rewardsIn(memory)).toEqual([7]);
  });
});
