import { reciprocalRank } from '@rppkit/metrics';
import { createPatternSpace, movies, referencePatterns } from '@rppkit/patterns';
import {
  type Encoder,
  type JointActions,
  type JudgedTask,
  presentTask,
  type RankingTask,
  RppError,
  type TextModel,
  TextModelError,
  type TextRequest,
} from '@rppkit/spec';
import { describeVectorEnvironment } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { createHashedText } from './encoders/hashed-text.ts';
import { fitHistoryStatistics } from './encoders/history-statistics.ts';
import { createHashedItemEmbedding } from './encoders/item-embedding.ts';
import { createLastRanking, createRankedPositions } from './encoders/last-ranking.ts';
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
import { fromFunction } from './text-models/from-function.ts';
import { withConcurrencyLimit } from './text-models/with-concurrency-limit.ts';

const tasks = createExampleTasks(6);
const encoders = [fitHistoryStatistics(tasks.map(({ task }) => task)), ...createLastRoundEncoders(exampleSpace)];
/** Ranks as shown. */
const echo = fromFunction({ id: 'echo', answer: (request) => renderAnswer(readShownTitles(request)) });

const create = (options: Partial<RecommendationEnvironmentOptions> = {}) =>
  createRecommendationEnvironment({ tasks, space: exampleSpace, model: echo, encoders, batchSize: 4, ...options });

/** The same choice for all rows: no role, window 2, plain reasoning, numbered titles. */
const choose = (rows: number, changes: Record<string, number> = {}): JointActions =>
  Object.fromEntries(
    ['role', 'history', 'reasoning', 'format'].map((name) => [name, new Int32Array(rows).fill(changes[name] ?? 0)]),
  );

