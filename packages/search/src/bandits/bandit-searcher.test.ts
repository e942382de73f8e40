import { fromFunction } from '@rppkit/env';
import { decodeJointAction, encodeJointAction } from '@rppkit/patterns';
import { decodePolicy, encodePolicy } from '@rppkit/policy';
import { createRandomStream, type Encoder, InvalidArgumentError, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createModelSource } from '../answers/create-model-source.ts';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import type { FoundPrompts } from '../searchers/searcher.ts';
import { describeSearcher } from '../testing/describe-searcher.ts';
import { loadBanditPrompts } from './bandit-prompts.ts';
import { type BanditSearcherOptions, createBanditSearcher } from './bandit-searcher.ts';
import { createEpsilonGreedyBandit } from './epsilon-greedy.ts';
import { createLinUcbBandit } from './lin-ucb.ts';
import { createRidgeBandit } from './ridge-bandit.ts';
import { createSquareCbBandit } from './square-cb.ts';
import { createThompsonBandit } from './thompson.ts';

const creators: readonly (readonly [string, BanditSearcherOptions['create']])[] = [
  ['epsilon-greedy', (space) => createEpsilonGreedyBandit(space)],
  ['LinUCB', (space) => createLinUcbBandit(space)],
  ['Thompson', (space, { random }) => createThompsonBandit(space, { random })],
  ['SquareCB', (space) => createSquareCbBandit(space, { pairs: true })],
  ['ridge', (space) => createRidgeBandit(space, { pairs: true, squares: true })],
];

for (const [name, create] of creators) {
  describeSearcher({
    name,
    create: ({ encoders }) => createBanditSearcher({ name, create, encoders }),
    load: loadBanditPrompts,
    calls: 600,
  });
}

const world = createScriptedWorld({ users: 60, interaction: true });
const { tasks, space, model } = world;
const source = createModelSource({ tasks, space, model });
const random = createRandomStream('bandit searcher');
const computeWorth = (found: FoundPrompts): number =>
  tasks.reduce((sum, judged) => sum + world.worth(judged, found.choose(judged.task)[0]!), 0) / tasks.length;

