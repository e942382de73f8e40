import { describe, expect, it } from 'vitest';
import { createListedSource, placePersonally, rewardOf } from './listed-source.fixture.ts';
import { readRewardCube } from './reward-cube.ts';

describe('readRewardCube', () => {
  it('holds every draw of every prompt of every task once', async () => {
    const { source, asked } = createListedSource(3, ({ task, sampleIndex, ...trial }) =>
      task === 2 && sampleIndex === 1 ? undefined : placePersonally(trial),
    );
    const calls: number[] = [];
    const cube = await readRewardCube(source, {
      actions: [6, 1],
      orders: 2,
      draws: 2,
      onProgress: (progress) => calls.push(progress.calls),
    });
    expect([...cube.actions]).toEqual([1, 6]);
    // The last pattern has one expression: 1 = (0, 1, 0) is `good`, 6 = (1, 2, 0) is `even`.
    expect(cube.choices).toEqual([
      [0, 1, 0],
      [1, 2, 0],
    ]);
    expect(cube.draws).toBe(4);
    const [first, second, , last] = rewardOf;
    // Draws: order 0, order 1, and again.
    const good = [first, second, first, second];
    const failing = [first, second, Number.NaN, Number.NaN];
    const rows = [
      good,
      [first, first, first, first],
      good,
      [last, last, last, last],
      failing,
      [first, first, NaN, NaN],
    ];
    expect([...cube.rewards]).toEqual([...Float32Array.from(rows.flat())]);
    expect(calls).toEqual([8, 16, 24]);
    expect(new Set(asked.map((trial) => JSON.stringify(trial))).size).toBe(24);
  });

  it('asks for all that the source has', async () => {
    const { source } = createListedSource(2, placePersonally);
    const whole = await readRewardCube(source);
    expect([...whole.actions]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([whole.orders, whole.draws, whole.rewards.length]).toEqual([4, 4, 64]);
    const part = await readRewardCube({ ...source, actions: Int32Array.of(2, 5) });
    expect([...part.actions]).toEqual([2, 5]);
  });

  it('refuses what the source does not have, and stops when told', async () => {
    const { source } = createListedSource(2, placePersonally);
    const some = { ...source, actions: Int32Array.of(2, 5) };
    await expect(readRewardCube(some, { actions: [3] })).rejects.toThrow('different joint actions of the source');
    await expect(readRewardCube(some, { actions: [2, 2] })).rejects.toThrow('different joint actions of the source');
    await expect(readRewardCube(source, { actions: [1.5] })).rejects.toThrow('different joint actions of the source');
    await expect(readRewardCube(source, { actions: [] })).rejects.toThrow('at least one');
    const late = new AbortController();
    const stopping = {
      signal: late.signal,
      onProgress: ({ calls }: { calls: number }) => calls === 64 && late.abort(),
    };
    await expect(readRewardCube(source, stopping)).rejects.toThrow('abort');
    await expect(readRewardCube(source, { orders: 5 })).rejects.toThrow('at most the 4 of the source, received 5');
    await expect(readRewardCube({ ...source, draws: 2 }, { draws: 3 })).rejects.toThrow('at most the 2 of the source');
    await expect(readRewardCube(source, { draws: 0 })).rejects.toThrow('Expected draws to be a positive integer');
    await expect(readRewardCube(source, { signal: AbortSignal.abort() })).rejects.toThrow('abort');
    await expect(readRewardCube(source, { signal: new AbortController().signal })).resolves.toBeDefined();
  });
});
