import type { EncoderContext, JointActions, LastRound, TextModel } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import {
  createRecommendationEnvironment,
  type RecommendationEnvironmentOptions,
} from './recommendation-environment.ts';
import { createExampleTask, exampleSpace, renderAnswer } from './testing/example-tasks.ts';
import { fromFunction } from './text-models/from-function.ts';

// Candidate 1 of 4 is relevant.
const judged = createExampleTask(1, { candidates: 4 });
const title = (candidate: number): string => judged.task.candidates[candidate]!.title;
const actions: JointActions = Object.fromEntries(exampleSpace.patterns.map(({ name }) => [name, new Int32Array(1)]));

/** Gives these rankings in turn, whatever is asked. */
function createModel(rankings: readonly (readonly number[])[]): TextModel {
  let call = 0;
  return fromFunction({
    id: 'in turn',
    answer: () => renderAnswer(rankings[call++]!.map(title)) || 'I like films.',
  });
}

/** Steps one round after another and tells what the environment showed and gave after each. */
async function run(
  rankings: readonly (readonly number[])[],
  options: Pick<RecommendationEnvironmentOptions, 'rounds' | 'ordersPerPrompt' | 'reward'>,
) {
  const seen: (LastRound | undefined)[] = [];
  const environment = createRecommendationEnvironment({
    tasks: [judged],
    space: exampleSpace,
    model: createModel(rankings),
    encoders: [
      {
        name: 'watcher',
        size: 1,
        encode({ last }: EncoderContext, output) {
          seen.push(last);
          output.fill(0);
        },
        state: () => ({ kind: 'watcher' }),
      },
    ],
    batchSize: 1,
    ...options,
  });
  await environment.reset({ seed: 0 });
  const steps = [];
  for (let round = 0; round < options.rounds!; round++) steps.push(await environment.step(actions));
  return { seen: seen.slice(1), steps };
}

describe('several answers to one prompt', () => {
  it('show later rounds one ranking, in order of the mean place', async () => {
    const { seen } = await run(
      [
        [2, 0, 1, 3],
        [0, 1, 2, 3],
      ],
      { rounds: 1, ordersPerPrompt: 2 },
    );
    // Mean places: candidate 0 1.5, 2 2, 1 2.5, 3 4.
    expect(seen[0]).toMatchObject({ status: 'complete', ranking: Int32Array.of(0, 2, 1, 3) });
  });

  it('are partial where they differ in how they could be read, and list only what one of them ranks', async () => {
    const { seen } = await run([[3, 1, 0, 2], []], { rounds: 1, ordersPerPrompt: 2 });
    expect(seen[0]).toMatchObject({ status: 'partial', ranking: Int32Array.of(3, 1, 0, 2) });
    // Points of 4, 3, then 1.5 for what is left out: candidate 1 7, 3 5.5, 0 4.5; no answer ranks 2.
    const rankings = [
      [3, 1],
      [1, 0],
    ];
    const short = await run(rankings, { rounds: 1, ordersPerPrompt: 2 });
    expect(short.seen[0]).toMatchObject({ status: 'partial', ranking: Int32Array.of(1, 3, 0) });
    const none = await run([[], []], { rounds: 1, ordersPerPrompt: 2 });
    expect(none.seen[0]).toMatchObject({ status: 'invalid', ranking: new Int32Array(0) });
  });
});

describe('the objective "sum"', () => {
  it('adds up the rounds, each worth its own score', async () => {
    const { steps } = await run(
      [
        [1, 0, 2, 3],
        [0, 1, 2, 3],
        [0, 2, 1, 3],
      ],
      { rounds: 3, reward: { objective: 'sum', discount: 0.5 } },
    );
    // Ranks 1, 2 and 3: 1, .63093, .5.
    const scores = [1, 1 / Math.log2(3), 0.5];
    let sum = 0;
    steps.forEach(({ infos, rewards }, round) => {
      sum += scores[round]!;
      expect(infos[0]!.score).toBeCloseTo(scores[round]!, 12);
      expect(infos[0]!.value).toBeCloseTo(sum, 12);
      expect(rewards[0]).toBeCloseTo(scores[round]!, 6);
    });
  });
});
