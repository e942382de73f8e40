import {
  type JointActions,
  type JudgedTask,
  presentTask,
  RppError,
  type TextModel,
  TextModelError,
  type TextRequest,
} from '@rppkit/spec';
import { describeVectorEnvironment } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { fitHistoryStatistics } from './encoders/history-statistics.ts';
import { createLastRoundEncoders } from './encoders/last-round.ts';
import {
  createRecommendationEnvironment,
  type RecommendationEnvironmentOptions,
} from './recommendation-environment.ts';
import {
  createExampleTask,
  createExampleTasks,
  exampleSpace,
  readShownTitles,
  renderAnswer,
} from './testing/example-tasks.ts';
import { createFunctionModel } from './text-models/create-function-model.ts';

const tasks = createExampleTasks(6);
const encoders = [fitHistoryStatistics(tasks.map(({ task }) => task)), ...createLastRoundEncoders(exampleSpace)];
/** Ranks as shown. */
const echo = createFunctionModel({ id: 'echo', answer: (request) => renderAnswer(readShownTitles(request)) });

const create = (options: Partial<RecommendationEnvironmentOptions> = {}) =>
  createRecommendationEnvironment({ tasks, space: exampleSpace, model: echo, encoders, batchSize: 4, ...options });

/** The same choice for all rows: no role, window 2, plain reasoning, numbered titles. */
const choose = (rows: number, changes: Record<string, number> = {}): JointActions =>
  Object.fromEntries(
    ['role', 'history', 'reasoning', 'format'].map((name) => [name, new Int32Array(rows).fill(changes[name] ?? 0)]),
  );

/** Rejects prompts about one task, answers all others as shown. */
const failFor = (taskIndex: number, error: TextModelError): TextModel =>
  createFunctionModel({
    id: 'partly failing',
    answer(request) {
      if (readShownTitles(request)[0]!.startsWith(`Candidate ${taskIndex}x`)) throw error;
      return renderAnswer(readShownTitles(request));
    },
  });

describeVectorEnvironment({ name: 'recommendation, one round', create: async () => ({ environment: create() }) });
describeVectorEnvironment({
  name: 'recommendation, three rounds',
  create: async () => ({ environment: create({ rounds: 3 }) }),
});
describeVectorEnvironment({
  name: 'recommendation with failing calls',
  create: async () => ({
    environment: create({ rounds: 3, batchSize: 6, model: failFor(2, new TextModelError('server', 'scripted')) }),
  }),
});

