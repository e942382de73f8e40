import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createModelSource } from '../answers/create-model-source.ts';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { createDeterministicSource } from './deterministic-source.fixture.ts';
import { createEnsembleSearch } from './ensemble-search.ts';
import { createExhaustiveSearch } from './exhaustive-search.ts';
import { createHalvingSearch } from './halving-search.ts';
import { createRacingSearch } from './racing-search.ts';
import { createRandomSearch } from './random-search.ts';
import { createSequenceSearch } from './sequence-search.ts';

describe('searchers of prompts for everybody', () => {
  const { tasks, space, model, worth } = createScriptedWorld({ users: 50, interaction: true });
  const source = createModelSource({ tasks, space, model, candidateOrders: 2 });
  it.each([
    createRandomSearch(),
    createExhaustiveSearch(),
    createHalvingSearch(),
    createRacingSearch(),
    createSequenceSearch({ prompts: 2 }),
    createEnsembleSearch({ prompts: 2 }),
  ])('$name finds the best prompt of a model', async (searcher) => {
    const found = await searcher.search(source, { calls: 800, random: createRandomStream(1) });
    for (const judged of tasks) {
      for (const choice of found.choose(judged.task)) expect(worth(judged, choice)).toBe(0.5);
    }
  });
});

describe('createHalvingSearch', () => {
  it('asks only what a source offers', async () => {
    const { source, trials } = createDeterministicSource((_, prompt) => (prompt === 5 ? [0, 1, 2, 3] : [1, 0, 2, 3]), {
      actions: Int32Array.of(1, 4, 6),
    });
    const found = await createHalvingSearch().search(source, { calls: 200, random: createRandomStream(1) });
    expect(new Set(trials.map(({ choice }) => choice.join()))).toEqual(new Set(['0,1,0', '1,0,0', '1,2,0']));
    expect(found.calls).toBe(trials.length);
  });
});

describe('createEnsembleSearch', () => {
  it('serves the best fixed prompt several times', async () => {
    const { source } = createDeterministicSource((_, prompt) => (prompt === 6 ? [0, 1, 2, 3] : [1, 0, 2, 3]));
    const found = await createEnsembleSearch({ prompts: 3 }).search(source, {
      calls: 200,
      random: createRandomStream(1),
    });
    expect(found.promptsPerRanking).toBe(3);
    expect(found.choose(source.tasks[0]!.task)).toEqual([
      [1, 2, 0],
      [1, 2, 0],
      [1, 2, 0],
    ]);
    expect(() => createEnsembleSearch({ prompts: 1.5 })).toThrow('prompts');
  });
});
