import { fromFunction } from '@rppkit/env';
import { createPatternSpace, defaultPatterns, movies } from '@rppkit/patterns';
import { createRandomStream, type Encoder, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { type LookForHeadroomOptions, lookForHeadroom } from './look-for-headroom.ts';
import { type HeadroomLookPlan, planHeadroomLook } from './plan-headroom-look.ts';
import { renderHeadroom, renderHeadroomPlan } from './render-headroom.ts';

const look = (interaction: boolean, seed: number, options: Partial<LookForHeadroomOptions> = {}) => {
  const world = createScriptedWorld({ users: 400, interaction });
  return lookForHeadroom({ ...world, calls: 800, random: createRandomStream(seed), ...options });
};

describe('planHeadroomLook', () => {
  const { tasks, space } = createScriptedWorld({ users: 60, interaction: true });

  it('asks every expression equally often, and every task as often as any other', () => {
    const {
      trials,
      calls,
      tasks: planned,
    } = planHeadroomLook({ tasks, space, calls: 120, random: createRandomStream(1) });
    expect([calls, planned, trials.length]).toEqual([120, 60, 120]);
    for (const action of [0, 1]) expect(trials.filter(({ choice }) => choice[0] === action)).toHaveLength(60);
    for (const action of [0, 1, 2, 3]) expect(trials.filter(({ choice }) => choice[1] === action)).toHaveLength(30);
    for (const task of tasks.keys()) expect(trials.filter((trial) => trial.task === task)).toHaveLength(2);
    // Not in step: window and reasoning are drawn apart.
    expect(new Set(trials.map(({ choice }) => choice.join())).size).toBe(8);
  });

  it('asks only what is legal, and balances that', () => {
    const short = tasks.map((judged, task) =>
      task < 30 ? { ...judged, task: { ...judged.task, history: judged.task.history.slice(0, 1) } } : judged,
    );
    const { trials } = planHeadroomLook({ tasks: short, space, calls: 120, random: createRandomStream(1) });
    const windows = (from: number, to: number, action: number) =>
      trials.filter(({ task, choice }) => task >= from && task < to && choice[0] === action).length;
    expect([windows(0, 30, 0), windows(0, 30, 1), windows(30, 60, 0), windows(30, 60, 1)]).toEqual([60, 0, 30, 30]);
  });

  it('takes as many tasks as give two answers each, and numbers orders and draws', () => {
    const few = planHeadroomLook({ tasks, space, calls: 100, random: createRandomStream(1) });
    expect(few.tasks).toBe(50);
    const many = planHeadroomLook({ tasks, space, calls: 360, candidateOrders: 4, random: createRandomStream(1) });
    const own = many.trials
      .filter(({ task }) => task === 0)
      .map(({ orderIndex, sampleIndex }) => [orderIndex, sampleIndex]);
    expect(own).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
      [0, 1],
      [1, 1],
    ]);
    const again = planHeadroomLook({ tasks, space, calls: 360, candidateOrders: 4, random: createRandomStream(1) });
    expect(again).toEqual(many);
    expect(planHeadroomLook({ tasks, space, random: createRandomStream(1) }).calls).toBe(2000);
  });

  it('estimates tokens from the texts', () => {
    // A prompt of the default patterns and ten titles of eight letters: some hundred tokens, and ten titles with nine line ends.
    const items = Array.from({ length: 10 }, (_, id) => ({ id: `${id}`, title: `Title ${id}.` }));
    const own = tasks.map((judged) => ({ ...judged, task: { ...judged.task, candidates: items } }));
    const plan = planHeadroomLook({
      tasks: own,
      space: createPatternSpace({ domain: movies, patterns: defaultPatterns }),
      calls: 100,
      random: createRandomStream(1),
    });
    expect(plan.outputTokens).toBe(100 * Math.ceil(89 / 4));
    expect(plan.inputTokens).toBeGreaterThan(100 * 50);
    expect(plan.inputTokens).toBeLessThan(100 * 400);
    expect(renderHeadroomPlan(plan)).toMatch(
      /^100 calls about 50 tasks, about [\d,]+ tokens to the model and 2,300 back/,
    );
  });

  it('refuses what is out of range', () => {
    const random = createRandomStream(1);
    expect(() => planHeadroomLook({ tasks: tasks.slice(0, 19), space, random })).toThrow('at least 20 tasks');
    expect(() => planHeadroomLook({ tasks, space, calls: 99, random })).toThrow('an integer of at least 100');
    expect(() => planHeadroomLook({ tasks, space, candidateOrders: 0, random })).toThrow('candidateOrders');
  });
});