describe('createRecommendationEnvironment', () => {
  // Defects 1 and 4: the histories of other users, one reward for all.
  it('asks each row about its own task and rewards it by its own label', async () => {
    const requests: TextRequest[] = [];
    const model = createFunctionModel({
      id: 'recording',
      answer(request) {
        requests.push(request);
        return renderAnswer(readShownTitles(request));
      },
    });
    const environment = create({ model, batchSize: 6, candidateOrders: 1 });
    await environment.reset({ seed: 3 });
    const step = await environment.step(choose(6));
    expect(requests).toHaveLength(6);
    const asked = requests.map((request) => {
      const { text } = request.messages.at(-1)!;
      const shown = new Set([...text.matchAll(/(?:Seen|Candidate) (\d+)x/g)].map((match) => match[1]!));
      expect([...shown]).toHaveLength(1);
      return Number([...shown][0]);
    });
    expect(asked.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    // Shown as it is, task i has its relevant candidate at rank i + 1.
    asked.forEach((taskIndex, row) => {
      expect(step.infos[row]!.judged).toBe(tasks[taskIndex]);
      expect(step.rewards[row]).toBeCloseTo(1 / Math.log2(taskIndex + 2), 6);
    });
    expect(new Set(step.rewards).size).toBe(6);
  });

  // Defect 2: indices decoded in another order than the prompt's. Defect 5: one place for all.
  it('finds a known item whatever the candidate order, by titles and by numbers', async () => {
    const target = 3;
    const favourite: TextModel = createFunctionModel({
      id: 'favourite first',
      answer(request) {
        const shown = readShownTitles(request);
        const first = shown.findIndex((title) => title.includes(`x${target} `));
        const order = [first, ...shown.keys()].filter((place, at) => at === 0 || place !== first);
        if (request.messages.at(-1)!.text.includes('[B] > [C] > [A]'))
          return order.map((place) => `[${place + 1}]`).join(' > ');
        return renderAnswer(order.map((place) => shown[place]!));
      },
    });
    for (const format of [0, 2]) {
      const environment = create({ model: favourite, batchSize: 6, candidateOrders: 8 });
      const orders = new Set<number>();
      const places = new Set<number>();
      for (let episode = 0; episode < 8; episode++) {
        await environment.reset({ seed: episode });
        const step = await environment.step(choose(6, { format }));
        for (const info of step.infos) {
          orders.add(info!.orderIndex);
          places.add(presentTask(info!.judged.task, info!.orderIndex).order.indexOf(target));
          const relevant = info!.judged.relevance.has(info!.judged.task.candidates[target]!.id);
          expect(info!.ndcg === 1).toBe(relevant);
        }
      }
      expect([...orders].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(places.size).toBeGreaterThan(5);
    }
  });

  it('counts a task’s episodes: order e mod O, and a new draw once all orders were used', async () => {
    const environment = create({ tasks: tasks.slice(0, 1), batchSize: 1, candidateOrders: 2, rounds: 2 });
    const seen: number[][] = [];
    for (let episode = 0; episode < 5; episode++) {
      await environment.reset({ seed: episode });
      for (let round = 0; round < 2; round++) {
        const { infos } = await environment.step(choose(1));
        seen.push([infos[0]!.orderIndex, infos[0]!.sampleIndex, infos[0]!.round]);
      }
    }
    expect(seen).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 0],
      [1, 1, 1],
      [0, 2, 0],
      [0, 3, 1],
      [1, 2, 0],
      [1, 3, 1],
      [0, 4, 0],
      [0, 5, 1],
    ]);
  });

  it('takes every task before it takes one again', async () => {
    const environment = create({ batchSize: 15 });
    await environment.reset({ seed: 5 });
    const { infos } = await environment.step(choose(15));
    const counts = new Map<string, number>();
    for (const info of infos) counts.set(info!.judged.task.id, (counts.get(info!.judged.task.id) ?? 0) + 1);
    expect([...counts.values()].toSorted()).toEqual([2, 2, 2, 3, 3, 3]);
  });

  it('truncates a row whose call failed, without a reward, and leaves the others alone', async () => {
    const failing = create({ batchSize: 6, rounds: 2, model: failFor(4, new TextModelError('server', 'scripted')) });
    const healthy = create({ batchSize: 6, rounds: 2 });
    await failing.reset({ seed: 1 });
    await healthy.reset({ seed: 1 });
    const [step, same] = [await failing.step(choose(6)), await healthy.step(choose(6))];
    const row = same.infos.findIndex((info) => info!.judged === tasks[4]);
    expect([...step.truncated]).toEqual([0, 1, 2, 3, 4, 5].map((index) => Number(index === row)));
    expect([...step.learnable]).toEqual([0, 1, 2, 3, 4, 5].map((index) => Number(index !== row)));
    expect(step.active).toEqual(same.active);
    expect([...step.terminated]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(step.rewards[row]).toBe(0);
    expect(step.infos[row]).toMatchObject({ answer: { outcome: 'failed', failure: 'server' } });
    expect(step.infos[row]).not.toHaveProperty('ndcg');
    const others = [0, 1, 2, 3, 4, 5].filter((index) => index !== row);
    const { observationSize } = failing;
    const observe = (observations: Float32Array, index: number) =>
      observations.slice(index * observationSize, (index + 1) * observationSize);
    for (const index of others) {
      expect(step.rewards[index]).toBe(same.rewards[index]);
      expect(observe(step.observations, index)).toEqual(observe(same.observations, index));
    }

    const next = await failing.step(choose(6));
    expect([...next.active]).toEqual([0, 1, 2, 3, 4, 5].map((index) => Number(index !== row)));
    expect(next.learnable[row]).toBe(0);
    expect(next.truncated[row]).toBe(0);
    expect(next.infos[row]).toBeUndefined();
    for (const index of others) expect(next.terminated[index]).toBe(1);
  });

  it('rewards a refused prompt as an invalid answer', async () => {
    const model = failFor(4, new TextModelError('context-length', 'scripted'));
    const environment = create({ batchSize: 6, model, reward: { invalidPenalty: 0.1 } });
    await environment.reset({ seed: 1 });
    const step = await environment.step(choose(6));
    const row = step.infos.findIndex((info) => info!.judged === tasks[4]);
    expect(step.rewards[row]).toBeCloseTo(0.4544 - 0.1, 4);
    expect(step.learnable[row]).toBe(1);
    expect(step.terminated[row]).toBe(1);
  });

  it('runs three rounds whose rewards add up to the NDCG of the last', async () => {
    // Task 5 alone: its relevant candidate is sixth. The answers put it third, tenth, first.
    const answers = [2, 9, 0];
    let call = 0;
    const model = createFunctionModel({
      id: 'changing',
      answer(request) {
        const shown = readShownTitles(request);
        const others = shown.filter((title) => !title.includes('x5 '));
        return renderAnswer(others.toSpliced(answers[call++]!, 0, shown.find((title) => title.includes('x5 '))!));
      },
    });
    const environment = create({ tasks: [tasks[5]!], batchSize: 1, rounds: 3, model, reward: { discount: 0.9 } });
    const { observationLayout } = environment;
    const block = (step: { readonly observations: Float32Array }, name: string) => {
      const { offset, shape } = observationLayout.find((candidate) => candidate.name === name)!;
      return [...step.observations.slice(offset, offset + shape[0]!)];
    };
    const reset = await environment.reset({ seed: 0 });
    expect(block(reset, 'round')).toEqual([0]);
    expect(block(reset, 'last-answer')).toEqual([0, 0, 0, 0, 0]);
    expect(block(reset, 'last-prompt')).not.toContain(1);

    const rewards: number[] = [];
    const ended: number[] = [];
    for (let round = 0; round < 3; round++) {
      const step = await environment.step(choose(1, { role: round }));
      rewards.push(step.rewards[0]!);
      ended.push(step.terminated[0]!);
      expect(step.truncated[0]).toBe(0);
      expect(step.infos[0]).toMatchObject({ round, choice: [round, 0, 0, 0] });
      expect(block(step, 'round')[0]).toBeCloseTo(Math.min(round + 1, 2) / 3, 6);
      expect(block(step, 'last-answer')).toEqual([1, 0, 0, 0, 0]);
      expect(block(step, 'last-prompt').indexOf(1)).toBe(round);
    }
    expect(ended).toEqual([0, 0, 1]);
    // NDCG .5, .289065, 1; r = .9 * NDCG_t - NDCG_{t-1}.
    expect(rewards[0]).toBeCloseTo(0.45, 6);
    expect(rewards[1]).toBeCloseTo(0.9 * 0.289065 - 0.5, 5);
    expect(rewards[2]).toBeCloseTo(0.9 - 0.289065, 5);
    expect(rewards[0]! + 0.9 * rewards[1]! + 0.81 * rewards[2]!).toBeCloseTo(0.729, 5);
    await expect(environment.step(choose(1))).rejects.toMatchObject({ code: 'EPISODE_ENDED' });
    expect(call).toBe(3);
  });

  it('masks windows longer than the history and rejects them before any call', async () => {
    let calls = 0;
    const model = createFunctionModel({
      id: 'counting',
      answer: () => {
        calls++;
        return 'x';
      },
    });
    const environment = create({ model, batchSize: 1 });
    const step = await environment.reset({ seed: 0 });
    // Six entries: windows 2 and 5, not 10, 20, 40.
    expect([...step.actionMasks!['history']!]).toEqual([1, 1, 0, 0, 0]);
    await expect(environment.step(choose(1, { history: 2 }))).rejects.toMatchObject({ argument: 'actions.history[0]' });
    await expect(environment.step(choose(1, { role: 6 }))).rejects.toThrow('a legal action in [0, 6)');
    expect(calls).toBe(0);
    await environment.step(choose(1, { history: 1 }));
    expect(calls).toBe(1);
  });

  it('shows labels to no encoder and no prompt', async () => {
    const blind = tasks.map(
      (judged): JudgedTask => ({
        task: judged.task,
        relevance: new Map([[judged.task.candidates[9]!.id, 1]]),
      }),
    );
    const run = async (judged: readonly JudgedTask[]) => {
      const prompts: string[] = [];
      const model = createFunctionModel({
        id: 'recording',
        answer(request) {
          prompts.push(JSON.stringify(request.messages));
          return renderAnswer(readShownTitles(request));
        },
      });
      const environment = create({ tasks: judged, model, rounds: 2 });
      const steps = [
        await environment.reset({ seed: 4 }),
        await environment.step(choose(4)),
        await environment.step(choose(4)),
      ];
      return {
        prompts,
        observations: steps.map(({ observations }) => observations),
        rewards: steps.map(({ rewards }) => rewards),
      };
    };
    const [first, second] = [await run(tasks), await run(blind)];
    expect(second.prompts).toEqual(first.prompts);
    expect(second.observations).toEqual(first.observations);
    expect(second.rewards).not.toEqual(first.rewards);
  });

  it('is left as it was by a step that rejects, so that the step can be taken again', async () => {
    let rejectKey = true;
    const model = createFunctionModel({
      id: 'key comes late',
      answer(request) {
        if (rejectKey && readShownTitles(request)[0]!.startsWith('Candidate 1x'))
          throw new TextModelError('authentication', 'no');
        return renderAnswer(readShownTitles(request));
      },
    });
    const environment = create({ batchSize: 6, model });
    const untouched = create({ batchSize: 6 });
    await environment.reset({ seed: 2 });
    await untouched.reset({ seed: 2 });
    await expect(environment.step(choose(6))).rejects.toMatchObject({ failure: 'authentication' });
    await expect(environment.step(choose(6), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      failure: 'aborted',
    });
    rejectKey = false;
    const [step, expected] = [await environment.step(choose(6)), await untouched.step(choose(6))];
    expect(step.rewards).toEqual(expected.rewards);
    expect(step.infos.map((info) => [info!.orderIndex, info!.sampleIndex])).toEqual(
      expected.infos.map((info) => [info!.orderIndex, info!.sampleIndex]),
    );
  });

  it('passes the signal on and rejects when it aborts during a step', async () => {
    const controller = new AbortController();
    const model: TextModel = {
      id: 'hanging',
      generate: ({ signal }) =>
        new Promise((_, reject) => {
          signal!.addEventListener('abort', () => reject(new TextModelError('aborted', 'given up')));
        }),
    };
    const environment = create({ model });
    await environment.reset({ seed: 0 });
    const step = environment.step(choose(4), { signal: controller.signal });
    controller.abort();
    await expect(step).rejects.toMatchObject({ failure: 'aborted' });
    await expect(environment.reset({ seed: 0, signal: controller.signal })).rejects.toMatchObject({
      failure: 'aborted',
    });
  });

  it('rejects a call during a step', async () => {
    const environment = create();
    await environment.reset({ seed: 0 });
    const [step, second, reset] = [
      environment.step(choose(4)),
      environment.step(choose(4)),
      environment.reset({ seed: 0 }),
    ];
    await expect(second).rejects.toMatchObject({ code: 'STEP_UNDER_WAY' });
    await expect(reset).rejects.toMatchObject({ code: 'STEP_UNDER_WAY' });
    expect([...(await step).terminated]).toEqual([1, 1, 1, 1]);
  });

  it.each<[string, Partial<RecommendationEnvironmentOptions>]>([
    ['at least one task', { tasks: [] }],
    ['tasks with different ids', { tasks: [tasks[0]!, tasks[0]!] }],
    ['at least one item', { tasks: [{ task: tasks[0]!.task, relevance: new Map([['elsewhere', 1]]) }] }],
    [
      'different items',
      {
        tasks: [{ ...tasks[0]!, task: { ...tasks[0]!.task, candidates: Array(2).fill(tasks[0]!.task.candidates[0]) } }],
      },
    ],
    ['at least one that writes a float', { encoders: [] }],
    ['encoders with different names', { encoders: [encoders[0]!, encoders[0]!] }],
    ['rounds to be a positive integer', { rounds: 0 }],
    ['batchSize to be a positive integer', { batchSize: 1.5 }],
    ['candidateOrders to be a positive integer', { candidateOrders: -1 }],
    ['reward.discount to be in (0, 1]', { reward: { discount: 2 } }],
  ])('rejects options that are not %s, before any call', (message, options) => {
    expect(() => create(options)).toThrow(message);
    try {
      create(options);
    } catch (error) {
      expect(RppError.isInstance(error)).toBe(true);
    }
  });

  it('serves a user without history', async () => {
    const fresh = createExampleTask(0, { history: 0 });
    const environment = create({ tasks: [fresh], batchSize: 1 });
    const step = await environment.reset({ seed: 0 });
    expect([...step.actionMasks!['history']!]).toEqual([1, 0, 0, 0, 0]);
    expect(step.observations.every(Number.isFinite)).toBe(true);
    expect((await environment.step(choose(1))).rewards[0]).toBe(1);
  });
});
