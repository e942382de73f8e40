import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createDeterministicSource } from './deterministic-source.fixture.ts';
import { createSequenceSearch } from './sequence-search.ts';

// The relevant item is candidate 0. NDCG by place: 1, .63, .5, .43.
const rankings: readonly (readonly [even: readonly number[], odd: readonly number[]])[] = [
  // Best alone: (1 + .5) / 2 = .75.
  [
    [0, 1, 2, 3],
    [1, 2, 0, 3],
  ],
  // Like it, a little worse: (.63 + .5) / 2.
  [
    [1, 0, 2, 3],
    [1, 2, 0, 3],
  ],
  // Right where the first is wrong: (.43 + 1) / 2 = .715.
  [
    [1, 2, 3, 0],
    [0, 3, 2, 1],
  ],
  // Always wrong.
  [
    [3, 2, 1, 0],
    [3, 2, 1, 0],
  ],
];
const rank = ({ task }: { readonly task: number }, prompt: number) => rankings[prompt % 4]![task % 2]!;
const actions = Int32Array.of(0, 1, 2, 3);

describe('createSequenceSearch', () => {
  it('adds the prompt that helps most, not the next best one', async () => {
    const { source, trials } = createDeterministicSource(rank, { actions, candidateOrders: 3 });
    const found = await createSequenceSearch({ prompts: 2 }).search(source, {
      calls: 400,
      random: createRandomStream(1),
    });
    // By hand: 0 with 0 is worth .75, with 1 (.815 + .5) / 2, with 2 (.565 + 1) / 2 = .78, and with 3
    // (.64, all tied, + .43) / 2.
    const worth = [0, 1, 2, 3].map((prompt) => {
      const judge = (task: number): number =>
        source.judge(
          task,
          [0, prompt].map((each) => Int32Array.from(rank({ task }, each))),
        );
      return (judge(0) + judge(1)) / 2;
    });
    expect(worth.map((value) => value.toFixed(2))).toEqual(['0.75', '0.66', '0.78', '0.54']);
    expect(found.promptsPerRanking).toBe(2);
    expect(found.choose(source.tasks[0]!.task).map((choice) => choice[1])).toEqual([0, 2]);
    // 200 to screen; 2 steps of 4 x 12 and 2 x 25.
    expect(found.calls).toBe(396);
    expect(trials).toHaveLength(396);
  });

  it('asks the places of the sequence in different candidate orders, on the same tasks', async () => {
    const { source, trials } = createDeterministicSource(rank, { actions, candidateOrders: 4, users: 100 });
    await createSequenceSearch({ prompts: 2 }).search(source, { calls: 400, random: createRandomStream(2) });
    const steps = [trials.slice(200, 298), trials.slice(298)];
    steps.forEach((step, index) => {
      expect(new Set(step.map(({ orderIndex }) => orderIndex))).toEqual(new Set([index]));
    });
    expect(steps[1]!.map(({ task }) => task)).toEqual(steps[0]!.map(({ task }) => task));
  });

  it('learns nothing of the next prompt where an answer of an earlier one is missing', async () => {
    const failing = createDeterministicSource(
      (trial, prompt) => (trial.sampleIndex % 3 === 0 ? undefined : rank(trial, prompt)),
      { actions },
    );
    const found = await createSequenceSearch({ prompts: 2 }).search(failing.source, {
      calls: 800,
      random: createRandomStream(3),
    });
    expect(found.choose(failing.source.tasks[0]!.task).map((choice) => choice[1])).toEqual([0, 2]);
  });

  it('refuses a sequence of no prompts, and budgets of fewer than 16 calls for each', () => {
    expect(() => createSequenceSearch({ prompts: 0 })).toThrow('prompts');
    const { source } = createDeterministicSource(rank);
    expect(createSequenceSearch({ prompts: 5 }).computeFewestCalls(source)).toBe(80);
  });
});
