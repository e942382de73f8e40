import { InvalidArgumentError, RppError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createDeterministicSource } from './deterministic-source.fixture.ts';
import { NoAnswersError } from './no-answers-error.ts';
import { createSearchCalls } from './search-calls.ts';

const getTrial = (index: number) => ({ task: index % 2, choice: [0, 0, 0], sampleIndex: index });

describe('createSearchCalls', () => {
  it('asks in batches, in order, and counts', async () => {
    const { source, trials } = createDeterministicSource(({ sampleIndex }) =>
      sampleIndex % 2 === 0 ? undefined : [1, 0, 2, 3],
    );
    const seen: number[] = [];
    const calls = createSearchCalls(source, 1, { calls: 5000, onProgress: ({ calls: made }) => seen.push(made) });
    const taken: number[] = [];
    await calls.ask(2500, getTrial, (index, reward, ranking) => {
      expect(Number.isNaN(reward)).toBe(index % 2 === 0);
      expect(ranking === undefined).toBe(index % 2 === 0);
      taken.push(index);
    });
    expect(taken).toEqual(Array.from({ length: 2500 }, (_, index) => index));
    expect(trials.map(({ sampleIndex }) => sampleIndex)).toEqual(taken);
    expect(seen).toEqual([1024, 2048, 2500]);
    expect([calls.made, calls.left]).toEqual([2500, 2500]);
    calls.assertAnswered();
  });

  it('stops between two batches where progress ends the search', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const { source, trials } = createDeterministicSource(() => [0, 1, 2, 3]);
    const { signal } = controller;
    const calls = createSearchCalls(source, 1, { calls: 5000, signal, onProgress: () => controller.abort(reason) });
    await expect(calls.ask(2500, getTrial, () => {})).rejects.toBe(reason);
    expect(trials).toHaveLength(1024);
    expect(() => createSearchCalls(source, 1, { calls: 5, signal })).toThrow(reason);
  });

  it('rejects with the reason of its signal where the source fails in words of its own', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const { source } = createDeterministicSource(() => [0, 1, 2, 3]);
    const ask = async (): Promise<never> => {
      controller.abort(reason);
      throw new Error('its own');
    };
    const calls = createSearchCalls({ ...source, ask }, 1, { calls: 10, signal: controller.signal });
    await expect(calls.ask(3, getTrial, () => {})).rejects.toBe(reason);
    const broken = createSearchCalls({ ...source, ask: () => Promise.reject(new Error('its own')) }, 1, { calls: 10 });
    await expect(broken.ask(3, getTrial, () => {})).rejects.toThrow('its own');
  });

  it('says when every call failed', async () => {
    const { source } = createDeterministicSource(() => undefined);
    const calls = createSearchCalls(source, 1, { calls: 10 });
    await calls.ask(3, getTrial, () => {});
    expect(() => calls.assertAnswered()).toThrow(NoAnswersError);
    try {
      calls.assertAnswered();
    } catch (error) {
      expect(RppError.isInstance(error)).toBe(true);
      expect(error).toMatchObject({ name: 'NoAnswersError', code: 'NO_ANSWERS', calls: 3 });
      expect((error as Error).message).toContain('received none in 3');
    }
  });

  it('refuses a budget below the fewest calls', () => {
    const { source } = createDeterministicSource(() => [0, 1, 2, 3]);
    for (const budget of [15, 16.5, Number.NaN]) {
      expect(() => createSearchCalls(source, 16, { calls: budget })).toThrow(InvalidArgumentError);
    }
  });
});