/** Rejects prompts about one task, answers all others as shown. */
const failFor = (taskIndex: number, error: TextModelError): TextModel =>
  fromFunction({
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
    const model = fromFunction({
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
    const favourite: TextModel = fromFunction({
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
          const { orderIndex } = info!.asked[0]!;
          orders.add(orderIndex);
          places.add(presentTask(info!.judged.task, orderIndex).order.indexOf(target));
          const relevant = info!.judged.relevance.has(info!.judged.task.candidates[target]!.id);
          expect(info!.score === 1).toBe(relevant);
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
        const { orderIndex, sampleIndex } = infos[0]!.asked[0]!;
        seen.push([orderIndex, sampleIndex, infos[0]!.round]);
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
    expect(step.infos[row]).toMatchObject({ asked: [{ answer: { outcome: 'failed', failure: 'server' } }] });
    expect(step.infos[row]).not.toHaveProperty('score');
    expect(step.infos[row]).not.toHaveProperty('value');
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
    const model = fromFunction({
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
    const model = fromFunction({
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
      const model = fromFunction({
        id: 'recording',
        answer(request) {
          prompts.push(JSON.stringify(request.messages));
          return renderAnswer(readShownTitles(request));
        },
      });
      const embedding = createHashedItemEmbedding();
      const environment = create({
        tasks: judged,
        model,
        rounds: 2,
        ordersPerPrompt: 2,
        stateEncoders: [
          createLastRanking({ embedding }),
          createRankedPositions({ embedding, positions: 10 }),
          createHashedText({ source: 'candidates' }),
          createHashedText({ source: 'last-prompt' }),
        ],
      });
      const steps = [
        await environment.reset({ seed: 4 }),
        await environment.step(choose(4)),
        await environment.step(choose(4)),
      ];
      return {
        prompts,
        seen: steps.map(({ observations, state, actionMasks }) => ({ observations, state, actionMasks })),
        rewards: steps.map(({ rewards }) => rewards),
      };
    };
    const [first, second] = [await run(tasks), await run(blind)];
    expect(second.prompts).toEqual(first.prompts);
    expect(second.seen).toEqual(first.seen);
    expect(second.rewards).not.toEqual(first.rewards);
  });

  it('is left as it was by a step that rejects, so that the step can be taken again', async () => {
    let rejectKey = true;
    const model = fromFunction({
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
    const listOrders = ({ infos }: typeof step) =>
      infos.map((info) => info!.asked.map(({ orderIndex, sampleIndex }) => [orderIndex, sampleIndex]));
    expect(listOrders(step)).toEqual(listOrders(expected));
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

  it('sends no call that still waits once the step must reject', async () => {
    let sent = 0;
    const rejecting = fromFunction({
      id: 'rejected key',
      async answer() {
        sent++;
        await new Promise((resolve) => setTimeout(resolve));
        throw new TextModelError('authentication', 'no');
      },
    });
    const environment = create({ batchSize: 40, model: withConcurrencyLimit(rejecting, 2) });
    await environment.reset({ seed: 0 });
    await expect(environment.step(choose(40))).rejects.toMatchObject({ failure: 'authentication' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sent).toBeLessThan(5);
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
    ['ordersPerPrompt to be at most 2', { candidateOrders: 2, ordersPerPrompt: 3 }],
    ['encoders with different names', { stateEncoders: [encoders[0]!] }],
  ])('rejects options that are not %s, before any call', (message, options) => {
    expect(() => create(options)).toThrow(message);
    try {
      create(options);
    } catch (error) {
      expect(RppError.isInstance(error)).toBe(true);
    }
  });

  it('asks each prompt in several candidate orders and rewards the aggregate', async () => {
    // Two answers put the relevant candidate second; only together they put it first.
    const model = fromFunction({
      id: 'two minds',
      answer(request) {
        const shown = readShownTitles(request);
        const place = (title: string) => Number(/x(\d+) /.exec(title)![1]);
        const byPlace = shown.toSorted((left, right) => place(left) - place(right));
        const first = place(shown[0]!) < place(shown[1]!) ? 3 : 7;
        return renderAnswer([byPlace[first]!, byPlace[5]!, ...byPlace.filter((_, at) => at !== first && at !== 5)]);
      },
    });
    const options = { tasks: [tasks[5]!], batchSize: 1, model, candidateOrders: 4, rounds: 2 };
    const environment = create({ ...options, ordersPerPrompt: 3 });
    const seen: (readonly number[])[] = [];
    let mixed = false;
    for (let episode = 0; episode < 2; episode++) {
      await environment.reset({ seed: episode });
      for (let round = 0; round < 2; round++) {
        const { infos, rewards } = await environment.step(choose(1));
        const { asked, score } = infos[0]!;
        seen.push(...asked.map(({ orderIndex, sampleIndex }) => [orderIndex, sampleIndex]));
        const firsts = new Set(asked.map(({ answer }) => (answer.outcome === 'failed' ? -1 : answer.ranking[0])));
        // 9 + 9 + 9 points: more than a favourite of two answers gets (10 + 10 + at most 5), less than one of all three.
        expect(score).toBeCloseTo(firsts.size === 2 ? 1 : 0.63093, 5);
        mixed ||= firsts.size === 2;
        if (round === 1) expect(rewards[0]).toBeCloseTo(0, 6);
      }
    }
    expect(mixed).toBe(true);
    expect(seen).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 1],
      [1, 1],
      [2, 1],
      [3, 0],
      [0, 2],
      [1, 2],
      [3, 1],
      [0, 3],
      [1, 3],
    ]);
  });

  it.each<[string, object]>([
    ['judged tasks, { task, relevance }', { tasks: [tasks[0]!.task] }],
    ['a Map from item id to gain', { tasks: [{ task: tasks[0]!.task, relevance: { a: 1 } }] }],
    ['tasks to be an array', { tasks: tasks[0] }],
    ['space to be a pattern space', { space: exampleSpace.patterns }],
    ['encoders to be an array', { encoders: encoders[0] }],
    ['known options only, received "round"', { round: 3 }],
    ['known options only, received "metrik"', { reward: { metrik: 1 } }],
  ])('names what is no %s', (message, options) => {
    expect(() => create(options)).toThrow(message);
  });

  it('names a missing seed and missing actions', async () => {
    const environment = create();
    await expect(environment.reset(undefined as unknown as { seed: number })).rejects.toMatchObject({
      argument: 'seed',
    });
    await environment.reset({ seed: 0 });
    await expect(environment.step(undefined as unknown as JointActions)).rejects.toMatchObject({
      argument: 'actions.role',
    });
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

describe('rounds', () => {
  /** Puts the relevant candidate of task 5 at the given place, one place a call. */
  const placing = (places: readonly number[]): TextModel => {
    let call = 0;
    return fromFunction({
      id: 'placing',
      answer(request) {
        const shown = readShownTitles(request);
        const target = shown.find((title) => title.includes('x5 '))!;
        return renderAnswer(shown.filter((title) => title !== target).toSpliced(places[call++]!, 0, target));
      },
    });
  };

  it('rewards the rank aggregate of the rounds where that is the objective', async () => {
    const environment = create({
      tasks: [tasks[5]!],
      batchSize: 1,
      rounds: 2,
      candidateOrders: 1,
      model: placing([1, 0]),
      reward: { objective: 'aggregate', discount: 0.5 },
    });
    await environment.reset({ seed: 0 });
    const first = await environment.step(choose(1));
    const second = await environment.step(choose(1));
    expect(first.infos[0]).toMatchObject({ score: 0.6309297535714575, value: 0.6309297535714575 });
    // Answers 0, 5, 1, … and 5, 0, 1, …: candidates 0 and 5 tie at 19 points, the mean of ranks 1 and 2.
    const tied = (1 + 0.6309297535714575) / 2;
    expect(second.infos[0]).toMatchObject({ score: 1 });
    expect(second.infos[0]!.value).toBeCloseTo(tied, 12);
    // r = .5 * V_t - V_{t-1}: the return is .25 * V_2.
    expect(first.rewards[0]! + 0.5 * second.rewards[0]!).toBeCloseTo(0.25 * tied, 6);
  });

  it('adds increments to the window of the round before, and never takes from it', async () => {
    const space = createPatternSpace({ domain: movies, patterns: referencePatterns });
    const task = createExampleTask(0, { history: 4 });
    const environment = create({ tasks: [task], space, encoders: [encoders[0]!], batchSize: 1, rounds: 4 });
    const windows: number[] = [];
    const masks: number[][] = [[...(await environment.reset({ seed: 0 })).actionMasks!['history']!]];
    for (const history of [0, 2, 1, 0]) {
      const step = await environment.step(choose(1, { history }));
      windows.push(step.infos[0]!.asked[0]!.answer.prompt.window);
      masks.push([...step.actionMasks!['history']!]);
    }
    // It begins at 1; the history has 4 items.
    expect(windows).toEqual([1, 3, 4, 4]);
    expect(masks).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 0],
      [1, 0, 0],
      [1, 0, 0],
    ]);
  });
});

describe('what a step tells beside observations and rewards', () => {
  it('shows state encoders to a central critic only', async () => {
    const environment = create({ encoders: [encoders[0]!], stateEncoders: encoders.slice(1), batchSize: 2, rounds: 2 });
    const { observationSize, stateSize } = environment;
    expect(stateSize).toBe(encoders.reduce((sum, { size }) => sum + size, 0));
    await environment.reset({ seed: 0 });
    const { observations, state } = await environment.step(choose(2, { role: 3 }));
    for (let row = 0; row < 2; row++) {
      const own = observations.slice(row * observationSize, (row + 1) * observationSize);
      expect(state.slice(row * stateSize, row * stateSize + observationSize)).toEqual(own);
      // The last prompt comes next: role 3, window 0, reasoning 0, format 0.
      expect(state[row * stateSize + observationSize + 3]).toBe(1);
    }
    expect(environment.observationLayout.map(({ name }) => name)).toEqual(['history-statistics']);
  });

  it('keeps the propensities that it was given', async () => {
    const environment = create({ batchSize: 2 });
    await environment.reset({ seed: 0 });
    const logProbabilities = Object.fromEntries(
      environment.agents.map((agent, position) => [agent, Float32Array.of(-position, -position - 0.5)]),
    );
    const { infos } = await environment.step(choose(2), { logProbabilities });
    expect(infos.map((info) => info!.logProbabilities)).toEqual([
      [-0, -1, -2, -3],
      [-0.5, -1.5, -2.5, -3.5],
    ]);
    await environment.reset({ seed: 0 });
    expect((await environment.step(choose(2))).infos[0]).not.toHaveProperty('logProbabilities');
    await environment.reset({ seed: 0 });
    await expect(
      environment.step(choose(2), { logProbabilities: { ...logProbabilities, role: new Float32Array(3) } }),
    ).rejects.toMatchObject({ argument: 'logProbabilities.role' });
    // The row has not been stepped.
    await environment.step(choose(2));
  });

  it('waits for encoders that have to be prepared, and is left as it was where that fails', async () => {
    let broken = false;
    const prepared = new Set<RankingTask>();
    const waiting: Encoder = {
      name: 'waiting',
      size: 1,
      async prepare(contexts) {
        await Promise.resolve();
        if (broken) throw new TextModelError('network', 'scripted');
        for (const { task } of contexts) prepared.add(task);
      },
      encode({ task, round }, output) {
        output[0] = prepared.has(task) ? 1 + round : Number.NaN;
      },
      state: () => ({ kind: 'waiting' }),
    };
    const environment = create({ encoders: [waiting], batchSize: 3, rounds: 2 });
    expect([...(await environment.reset({ seed: 0 })).observations]).toEqual([1, 1, 1]);
    broken = true;
    await expect(environment.step(choose(3))).rejects.toMatchObject({ failure: 'network' });
    broken = false;
    const step = await environment.step(choose(3));
    expect([...step.observations]).toEqual([2, 2, 2]);
    expect(step.infos.map((info) => info!.round)).toEqual([0, 0, 0]);
  });

  it('rewards by any metric with a cut-off', async () => {
    const environment = create({
      tasks: [tasks[5]!],
      batchSize: 1,
      candidateOrders: 1,
      reward: { metric: reciprocalRank, k: 6 },
    });
    await environment.reset({ seed: 0 });
    // Ranked as shown: sixth.
    expect((await environment.step(choose(1))).rewards[0]).toBeCloseTo(1 / 6, 6);
  });
});
