import { describe, expect, it } from 'vitest';
import { planHalving, planRounds, planSmallHalving } from './halving-plan.ts';

describe('planRounds', () => {
  it('shares the calls evenly among the rounds', () => {
    // 25 calls a round: 8 x 3, 4 x 6, 2 x 12.
    expect(planRounds(75, 8)).toEqual([
      { finalists: 8, tasksEach: 3 },
      { finalists: 4, tasksEach: 6 },
      { finalists: 2, tasksEach: 12 },
    ]);
    expect(planRounds(75, 1)).toEqual([]);
  });
});

describe('planSmallHalving', () => {
  it('takes as many finalists as get four tasks each in the first round', () => {
    const first = (calls: number, prompts = 1000): number => planSmallHalving(calls, prompts)[0]?.finalists ?? 1;
    // 16 finalists need 16 x 4 calls in each of 4 rounds, 8 need 32 in each of 3, 4 need 16 in each of 2, 2 need 8.
    expect([256, 255, 96, 95, 32, 31, 8, 7].map((calls) => first(calls))).toEqual([16, 8, 8, 4, 4, 2, 2, 1]);
    expect(first(100_000)).toBe(16);
    expect(first(100_000, 7)).toBe(4);
    expect(first(100_000, 1)).toBe(1);
  });
});

describe('planHalving', () => {
  it('has nothing to tell apart where there is one prompt', () => {
    expect(planHalving(200, 1)).toEqual({ screening: 100, rounds: [], calls: 100 });
  });
});