describe('createBanditSearcher', () => {
  it.each(creators)('finds what is worth more than the best fixed prompt: %s', async (name, create) => {
    const searcher = createBanditSearcher({ name, create, encoders: world.encoders });
    const found = await searcher.search(source, { calls: 1500, random });
    // The best fixed prompt is worth .5, the best policy .8 of the two kinds of user.
    expect(computeWorth(found)).toBeGreaterThan(0.75);
  });

  it('visits every task before any a second time, in a new order of candidates', async () => {
    const asked: string[] = [];
    const watched = {
      ...source,
      ask: async (trials: Parameters<typeof source.ask>[0]) => {
        asked.push(...trials.map(({ task, orderIndex, sampleIndex }) => `${task} ${orderIndex} ${sampleIndex}`));
        return source.ask(trials);
      },
    };
    const create = creators[0]![1];
    await createBanditSearcher({ name: '', create, encoders: world.encoders, batchSize: 7 }).search(watched, {
      calls: 120,
      random,
    });
    expect(new Set(asked.slice(0, 60))).toEqual(new Set(tasks.map((_, task) => `${task} 0 0`)));
    expect(new Set(asked.slice(60))).toEqual(new Set(tasks.map((_, task) => `${task} 1 0`)));
  });

  it('prepares encoders that wait, for each task once', async () => {
    const prepared: string[] = [];
    const waiting: Encoder = {
      ...world.encoders[0]!,
      async prepare(contexts) {
        prepared.push(...contexts.map(({ task }) => task.id));
      },
    };
    const found = await createBanditSearcher({ name: '', create: creators[0]![1], encoders: [waiting] }).search(
      source,
      {
        calls: 150,
        random,
        signal: new AbortController().signal,
      },
    );
    expect(prepared.sort()).toEqual(tasks.map(({ task }) => task.id).sort());
    await found.prepare!([tasks[0]!.task]);
    expect(prepared).toHaveLength(61);
  });

  it('chooses from the prompts that a source offers, with a legal window', async () => {
    // Only prompts with a window of 2: for a history of one entry none is legal, and all are asked with a window of 1.
    const short = tasks.map((judged, index) => ({
      ...judged,
      task: { ...judged.task, history: judged.task.history.slice(0, index % 3 === 0 ? 1 : 2) },
    }));
    const actions = Int32Array.from([1, 2, 3], (reasoning) => encodeJointAction(space, [1, reasoning, 0]));
    const offering = { ...createModelSource({ tasks: short, space, model }), actions };
    const asked = new Set<string>();
    const watched = {
      ...offering,
      ask: async (trials: Parameters<typeof source.ask>[0]) => {
        for (const { choice } of trials) asked.add(choice.join());
        return offering.ask(trials);
      },
    };
    const found = await createBanditSearcher({
      name: '',
      create: creators[0]![1],
      encoders: world.encoders,
    }).search(watched, { calls: 900, random });
    expect(asked).toEqual(new Set(Array.from(actions, (joint) => decodeJointAction(space, joint).join())));
    for (const [index, { task }] of short.entries()) {
      expect(found.choose(task)[0]![0]).toBe(index % 3 === 0 ? 0 : 1);
      expect(found.choose(task)[0]![1]).toBe(index % 2 === 0 ? 2 : 3);
    }
    const loaded = loadBanditPrompts(found.save(), { space, encoders: world.encoders });
    expect(short.map(({ task }) => loaded.choose(task))).toEqual(short.map(({ task }) => found.choose(task)));
  });

  it('learns nothing from failed calls', async () => {
    const failing = fromFunction({
      id: 'failing',
      async answer(request) {
        // Whatever is best for a kind of user fails every other time.
        const text = request.messages.at(-1)!.text;
        if (/Be (even|odd)/.test(text) && request.sampleIndex % 2 === 0) throw new TextModelError('server', 'down');
        return (await model.generate(request)).text;
      },
    });
    const found = await createBanditSearcher({
      name: '',
      create: (space) => createRidgeBandit(space),
      encoders: world.encoders,
    }).search(createModelSource({ tasks, space, model: failing, candidateOrders: 1 }), { calls: 1500, random });
    expect(computeWorth(found)).toBeGreaterThan(0.75);
  });

  it('lets go of its bandit, however the search ends', async () => {
    let disposed = 0;
    const create: BanditSearcherOptions['create'] = (space) => {
      const bandit = createRidgeBandit(space);
      const dispose = bandit.dispose.bind(bandit);
      bandit.dispose = () => {
        disposed++;
        dispose();
      };
      return bandit;
    };
    const searcher = createBanditSearcher({ name: '', create, encoders: world.encoders });
    await searcher.search(source, { calls: 50, random });
    expect(disposed).toBe(1);
    const controller = new AbortController();
    const stop = () => controller.abort(new Error('enough'));
    const stopped = searcher.search(source, { calls: 500, random, signal: controller.signal, onProgress: stop });
    await expect(stopped).rejects.toThrow('enough');
    expect(disposed).toBe(2);
    const dead = fromFunction({
      id: 'dead',
      answer() {
        throw new TextModelError('server', 'down');
      },
    });
    const failing = createModelSource({ tasks, space, model: dead });
    await expect(searcher.search(failing, { calls: 60, random })).rejects.toThrow('received none in 60');
    expect(disposed).toBe(3);
  });

  it('works with a single prompt and a single task', async () => {
    const alone = { ...createModelSource({ tasks: tasks.slice(0, 1), space, model }), actions: Int32Array.of(3) };
    const searcher = createBanditSearcher({ name: '', create: creators[2]![1], encoders: world.encoders });
    const found = await searcher.search(alone, { calls: 3, random });
    expect([found.calls, found.choose(tasks[5]!.task)]).toEqual([3, [[0, 3, 0]]]);
  });

  it('refuses a batch of no calls and encoders that write nothing', () => {
    const create = creators[0]![1];
    expect(() => createBanditSearcher({ name: '', create, encoders: [] })).toThrow(InvalidArgumentError);
    expect(() => createBanditSearcher({ name: '', create, encoders: world.encoders, batchSize: 0 })).toThrow(
      'batchSize',
    );
  });
});

describe('loadBanditPrompts', () => {
  it('refuses states that are not whole', async () => {
    const searcher = createBanditSearcher({ name: '', create: creators[0]![1], encoders: world.encoders });
    const state = (await searcher.search(source, { calls: 10, random })).save();
    const load = (changes: object) => loadBanditPrompts({ ...state, ...changes }, { space, encoders: world.encoders });
    expect(() => load({})).not.toThrow();
    expect(() => load({ policy: 1 })).toThrow('a policy file in base64');
    expect(() => load({ policy: '%' })).toThrow('a policy file in base64');
    expect(() => load({ policy: btoa('other bytes') })).toThrow(expect.objectContaining({ code: 'POLICY_FILE' }));
    for (const jointActions of [[], [8], [-1], ['0'], 3]) expect(() => load({ jointActions })).toThrow('jointActions');
    const wider = [...world.encoders, ...world.encoders];
    expect(() => loadBanditPrompts(state, { space, encoders: wider })).toThrow('which write 1 floats, received 2');
    const file = decodePolicy(Uint8Array.from(atob(state['policy'] as string), (character) => character.charCodeAt(0)));
    const bytes = encodePolicy({
      ...file,
      header: { ...file.header, metadata: { ...file.header.metadata, rounds: 2 } },
    });
    expect(() => load({ policy: btoa(String.fromCharCode(...bytes)) })).toThrow('a policy of one round, received 2');
    const other = { ...space, patterns: space.patterns.slice(0, 2) };
    expect(() => loadBanditPrompts(state, { space: other })).toThrow('of the space');
  });
});
