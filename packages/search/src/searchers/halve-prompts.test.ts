import { describe, expect, it } from 'vitest';
import { createDeterministicSource } from './deterministic-source.fixture.ts';
import { halvePrompts, type LeadingPrompt } from './halve-prompts.ts';
import { createSearchCalls } from './search-calls.ts';

const rounds = [
  { finalists: 4, tasksEach: 2 },
  { finalists: 2, tasksEach: 3 },
];
const finalists = [0, 1, 2, 3].map((reasoning) => [0, reasoning, 0]);
const getDraw = (place: number) => ({ task: place % 2, orderIndex: 0, sampleIndex: Math.floor(place / 2) });

describe('halvePrompts', () => {
  it('pools the rewards of all rounds on the same places', async () => {
    // Places of the relevant item in the answers to places 0 … 4.
    const answers = [
      [0, 0, 3, 3, 3],
      [1, 1, 0, 0, 0],
      [2, 2],
      [3, 3],
    ];
    const { source, trials } = createDeterministicSource(({ task, sampleIndex }, prompt) => {
      const others = [1, 2, 3];
      others.splice(answers[prompt]![2 * sampleIndex + task]!, 0, 0);
      return others;
    });
    const calls = createSearchCalls(source, 1, { calls: 14 });
    // After two rounds: 0 has (2 + 3 x .43) / 5 = .66, 1 has (2 x .63 + 3) / 5 = .85.
    const leaders: LeadingPrompt[] = [];
    const onLeader = (leader: LeadingPrompt): unknown => leaders.push(leader);
    const { choice, rankings } = await halvePrompts(calls, { finalists, rounds, getDraw, onLeader });
    expect(choice).toEqual([0, 1, 0]);
    expect(leaders).toEqual([
      { choice: [0, 0, 0], mean: 1, answers: 2 },
      { choice: [0, 1, 0], mean: (2 / Math.log2(3) + 3) / 5, answers: 5 },
    ]);
    expect(rankings.map((ranking) => ranking!.indexOf(0))).toEqual(answers[1]);
    expect(trials).toHaveLength(14);
    expect(new Set(trials.slice(8).map(({ choice: [, reasoning] }) => reasoning))).toEqual(new Set([0, 1]));
  });

  it('counts a finalist that was never answered as an average one', async () => {
    const { source, trials } = createDeterministicSource((_, prompt) => {
      if (prompt === 2) return undefined;
      return prompt === 1 ? [0, 1, 2, 3] : [1, 2, 3, 0];
    });
    const calls = createSearchCalls(source, 1, { calls: 14 });
    const { choice } = await halvePrompts(calls, { finalists, rounds, getDraw });
    expect(choice).toEqual([0, 1, 0]);
    expect(new Set(trials.slice(8).map(({ choice: [, reasoning] }) => reasoning))).toEqual(new Set([1, 2]));
  });

  it('keeps the order of its finalists where it learns nothing', async () => {
    const { source } = createDeterministicSource(() => [0, 1, 2, 3]);
    const calls = createSearchCalls(source, 1, { calls: 14 });
    const judge = (): number => Number.NaN;
    expect((await halvePrompts(calls, { finalists, rounds, getDraw, judge })).choice).toEqual([0, 0, 0]);
  });
});