describe('lookForHeadroom', () => {
  it('finds the pattern that depends on users, and part of what that is worth', async () => {
    const plans: HeadroomLookPlan[] = [];
    const found = await look(true, 1, { onPlan: (plan) => plans.push(plan) });
    expect(found.verdict).toBe('worth-training');
    expect(found.p).toBe(1 / 200);
    expect(plans[0]!.calls).toBe(800);
    expect([found.calls, found.failed, found.tasks]).toEqual([800, 0, 400]);
    expect(found.tokens).toBeGreaterThan(800);
    // Own reasoning .8, `even` for all .5: NDCG is 1 or 1 / log2(5) = .431, so .3 more often first is worth .3 x .569 = .171.
    const [window, reasoning, format] = found.patterns;
    expect(Math.abs(reasoning!.estimate - 0.171)).toBeLessThan(0.06);
    expect(reasoning!.p).toBe(1 / 200);
    expect(Math.abs(window!.estimate)).toBeLessThan(0.02);
    expect(format!.estimate).toBe(0);
    expect(found.estimate).toBeCloseTo(window!.estimate + reasoning!.estimate, 12);
    const text = renderHeadroom(found);
    expect(text).toContain('Worth training');
    expect(text).toContain('| reasoning | 0.005 |');
    expect(text).not.toContain('prompts pay');
  });

  it('sees nothing where nothing depends on users, and says what it would have seen', async () => {
    const looks = await Promise.all([1, 2, 3, 4].map((seed) => look(false, seed)));
    expect(looks.filter(({ verdict }) => verdict === 'worth-training').length).toBeLessThanOrEqual(1);
    const none = looks.find(({ verdict }) => verdict === 'no-sign')!;
    expect(none.estimate).toBeLessThan(0.02);
    expect(none.detectable).toBeGreaterThan(0.005);
    expect(none.detectable).toBeLessThan(0.1);
    expect(renderHeadroom(none)).toContain(`those worth ${none.detectable.toFixed(3)} show four times in five`);
  });

  it('would see less with more calls', async () => {
    const few = await look(false, 1, { calls: 200 });
    const many = await look(false, 1, { calls: 2400 });
    // With the noise of a mean: less than a third for twelve times the calls, in headroom rather less.
    expect(many.detectable).toBeLessThan(few.detectable / 2);
  });

  it('gives the same for the same stream', async () => {
    expect(await look(true, 3)).toEqual(await look(true, 3));
  });

  it('learns nothing from failed calls', async () => {
    const { model } = createScriptedWorld({ users: 1, interaction: false });
    const random = createRandomStream(9);
    const failing = {
      ...model,
      id: 'failing',
      generate: (request: Parameters<typeof model.generate>[0]) => {
        if (random.uniform() < 0.3) throw new TextModelError('server', 'down');
        return model.generate(request);
      },
    };
    const some = await look(false, 1, { model: failing, concurrency: 1 });
    expect(some.failed).toBeGreaterThan(180);
    expect(some.failed).toBeLessThan(300);
    expect(some.tasks).toBeLessThan(400);
    expect(some.verdict).toBe('no-sign');
    const dead = fromFunction({
      id: 'dead',
      answer() {
        throw new TextModelError('server', 'down');
      },
    });
    await expect(look(false, 1, { model: dead })).rejects.toThrow('at least 20 answers, received 0 to 800 calls');
  });

  it('finds out what is wrong before it asks anything', async () => {
    const paid = fromFunction({
      id: 'paid',
      answer() {
        throw new Error('asked');
      },
    });
    await expect(look(true, 1, { model: paid, permutations: 18 })).rejects.toThrow('an integer of at least 19');
    await expect(look(true, 1, { model: paid, encoders: [] })).rejects.toThrow('Expected encoders to be at least one');
    const down: Encoder = {
      name: 'down',
      size: 1,
      prepare: () => Promise.reject(new Error('embedder down')),
      encode: (_, output) => output.fill(0),
      state: () => ({ kind: 'down' }),
    };
    await expect(look(true, 1, { model: paid, encoders: [down] })).rejects.toThrow('embedder down');
  });

  it('prepares encoders, copes with one that says nothing, and stops when told', async () => {
    let prepared = 0;
    const constant: Encoder = {
      name: 'constant',
      size: 2,
      prepare: async (contexts) => {
        prepared = contexts.length;
      },
      encode: (_, output) => output.fill(3),
      state: () => ({ kind: 'constant' }),
    };
    const nothing = await look(true, 1, { encoders: [constant], signal: new AbortController().signal });
    expect(prepared).toBe(400);
    expect(nothing).toMatchObject({ verdict: 'no-sign', p: 1, estimate: 0 });
    expect(nothing.detectable).toBe(Infinity);
    expect(renderHeadroom(nothing)).toContain('encoders say nothing');
    await expect(look(true, 1, { signal: AbortSignal.abort() })).rejects.toThrow('abort');
  });
});
