import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createDeterministicSource } from './deterministic-source.fixture.ts';
import { createRandomSearch } from './random-search.ts';

const random = createRandomStream('random search');
const rank = (_: unknown, prompt: number) => (prompt === 6 ? [0, 1, 2, 3] : [1, 0, 2, 3]);

describe('createRandomSearch', () => {
  it('asks as many different prompts as the square root of the calls, on the same tasks', async () => {
    const { source, trials } = createDeterministicSource(rank, { users: 7, candidateOrders: 2 });
    const found = await createRandomSearch().search(source, { calls: 30, random });
    const prompts = new Set(trials.map(({ choice }) => choice.join()));
    expect(prompts.size).toBe(5);
    expect(found.calls).toBe(30);
    const places = [...prompts].map((prompt) =>
      trials.filter(({ choice }) => choice.join() === prompt).map(({ task, orderIndex }) => `${task} ${orderIndex}`),
    );
    expect(places[0]).toHaveLength(6);
    for (const each of places) expect(each).toEqual(places[0]);
  });

  it('asks all prompts, each more often, where there are fewer', async () => {
    const { source, trials } = createDeterministicSource(rank);
    const found = await createRandomSearch().search(source, { calls: 90, random });
    expect(found.choose(source.tasks[0]!.task)).toEqual([[1, 2, 0]]);
    // Eight prompts, 11 calls each.
    expect(trials).toHaveLength(88);
  });

  it('draws as many prompts as it is told, if there are so many', async () => {
    const { source, trials } = createDeterministicSource(rank);
    await createRandomSearch({ prompts: 3 }).search(source, { calls: 90, random });
    expect(new Set(trials.map(({ choice }) => choice.join())).size).toBe(3);
    expect(createRandomSearch({ prompts: 3 }).computeFewestCalls(source)).toBe(3);
    expect(createRandomSearch({ prompts: 30 }).computeFewestCalls(source)).toBe(8);
    expect(() => createRandomSearch({ prompts: 0 })).toThrow('prompts');
  });

  it('refuses a source that offers no prompt', async () => {
    const { source } = createDeterministicSource(rank, { actions: new Int32Array(0) });
    await expect(createRandomSearch().search(source, { calls: 10, random })).rejects.toThrow('source.actions');
  });
});
