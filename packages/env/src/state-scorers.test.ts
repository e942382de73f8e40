import type { Scorer } from '@rppkit/spec';
import { describeVectorEnvironment } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { createHashedText } from './encoders/hashed-text.ts';
import { fitHistoryStatistics } from './encoders/history-statistics.ts';
import {
  createRecommendationEnvironment,
  type RecommendationEnvironmentOptions,
} from './recommendation-environment.ts';
import { createExampleTasks, exampleSpace, readShownTitles, renderAnswer } from './testing/example-tasks.ts';
import { fromFunction } from './text-models/from-function.ts';

// Of task i candidate i is relevant.
const tasks = createExampleTasks(3);
const encoders = [fitHistoryStatistics(tasks.map(({ task }) => task))];
const model = fromFunction({ id: 'echo', answer: (request) => renderAnswer(readShownTitles(request)) });

const score = (name: string, read: (place: number, places: number) => number): Scorer => ({
  name,
  score: ({ candidates }) => Float32Array.from(candidates, (_, place) => read(place, candidates.length)),
});
const forward = score('in candidate order', (place) => -place);
const backward = score('against candidate order', (place) => place);
const chance = score('chance', () => 1);

const create = (options: Partial<RecommendationEnvironmentOptions> = {}) =>
  createRecommendationEnvironment({ tasks, space: exampleSpace, model, encoders, batchSize: 3, ...options });

describeVectorEnvironment({
  name: 'recommendation with state scorers',
  create: async () => ({ environment: create({ rounds: 2, stateScorers: [forward, chance] }) }),
});

describe('stateScorers', () => {
  const places = tasks[0]!.task.candidates.length;
  const ndcgAt = (rank: number): number => 1 / Math.log2(rank + 1);
  const ranks = Array.from({ length: places }, (_, index) => index + 1);

  it('write what each ranker gets on the task at the end of the state, ties as expected values', async () => {
    const stateEncoder = createHashedText({ dimensions: 3, source: 'history' });
    const environment = create({ stateEncoders: [stateEncoder], stateScorers: [forward, backward, chance] });
    const { state, observations } = await environment.reset({ seed: 1 });
    const { infos } = await environment.step(
      Object.fromEntries(environment.agents.map((agent) => [agent, new Int32Array(3)])),
    );
    const size = environment.stateSize;
    expect(size).toBe(environment.observationSize + 3 + 3);
    for (const [row, info] of infos.entries()) {
      const index = tasks.indexOf(info!.judged);
      const rewards = [...state.subarray((row + 1) * size - 3, (row + 1) * size)];
      expect(rewards[0]).toBeCloseTo(ndcgAt(index + 1), 6);
      expect(rewards[1]).toBeCloseTo(ndcgAt(places - index), 6);
      expect(rewards[2]).toBeCloseTo(ranks.reduce((sum, rank) => sum + ndcgAt(rank), 0) / places, 6);
    }
    // The label reaches nothing but the state.
    expect(observations).toEqual((await create().reset({ seed: 1 })).observations);
  });

  it('judge with the metric of the reward, and ask each scorer once a task', async () => {
    let asked = 0;
    const counting: Scorer = {
      name: 'counting',
      score(task) {
        asked++;
        return forward.score(task);
      },
    };
    const environment = create({ stateScorers: [counting], reward: { k: 1 }, rounds: 2 });
    const { state } = await environment.reset({ seed: 1 });
    await environment.reset({ seed: 2 });
    expect(asked).toBe(3);
    const size = environment.stateSize;
    expect([0, 1, 2].map((row) => state[(row + 1) * size - 1]!).toSorted()).toEqual([0, 0, 1]);
  });

  it.each([
    ['an array of scorers', { stateScorers: [{ name: 'no score' }] as unknown as Scorer[] }],
    ['scorers with different names', { stateScorers: [forward, { ...backward, name: forward.name }] }],
  ])('are rejected where they are not %s', (message, options) => {
    expect(() => create(options)).toThrow(message);
  });

  it('must give a number for each candidate', async () => {
    const short: Scorer = { name: 'short', score: () => new Float32Array(1) };
    const broken: Scorer = { name: 'broken', score: ({ candidates }) => new Float32Array(candidates.length).fill(NaN) };
    for (const scorer of [short, broken]) {
      await expect(create({ stateScorers: [scorer] }).reset({ seed: 1 })).rejects.toThrow(
        `the scores of ${scorer.name} for task`,
      );
    }
  });
});
