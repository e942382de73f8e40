import { createRandomStream, type VectorEnvironment, type VectorStep } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { LearnerState } from '../learner/learner-state.ts';
import type { Budget } from './budget.ts';
import { createCheckpoint } from './checkpoint.ts';
import { type TrainableLearner, type TrainOptions, train } from './train.ts';
import type { EvaluationProgress, TrainingProgress } from './training-callbacks.ts';

/** What an environment plays after one reset: each row's rewards, as many as its episode has steps; NaN: a failed call. */
type Batch = readonly (readonly number[])[];

/** Plays scripted batches, the last one for ever; `resets` holds the seeds. */
function createScriptedEnvironment(batches: readonly Batch[]): VectorEnvironment & { readonly resets: number[] } {
  const batchSize = batches[0]!.length;
  const resets: number[] = [];
  let batch: Batch = [];
  let time = 0;
  const describeStep = (): VectorStep => {
    const at = (row: number): number | undefined => (time === 0 ? 0 : batch[row]![time - 1]);
    const flags = (read: (row: number) => boolean): Uint8Array =>
      Uint8Array.from({ length: batchSize }, (_, row) => (read(row) ? 1 : 0));
    const ends = (row: number): boolean => time > 0 && time === batch[row]!.length;
    return {
      observations: new Float32Array(batchSize),
      state: new Float32Array(batchSize),
      rewards: Float32Array.from({ length: batchSize }, (_, row) => at(row) || 0),
      terminated: flags((row) => ends(row) && !Number.isNaN(at(row))),
      truncated: flags((row) => ends(row) && Number.isNaN(at(row))),
      active: flags((row) => at(row) !== undefined),
      learnable: flags((row) => time > 0 && at(row) !== undefined && !Number.isNaN(at(row))),
      infos: [],
    };
  };
  return {
    resets,
    batchSize,
    agents: ['only'],
    observationSize: 1,
    observationLayout: [{ name: 'nothing', offset: 0, shape: [1] }],
    stateSize: 1,
    actionCounts: { only: 2 },
    async reset({ seed, signal }) {
      signal?.throwIfAborted();
      batch = batches[Math.min(resets.length, batches.length - 1)]!;
      resets.push(seed);
      time = 0;
      return describeStep();
    },
    async step() {
      time += 1;
      return describeStep();
    },
  };
}

/** Learns nothing, counts its updates and notes how it acted. */
function createCountingLearner(): TrainableLearner & { readonly acts: boolean[] } {
  let updates = 0;
  const acts: boolean[] = [];
  return {
    acts,
    name: 'counting',
    agents: ['only'],
    observationSize: 1,
    actionCounts: { only: 2 },
    act(observations, { deterministic }) {
      acts.push(deterministic);
      const { length } = observations;
      return { actions: { only: new Int32Array(length) }, logProbabilities: { only: new Float32Array(length) } };
    },
    async update() {
      updates += 1;
      return { 'train/n_updates': updates };
    },
    widen: () => undefined,
    dispose: () => undefined,
    save: (): LearnerState => ({ learner: 'counting', version: 1, updates, optimizerSteps: [], tensors: [] }),
    load: (state) => {
      updates = state.updates;
    },
  };
}

const random = createRandomStream('training');
const play = (
  batches: readonly Batch[],
  options: Omit<TrainOptions, 'random'>,
  learner: TrainableLearner = createCountingLearner(),
): ReturnType<typeof train> => train(createScriptedEnvironment(batches), learner, { random, ...options });

