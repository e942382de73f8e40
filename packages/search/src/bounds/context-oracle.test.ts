import { fromFunction } from '@rppkit/env';
import { createRandomStream, type Encoder, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { fitContextOracle } from './context-oracle.ts';

async function fitOracle(interaction: boolean, seed: number) {
  const world = createScriptedWorld({ users: 300, interaction });
  const oracle = await fitContextOracle({ ...world, calls: 3000, random: createRandomStream(seed) });
  return { world, oracle };
}

describe('fitContextOracle', () => {
  it('gives each kind of user its own prompt where prompts depend on users', async () => {
    const { world, oracle } = await fitOracle(true, 1);
    expect(oracle.answers.rows).toHaveLength(3000);
    for (const judged of world.tasks) expect(world.worth(judged, oracle.choose(judged.task))).toBe(0.8);
  });

  it('gives everybody the best fixed prompt where they do not', async () => {
    const { world, oracle } = await fitOracle(false, 2);
    const share =
      world.tasks.filter((judged) => world.worth(judged, oracle.choose(judged.task)) === 0.5).length /
      world.tasks.length;
    expect(share).toBe(1);
  });

  it('prepares encoders for the tasks it asks about, before the first call', async () => {
    const world = createScriptedWorld({ users: 40, interaction: true });
    const known = new Set<string>();
    let asked = 0;
    const waiting: Encoder = {
      ...world.encoders[0]!,
      async prepare(contexts) {
        expect(asked).toBe(0);
        for (const { task } of contexts) known.add(task.id);
      },
      encode(context, output) {
        if (!known.has(context.task.id)) throw new Error(`${context.task.id} was not prepared`);
        world.encoders[0]!.encode(context, output);
      },
    };
    const model: typeof world.model = {
      ...world.model,
      id: 'counting',
      generate(request) {
        asked++;
        return world.model.generate(request);
      },
    };
    const signal = new AbortController().signal;
    const options = { ...world, model, encoders: [waiting], calls: 40, random: createRandomStream(1), signal };
    const { answers } = await fitContextOracle(options);
    expect(known.size).toBe(20);
    expect(new Set(answers.tasks.map(({ task }) => task.id))).toEqual(known);
  });

  it('says that every call failed, refuses what it cannot ask, and stops when told', async () => {
    const world = createScriptedWorld({ users: 4, interaction: true });
    const options = { ...world, calls: 10, random: createRandomStream(1) };
    const dead = fromFunction({
      id: 'dead',
      answer() {
        throw new TextModelError('server', 'down');
      },
    });
    await expect(fitContextOracle({ ...options, model: dead })).rejects.toThrow('received none in 10');
    await expect(fitContextOracle({ ...options, tasks: [] })).rejects.toThrow('Expected tasks to be at least one task');
    await expect(fitContextOracle({ ...options, calls: 0 })).rejects.toThrow('Expected calls to be a positive integer');
    const controller = new AbortController();
    const cancelling = fromFunction({
      id: 'cancelling',
      answer() {
        controller.abort(new Error('enough'));
        return '[1]';
      },
    });
    const { signal } = controller;
    await expect(fitContextOracle({ ...options, model: cancelling, concurrency: 1, signal })).rejects.toThrow('enough');
  });
});
