import { createRandomStream, type Encoder } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createModelSource } from '../answers/create-model-source.ts';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { createDeterministicSource } from './deterministic-source.fixture.ts';
import { createHalvingSearch } from './halving-search.ts';
import { createSegmentSearch } from './segment-search.ts';

describe('createSegmentSearch', () => {
  it('beats the best fixed prompt where segments like different prompts', async () => {
    const { tasks, space, model, encoders, worth } = createScriptedWorld({ users: 60, interaction: true });
    const source = createModelSource({ tasks, space, model });
    const options = { calls: 600, random: createRandomStream(1) };
    const worthOf = async (search: ReturnType<typeof createHalvingSearch>): Promise<number> => {
      const found = await search.search(source, options);
      return tasks.reduce((sum, judged) => sum + worth(judged, found.choose(judged.task)[0]!), 0) / tasks.length;
    };
    expect(await worthOf(createHalvingSearch())).toBeCloseTo(0.5, 12);
    expect(await worthOf(createSegmentSearch({ encoders, segments: 2 }))).toBeCloseTo(0.8, 12);
    // One segment more than there are kinds, and one for all.
    expect(await worthOf(createSegmentSearch({ encoders, segments: 3 }))).toBeCloseTo(0.8, 12);
    expect(await worthOf(createSegmentSearch({ encoders, segments: 1 }))).toBeCloseTo(0.5, 12);
  });

  it('lets encoders prepare, for the search and for choosing', async () => {
    const prepared = new Set<string>();
    const encoder: Encoder = {
      name: 'slow',
      size: 1,
      async prepare(contexts) {
        for (const { task } of contexts) prepared.add(task.id);
      },
      encode({ task }, output) {
        if (!prepared.has(task.id)) throw new Error('not prepared');
        output[0] = 1;
      },
      state: () => ({ kind: 'slow' }),
    };
    const { source } = createDeterministicSource(() => [0, 1, 2, 3]);
    const { signal } = new AbortController();
    const found = await createSegmentSearch({ encoders: [encoder] }).search(source, {
      calls: 64,
      random: createRandomStream(1),
      signal,
    });
    expect(prepared.size).toBe(2);
    const task = { ...source.tasks[0]!.task, id: 'new' };
    await found.prepare!([task]);
    expect(found.choose(task)).toHaveLength(1);
  });

  it('refuses no encoders, no segments, and budgets of fewer than 16 calls for each', async () => {
    const { encoders } = createScriptedWorld({ users: 1, interaction: false });
    expect(() => createSegmentSearch({ encoders: [] })).toThrow('encoders');
    expect(() => createSegmentSearch({ encoders, segments: 0 })).toThrow('segments');
    const { source } = createDeterministicSource(() => [0, 1, 2, 3]);
    const search = createSegmentSearch({ encoders, segments: 3 });
    expect(search.computeFewestCalls(source)).toBe(48);
  });
});