describe('budget', () => {
  const countUpdates = async (batches: readonly Batch[], budget: Budget): Promise<number[]> => {
    const { reason, state } = await play(batches, { budget });
    expect(reason).toBe('budget');
    return [state.updates, state.episodes, state.calls];
  };
  // Two rows: 2, then 3 + 1, then 1 + 2 calls, then 2 for ever.
  const batches: readonly Batch[] = [
    [[1], [1]],
    [[1, 1, 1], [1]],
    [[1], [1, 1]],
    [[1], [1]],
  ];

  it('is a number of updates', async () => {
    expect(await countUpdates(batches, { updates: 3 })).toEqual([3, 6, 9]);
  });

  it('is used up to whole batches of episodes', async () => {
    expect(await countUpdates(batches, { episodes: 7 })).toEqual([3, 6, 9]);
    expect(await countUpdates(batches, { episodes: 8 })).toEqual([4, 8, 11]);
  });

  it('of calls ends before an iteration as costly as the costliest so far would exceed it', async () => {
    // After 2 + 4 + 3 + 2 = 11 calls another 4 would make 15, so 15 allows it and 14 does not.
    expect(await countUpdates(batches, { calls: 14 })).toEqual([4, 8, 11]);
    expect(await countUpdates(batches, { calls: 15 })).toEqual([5, 10, 13]);
  });

  it('of calls may be exceeded by an iteration that is costlier than all before it', async () => {
    expect(await countUpdates(batches, { calls: 5 })).toEqual([2, 4, 6]);
  });

  it('of calls is never exceeded where the longest episode is known', async () => {
    expect(await countUpdates(batches, { calls: 7, longestEpisode: 3 })).toEqual([1, 2, 2]);
    expect(await countUpdates(batches, { calls: 8, longestEpisode: 3 })).toEqual([2, 4, 6]);
  });

  it('of calls pays for what was called beside the rollouts, other budgets do not', async () => {
    let others = 0;
    const onUpdate = (): void => {
      others += 3;
    };
    const options = { otherCalls: () => others, callbacks: { onUpdate } };
    const { state } = await play([[[1], [1]]], { budget: { calls: 12 }, ...options });
    // 2 + 3, 2 + 3; another 2 make 12.
    expect(state.calls).toBe(6);
    expect((await play([[[1], [1]]], { budget: { episodes: 12 }, ...options })).state.episodes).toBe(12);
  });

  it('counts a failed call as a call', async () => {
    expect(await countUpdates([[[Number.NaN], [1]]], { calls: 4 })).toEqual([2, 4, 4]);
  });

  it.each<[Budget, RegExp]>([
    [{ updates: 0 }, /budget.updates to be a positive integer, received 0/],
    [{ episodes: 1.5 }, /budget.episodes to be a positive integer/],
    [{ episodes: 1 }, /budget.episodes to be at least 2, for one iteration, received 1/],
    [{ calls: 1 }, /budget.calls to be at least 2/],
    [{ calls: 5, longestEpisode: 3 }, /budget.calls to be at least 6, for one iteration, received 5/],
    [{ longestEpisode: 3, calls: 5 }, /budget.calls to be at least 6, for one iteration, received 5/],
    [{ calls: 5, longestEpisode: 0 }, /budget.longestEpisode to be a positive integer/],
    [undefined as unknown as Budget, /budget to be \{ updates \}/],
    [{} as Budget, /budget to be \{ updates \}/],
    [{ updates: 1, calls: 9 }, /budget to be \{ updates \}/],
    [{ rounds: 1 } as unknown as Budget, /budget to be \{ updates \}/],
  ])('refuses %j', async (budget, message) => {
    await expect(play(batches, { budget })).rejects.toThrow(message);
  });
});

describe('metrics', () => {
  it('have the names of Stable-Baselines3 and leave episodes with a failed call out', async () => {
    const seen: TrainingProgress[] = [];
    await play(
      [
        [[1, 2], [4], [8, Number.NaN]],
        [[Number.NaN], [Number.NaN], [Number.NaN]],
      ],
      { budget: { updates: 2 }, callbacks: { onUpdate: (progress) => void seen.push(progress) } },
    );
    expect(seen.map(({ metrics }) => metrics)).toEqual([
      {
        'rollout/ep_rew_mean': 3.5,
        'rollout/ep_len_mean': 1.5,
        'time/iterations': 1,
        'time/total_timesteps': 5,
        'train/n_updates': 1,
      },
      {
        'rollout/ep_rew_mean': Number.NaN,
        'rollout/ep_len_mean': Number.NaN,
        'time/iterations': 2,
        'time/total_timesteps': 8,
        'train/n_updates': 2,
      },
    ]);
  });

  it('has another seed for every iteration, each decided by the stream and its number alone', async () => {
    const first = createScriptedEnvironment([[[1]]]);
    await train(first, createCountingLearner(), { budget: { updates: 3 }, random });
    const second = createScriptedEnvironment([[[1]]]);
    const drawn = createRandomStream('training');
    drawn.bits();
    await train(second, createCountingLearner(), { budget: { updates: 3 }, random: drawn });
    expect(second.resets).toEqual(first.resets);
    expect(new Set(first.resets).size).toBe(3);
  });
});

/** Evaluation rewards, one episode each, then the last for ever. */
const evaluateTo = (...rewards: number[]): { evaluation: TrainOptions['evaluation'] & object; evaluationEvery: 1 } => ({
  evaluation: { environment: createScriptedEnvironment(rewards.map((reward) => [[reward]])), seed: 5 },
  evaluationEvery: 1,
});

