import {
  createHashedText,
  createLastRoundEncoders,
  createRecommendationEnvironment,
  fitHistoryStatistics,
  fromFunction,
  type RewardOptions,
} from '@rppkit/env';
import {
  computeActionMasks,
  createPatternSpace,
  legalizeJointAction,
  movies,
  type PatternSpace,
} from '@rppkit/patterns';
import {
  createRandomStream,
  type Encoder,
  type EncoderContext,
  type JointActions,
  type JudgedTask,
  type Scorer,
  sampleIndex,
  type TextModel,
  TextModelError,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';
import { describeVectorEnvironment } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { createModelSource } from '../answers/create-model-source.ts';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { fromResponseTable, type TableEnvironmentOptions } from './from-response-table.ts';
import { recordResponseTable } from './record-response-table.ts';

const world = createScriptedWorld({ users: 7, interaction: true });
const tasks: readonly JudgedTask[] = world.tasks.map((judged, place) =>
  place % 3 === 2 ? { ...judged, task: { ...judged.task, history: judged.task.history.slice(1) } } : judged,
);
const plain = tasks.map(({ task }) => task);

/** The same patterns, with windows that add to the one before. */
const growing: PatternSpace = createPatternSpace({
  domain: movies,
  patterns: world.space.patterns.map((pattern) =>
    pattern.section === 'history'
      ? {
          name: 'history',
          section: 'history',
          expressions: [0, 1].map((increment) => ({
            id: `+${increment}`,
            perspective: '',
            template: 'Seen:',
            increment,
          })),
        }
      : pattern,
  ),
});

/** Answers, and fails, by the text of the prompt alone. */
const faulty: TextModel = {
  id: 'faulty',
  async generate(request) {
    const random = createRandomStream(request.messages.at(-1)!.text).split(request.sampleIndex);
    const chance = random.uniform();
    if (chance < 0.2) throw new TextModelError('server', 'down');
    if (chance < 0.3) throw new TextModelError('content-filter', 'no');
    const answer = fromFunction({
      id: 'f',
      answer: () => (chance < 0.4 ? 'No list.' : chance < 0.6 ? '[3] > [1]' : ''),
    });
    return chance < 0.6 ? answer.generate(request) : world.model.generate(request);
  },
};

/** Longer titles first. */
const byLength: Scorer = {
  name: 'by length',
  score: ({ candidates }) => Float32Array.from(candidates, ({ title }) => title.length),
};

function createEncoders(
  space: PatternSpace,
): Required<Pick<TableEnvironmentOptions, 'encoders' | 'stateEncoders' | 'stateScorers'>> {
  return {
    encoders: [
      fitHistoryStatistics(plain),
      createHashedText({ dimensions: 4, source: 'last-prompt' }),
      ...createLastRoundEncoders(space),
    ],
    stateEncoders: [createHashedText({ dimensions: 3, source: 'history' })],
    stateScorers: [byLength],
  };
}

function sampleActions(environment: VectorEnvironment, step: VectorStep, seed: string): JointActions {
  const random = createRandomStream(seed);
  return Object.fromEntries(
    environment.agents.map((agent) => {
      const count = environment.actionCounts[agent]!;
      const masks = step.actionMasks![agent]!;
      return [
        agent,
        Int32Array.from({ length: environment.batchSize }, (_, row) =>
          sampleIndex(random, masks.subarray(row * count, (row + 1) * count)),
        ),
      ];
    }),
  );
}

const dropInfos = ({ infos: _, ...step }: VectorStep): object => step;

describe('fromResponseTable', () => {
  const rewards: Readonly<Record<string, RewardOptions>> = {
    'by default': {},
    'with a price, a penalty and a discount': {
      k: 2,
      missing: 'zero',
      discount: 0.9,
      pricePerThousandTokens: 0.3,
      invalidPenalty: 0.1,
    },
    'as a sum': { objective: 'sum', discount: 0.5 },
    'as an aggregate': { objective: 'aggregate' },
  };
  for (const [name, reward] of Object.entries(rewards)) {
    for (const [kind, space] of [
      ['fixed', world.space],
      ['growing', growing],
    ] as const) {
      it(`gives bit for bit what the model's environment gives, ${name}, ${kind} windows`, async () => {
        const table = await recordResponseTable(plain, space, faulty, { orders: 2, draws: 3 });
        const options = { tasks, reward, batchSize: 10, ...createEncoders(space) };
        const replay = fromResponseTable(table, options);
        const real = createRecommendationEnvironment({ ...options, space, model: faulty, candidateOrders: 2 });
        for (const field of ['agents', 'actionCounts', 'observationSize', 'observationLayout', 'stateSize'] as const) {
          expect(replay[field]).toEqual(real[field]);
        }
        let truncated = 0;
        // A task is visited once or twice an episode, six times at most before draws repeat.
        for (const seed of [1, 2, 3]) {
          const reset = await real.reset({ seed });
          expect(await replay.reset({ seed })).toEqual(reset);
          const actions = sampleActions(real, reset, `actions ${seed}`);
          const logProbabilities = Object.fromEntries(
            real.agents.map((agent) => [agent, new Float32Array(10).fill(-1)]),
          );
          const step = await real.step(actions, { logProbabilities });
          const replayed = await replay.step(actions, { logProbabilities });
          expect(dropInfos(replayed)).toEqual(dropInfos(step));
          for (const [row, info] of replayed.infos.entries()) {
            const { judged, round, choice, score, value, logProbabilities: given, asked } = step.infos[row]!;
            expect(info).toMatchObject({ judged, round, choice, logProbabilities: given });
            expect([info!.score, info!.value]).toEqual([score, value]);
            const { orderIndex, sampleIndex: draw, answer } = asked[0]!;
            expect([info!.orderIndex, info!.sampleIndex]).toEqual([orderIndex, draw]);
            if (answer.outcome === 'failed') expect(info!.status).toBe(`failed:${answer.failure}`);
            else expect(info!.ranking).toEqual(answer.ranking);
            truncated += step.truncated[row]!;
          }
        }
        expect(truncated).toBeGreaterThan(0);
        expect(truncated).toBeLessThan(20);
      });
    }
  }

  it('repeats draws once all were given', async () => {
    const table = await recordResponseTable(plain, world.space, world.model, { orders: 2 });
    const environment = fromResponseTable(table, { tasks: tasks.slice(0, 1), encoders: world.encoders, batchSize: 5 });
    await environment.reset({ seed: 1 });
    const actions = Object.fromEntries(environment.agents.map((agent) => [agent, new Int32Array(5)]));
    const { infos } = await environment.step(actions);
    expect(infos.map((info) => info!.orderIndex)).toEqual([0, 1, 0, 1, 0]);
    expect(infos[2]).toEqual(infos[0]);
  });

  it('encodes each task once, and again only what looks at the round before', async () => {
    const table = await recordResponseTable(plain, world.space, world.model);
    const calls = { blind: 0, looking: 0 };
    const encoder = (name: 'blind' | 'looking', read: (context: EncoderContext) => number): Encoder => ({
      name,
      size: 1,
      encode(context, output) {
        calls[name]++;
        output[0] = read(context);
      },
      state: () => ({ kind: name }),
    });
    const blind = encoder('blind', ({ task, round, rounds }) => task.history.length + 10 * round + 100 * rounds);
    const lookers: readonly ((context: EncoderContext) => number)[] = [
      ({ last }) => last?.ranking.length ?? -1,
      (context) => ('last' in context ? 4 : -1),
      (context) => (Object.keys(context).includes('last') ? 4 : -1),
    ];
    for (const look of lookers) {
      Object.assign(calls, { blind: 0, looking: 0 });
      const encoders = [blind, encoder('looking', look)];
      const environment = fromResponseTable(table, { tasks, encoders, batchSize: 4 });
      for (let episode = 0; episode < 3; episode++) {
        const reset = await environment.reset({ seed: episode });
        expect(reset.observations[1]).toBe(-1);
        const step = await environment.step(sampleActions(environment, reset, 'some'));
        expect(step.observations[1]).toBe(4);
        expect(step.observations[0]).toBe(reset.observations[0]);
      }
      expect(calls).toEqual({ blind: 7, looking: 7 + 3 * 4 });
    }
  });

  it('hands its signal to the encoders, and stays as it was where one rejects', async () => {
    const table = await recordResponseTable(plain, world.space, world.model);
    const signals: (AbortSignal | undefined)[] = [];
    let isDown = false;
    const waiting: Encoder = {
      name: 'waiting',
      size: 1,
      async prepare(_, options) {
        signals.push(options?.signal);
        if (isDown) throw new Error('down');
      },
      encode({ last }, output) {
        output[0] = last === undefined ? 0 : 1;
      },
      state: () => ({ kind: 'waiting' }),
    };
    const environment = fromResponseTable(table, { tasks, encoders: [waiting, ...world.encoders], batchSize: 2 });
    const { signal } = new AbortController();
    isDown = true;
    await expect(environment.reset({ seed: 1, signal })).rejects.toThrow('down');
    isDown = false;
    const reset = await environment.reset({ seed: 1, signal });
    const actions = sampleActions(environment, reset, 'some');
    isDown = true;
    await expect(environment.step(actions, { signal })).rejects.toThrow('down');
    isDown = false;
    const { observations } = await environment.step(actions, { signal });
    expect([observations[0], observations[2]]).toEqual([1, 1]);
    expect(signals).toEqual([signal, signal, signal, signal]);
    // The first visit was not used up by the resets and steps that rejected.
    expect(
      await fromResponseTable(table, { tasks, encoders: [waiting, ...world.encoders], batchSize: 2 }).reset({
        seed: 1,
      }),
    ).toEqual(reset);
  });

  it('has one agent where some actions are recorded, and serves what was asked', async () => {
    const table = await recordResponseTable(plain, world.space, world.model, { actions: [1, 2, 5, 7], orders: 1 });
    const environment = fromResponseTable(table, { tasks, encoders: world.encoders, batchSize: 7 });
    expect([environment.agents, environment.actionCounts]).toEqual([['prompt'], { prompt: 4 }]);
    const reset = await environment.reset({ seed: 3 });
    expect(reset.actionMasks).toEqual({ prompt: new Uint8Array(28).fill(1) });
    const { infos, rewards, actionMasks } = await environment.step({ prompt: new Int32Array(7).fill(2) });
    expect(actionMasks).toEqual(reset.actionMasks);
    const source = createModelSource({ tasks, space: world.space, model: world.model });
    for (const [row, info] of infos.entries()) {
      const { task } = info!.judged;
      // Action 5: window 2 where the history has it, reasoning 1.
      expect(info!.choice).toEqual([task.history.length === 1 ? 0 : 1, 1, 0]);
      expect(computeActionMasks(world.space, task)[0]![info!.choice[0]!]).toBe(1);
      expect(legalizeJointAction(world.space, [1, 1, 0], task)).toEqual(info!.choice);
      const trial = { task: tasks.indexOf(info!.judged), choice: info!.choice };
      expect(rewards[row]).toBe(Math.fround((await source.ask([trial])).rewards[0]!));
    }
    await environment.reset({ seed: 3 });
    await expect(environment.step({ prompt: new Int32Array(7).fill(4) })).rejects.toThrow('[0, 4)');
  });

  it('refuses wrong options, actions and calls, and goes on', async () => {
    const table = await recordResponseTable(plain, world.space, world.model);
    const { encoders } = world;
    expect(() => fromResponseTable(table, { tasks: [], encoders })).toThrow('tasks');
    expect(() => fromResponseTable(table, { tasks, encoders: [] })).toThrow('encoders');
    expect(() => fromResponseTable(table, { tasks, encoders, batchSize: 0 })).toThrow('batchSize');
    expect(() => fromResponseTable(table, { tasks, encoders, reward: { k: 0 } })).toThrow('reward.k');
    expect(() => fromResponseTable(table, { tasks, encoders, rounds: 2 } as never)).toThrow('rounds');
    const environment = fromResponseTable(table, { tasks, encoders, batchSize: 3 });
    await expect(environment.reset({} as never)).rejects.toThrow('seed');
    const reason = new Error('enough');
    await expect(environment.reset({ seed: 1, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const reset = await environment.reset({ seed: 1 });
    const actions = sampleActions(environment, reset, 'some');
    const logs = (values: readonly number[]) => ({
      logProbabilities: Object.fromEntries(environment.agents.map((agent) => [agent, Float32Array.from(values)])),
    });
    await expect(environment.step(actions, logs([0, 0]))).rejects.toThrow('logProbabilities.history');
    await expect(environment.step(actions, logs([0, 0.5, 0]))).rejects.toThrow('logProbabilities.history[1]');
    await expect(environment.step(actions, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const busy = environment.step(actions);
    await expect(environment.step(actions)).rejects.toThrow('under way');
    expect((await busy).learnable).toEqual(new Uint8Array(3).fill(1));
    await expect(environment.step(actions)).rejects.toThrow('Call reset before step');
  });
});

for (const [name, actions] of [
  ['a whole table', undefined],
  ['some actions', [0, 3, 4]],
] as const) {
  describeVectorEnvironment({
    name,
    async create() {
      const table = await recordResponseTable(plain, growing, faulty, {
        orders: 2,
        ...(actions !== undefined && { actions }),
      });
      return { environment: fromResponseTable(table, { tasks, batchSize: 5, ...createEncoders(growing) }) };
    },
  });
}