describe('evaluation', () => {
  it('plays deterministically, as often as asked, on the same tasks each time', async () => {
    const environment = createScriptedEnvironment([
      [[1], [2, 3]],
      [[4], [Number.NaN]],
    ]);
    const learner = createCountingLearner();
    const seen: EvaluationProgress[] = [];
    const { state, best } = await play(
      [[[0]]],
      {
        budget: { updates: 7 },
        evaluation: { environment, episodes: 4, seed: 9 },
        evaluationEvery: 3,
        callbacks: { onEvaluation: (progress) => void seen.push(progress) },
      },
      learner,
    );
    expect(seen.map(({ update }) => update)).toEqual([3, 6]);
    expect(seen[0]).toMatchObject({ rewards: [1, 5, 4], lengths: [1, 2, 1] });
    expect(seen[0]!.metrics).toEqual({
      'eval/mean_reward': 10 / 3,
      'eval/mean_ep_length': 4 / 3,
      'time/iterations': 3,
      'time/total_timesteps': 3,
    });
    const [first, second, ...again] = environment.resets;
    expect(first).not.toBe(second);
    expect(again).toEqual([first, second]);
    // Two steps, then one, for each evaluation; three updates of one step before each, and one after.
    const evaluated = [true, true, true];
    const trained = [false, false, false];
    expect(learner.acts).toEqual([...trained, ...evaluated, ...trained, true, true, false]);
    // Evaluations are no calls of the training.
    expect(state.calls).toBe(7);
    expect(best).toMatchObject({ update: 6, meanReward: 4, learner: { updates: 6 } });
  });

  it('keeps the learner of the highest mean reward, the first among equals', async () => {
    const { best, reason } = await play([[[0]]], { budget: { updates: 5 }, ...evaluateTo(1, 3, 2, 3, Number.NaN) });
    expect(best).toMatchObject({ update: 2, meanReward: 3, learner: { updates: 2 } });
    expect(reason).toBe('budget');
  });

  it('has no best where no evaluation had an episode with its rewards', async () => {
    const result = await play([[[0]]], { budget: { updates: 2 }, ...evaluateTo(Number.NaN) });
    expect('best' in result).toBe(false);
    expect(result.state.evaluation).toEqual({ update: 2, unimproved: 0 });
  });

  it.each<[Partial<TrainOptions>, RegExp]>([
    [{ evaluationEvery: 1 }, /Expected evaluation to be given together with evaluationEvery/],
    [
      { evaluation: { environment: createScriptedEnvironment([[[1]]]), seed: 1 } },
      /Expected evaluationEvery to be given together with evaluation/,
    ],
    [{ ...evaluateTo(1), evaluationEvery: 0 }, /evaluationEvery to be a positive integer/],
    [
      {
        evaluation: { environment: createScriptedEnvironment([[[1], [1]]]), seed: 1, episodes: 3 },
        evaluationEvery: 1,
      },
      /evaluation.episodes to be a positive multiple of the batch of 2, received 3/,
    ],
    [
      { evaluation: { environment: createScriptedEnvironment([[[1]]]), seed: 0.5 }, evaluationEvery: 1 },
      /evaluation.seed/,
    ],
    [{ earlyStopping: { patience: 1 } }, /Expected evaluation to be given together with earlyStopping/],
    [{ ...evaluateTo(1), earlyStopping: { patience: 0 } }, /earlyStopping.patience/],
    [{ ...evaluateTo(1), earlyStopping: { patience: 1, minimumDelta: -1 } }, /earlyStopping.minimumDelta/],
  ])('refuses options that contradict each other, %#', async (options, message) => {
    await expect(play([[[0]]], { budget: { updates: 2 }, ...options })).rejects.toThrow(message);
  });
});

describe('early stopping', () => {
  const stopAfter = async (
    rewards: readonly number[],
    earlyStopping: NonNullable<TrainOptions['earlyStopping']>,
  ): Promise<[string, number, number | undefined]> => {
    const { reason, state, best } = await play([[[0]]], {
      budget: { updates: rewards.length },
      ...evaluateTo(...rewards),
      earlyStopping,
    });
    return [reason, state.updates, best?.update];
  };

  it('ends when as many evaluations in a row as patience says bring no improvement', async () => {
    expect(await stopAfter([1, 2, 2, 1.5, 3, 3, 9], { patience: 2 })).toEqual(['early-stopping', 4, 2]);
    expect(await stopAfter([1, 2, 2, 3, 3, 3, 9], { patience: 2 })).toEqual(['early-stopping', 6, 4]);
    expect(await stopAfter([1, 2, 2, 3, 3, 4, 4], { patience: 2 })).toEqual(['budget', 7, 6]);
  });

  it('counts no rise of at most minimumDelta as an improvement, but keeps the better learner', async () => {
    // 1.25 and 1.5 rise by at most 0.5 above 1, the last improvement.
    expect(await stopAfter([1, 1.25, 1.5, 9], { patience: 2, minimumDelta: 0.5 })).toEqual(['early-stopping', 3, 3]);
    expect(await stopAfter([1, 1.25, 1.75, 1.75], { patience: 2, minimumDelta: 0.5 })).toEqual(['budget', 4, 3]);
  });

  it('does not count an evaluation that lost all its episodes', async () => {
    expect(await stopAfter([1, 1, Number.NaN, Number.NaN, 1, 9], { patience: 2 })).toEqual(['early-stopping', 5, 1]);
  });
});

describe('callbacks', () => {
  const listen = (
    log: string[],
    answers: Readonly<Record<string, 'stop'>> = {},
  ): TrainOptions['callbacks'] & object => ({
    onStart: ({ state }) => {
      log.push(`start ${state.updates}`);
      return answers['start'];
    },
    onUpdate: async ({ update }) => {
      log.push(`update ${update}`);
      await Promise.resolve();
      log.push('awaited');
      return answers[`update ${update}`];
    },
    onEvaluation: ({ update }) => {
      log.push(`evaluation ${update}`);
      return answers[`evaluation ${update}`];
    },
    onEnd: ({ reason, state }) => void log.push(`end ${reason} ${state.updates}`),
  });

  it('are awaited in the order of the events', async () => {
    const log: string[] = [];
    await play([[[0]]], { budget: { updates: 2 }, ...evaluateTo(1, 2), evaluationEvery: 2, callbacks: listen(log) });
    expect(log).toEqual(['start 0', 'update 1', 'awaited', 'update 2', 'awaited', 'evaluation 2', 'end budget 2']);
  });

  it.each([
    ['start', ['start 0', 'end callback 0']],
    ['update 1', ['start 0', 'update 1', 'awaited', 'end callback 1']],
    ['evaluation 1', ['start 0', 'update 1', 'awaited', 'evaluation 1', 'end callback 1']],
  ])('stop the training with an answer at %s', async (event, expected) => {
    const log: string[] = [];
    const callbacks = listen(log, { [event]: 'stop' });
    const { reason } = await play([[[0]]], { budget: { updates: 3 }, ...evaluateTo(1), callbacks });
    expect(reason).toBe('callback');
    expect(log).toEqual(expected);
  });

  it('are all called, one after the other, even where the first says stop', async () => {
    const log: string[] = [];
    const callbacks = [
      {
        onUpdate: async () => {
          await Promise.resolve();
          log.push('first');
          return 'stop' as const;
        },
      },
      { onStart: () => void log.push('start') },
      { onUpdate: () => void log.push('third') },
    ];
    await play([[[0]]], { budget: { updates: 3 }, callbacks });
    expect(log).toEqual(['start', 'first', 'third']);
  });

  it('leave the learner as after the last finished update where one throws', async () => {
    const learner = createCountingLearner();
    const failure = new Error('disk full');
    const callbacks = {
      onUpdate: ({ update }: { update: number }) => {
        if (update === 2) throw failure;
      },
    };
    await expect(play([[[0]]], { budget: { updates: 3 }, callbacks }, learner)).rejects.toBe(failure);
    expect(learner.save().updates).toBe(2);
  });
});

describe('abort', () => {
  const reason = new Error('enough');

  it('rejects with the reason of the signal, between updates', async () => {
    const controller = new AbortController();
    const learner = createCountingLearner();
    const callbacks = {
      onUpdate: ({ update }: { update: number }) => {
        if (update === 3) controller.abort(reason);
      },
    };
    const training = play([[[0]]], { budget: { updates: 10 }, callbacks, signal: controller.signal }, learner);
    await expect(training).rejects.toBe(reason);
    expect(learner.save().updates).toBe(3);
  });

  it('rejects with it in the middle of an iteration too, whatever the environment throws then', async () => {
    const controller = new AbortController();
    const learner = createCountingLearner();
    const environment = createScriptedEnvironment([[[0]]]);
    let steps = 0;
    const step: typeof environment.step = async (actions) => {
      steps += 1;
      if (steps < 3) return environment.step(actions);
      controller.abort(reason);
      throw new Error('connection closed');
    };
    const training = train({ ...environment, step }, learner, {
      budget: { updates: 10 },
      random,
      signal: controller.signal,
    });
    await expect(training).rejects.toBe(reason);
    expect(learner.save().updates).toBe(2);
  });

  it('does not update on a rollout during which it was aborted', async () => {
    const controller = new AbortController();
    const learner = createCountingLearner();
    const environment = createScriptedEnvironment([[[0]]]);
    const step: typeof environment.step = async (actions) => {
      controller.abort(reason);
      return environment.step(actions);
    };
    const training = train({ ...environment, step }, learner, {
      budget: { updates: 10 },
      random,
      signal: controller.signal,
    });
    await expect(training).rejects.toBe(reason);
    expect(learner.save().updates).toBe(0);
  });

  it('rejects with it during an evaluation, and before the first iteration', async () => {
    const controller = new AbortController();
    const environment = createScriptedEnvironment([[[0]]]);
    const reset: typeof environment.reset = async (options) => {
      controller.abort(reason);
      return environment.reset(options);
    };
    const evaluation = { environment: { ...environment, reset }, seed: 1 };
    const options = { budget: { updates: 10 }, evaluation, evaluationEvery: 2, signal: controller.signal };
    const learner = createCountingLearner();
    await expect(play([[[0]]], options, learner)).rejects.toBe(reason);
    expect(learner.save().updates).toBe(2);
    const untouched = createCountingLearner();
    await expect(play([[[0]]], options, untouched)).rejects.toBe(reason);
    expect(untouched.acts).toEqual([]);
  });

  it.each(['onUpdate', 'onEnd'])('rejects with it even in the last %s', async (event) => {
    const controller = new AbortController();
    const callbacks = { [event]: () => controller.abort(reason) };
    const training = play([[[0]]], { budget: { updates: 1 }, callbacks, signal: controller.signal });
    await expect(training).rejects.toBe(reason);
  });

  it('leaves errors alone where nobody aborted', async () => {
    const environment = createScriptedEnvironment([[[0]]]);
    const step = async (): Promise<never> => Promise.reject(new Error('connection closed'));
    const { signal } = new AbortController();
    const training = train({ ...environment, step }, createCountingLearner(), {
      budget: { updates: 1 },
      random,
      signal,
    });
    await expect(training).rejects.toThrow('connection closed');
  });
});

describe('resume', () => {
  it('goes on with an evaluation that was due, and with patience that was used up', async () => {
    const start = createCheckpoint(createCountingLearner(), {
      state: { updates: 4, episodes: 4, calls: 4, mostCalls: 1, randomKey: random.state().key },
    });
    const log: string[] = [];
    const callbacks = {
      onUpdate: ({ update }: { update: number }) => void log.push(`update ${update}`),
      onEvaluation: ({ update }: { update: number }) => void log.push(`evaluation ${update}`),
    };
    const options = { ...evaluateTo(1), evaluationEvery: 2, callbacks };
    await play([[[0]]], { ...options, budget: { updates: 6 }, resumeFrom: start });
    expect(log).toEqual(['evaluation 4', 'update 5', 'update 6', 'evaluation 6']);
    const tired = { ...start, training: { ...start.training, evaluation: { update: 4, unimproved: 2, reference: 1 } } };
    const result = await play([[[0]]], {
      ...options,
      budget: { updates: 6 },
      earlyStopping: { patience: 2 },
      resumeFrom: tired,
    });
    expect([result.reason, result.state.updates]).toEqual(['early-stopping', 4]);
  });

  it('counts what came before the checkpoint towards the budget', async () => {
    const state = { updates: 2, episodes: 2, calls: 9, mostCalls: 5, randomKey: random.state().key };
    const resumeFrom = createCheckpoint(createCountingLearner(), { state });
    const at = async (budget: Budget): Promise<number> => (await play([[[0]]], { budget, resumeFrom })).state.updates;
    expect(await at({ updates: 5 })).toBe(5);
    expect(await at({ episodes: 3 })).toBe(3);
    // The costliest iteration so far made 5 calls.
    expect(await at({ calls: 14 })).toBe(3);
    expect(await at({ calls: 13 })).toBe(2);
  });

  it('refuses a checkpoint of another stream before it changes the learner', async () => {
    const { state } = await play([[[0]]], { budget: { updates: 2 } });
    const learner = createCountingLearner();
    const resumeFrom = createCheckpoint(createCountingLearner(), { state });
    await learner.update({
      batchSize: 1,
      steps: [],
      finalObservations: new Float32Array(),
      finalState: new Float32Array(),
    });
    const other = createRandomStream('another');
    await expect(
      train(createScriptedEnvironment([[[0]]]), learner, { budget: { updates: 4 }, random: other, resumeFrom }),
    ).rejects.toThrow(/Expected random to be the stream of the checkpoint/);
    expect(learner.save().updates).toBe(1);
  });
});
