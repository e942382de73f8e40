import { recall } from '@rppkit/metrics';
import type { ParsedRanking } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertRewardOptions,
  computeAnswerScore,
  computeGains,
  computeRankingsScore,
  computeReward,
  type GivenAnswer,
  type RewardOptions,
} from './reward.ts';
import { createExampleTask } from './testing/example-tasks.ts';

function createAnswer(ranking: readonly number[], tokens: readonly [number, number] = [0, 0]): GivenAnswer {
  const listed = new Set(ranking);
  const missing = Array.from({ length: 10 }, (_, index) => index).filter((index) => !listed.has(index));
  const parsed: ParsedRanking =
    ranking.length === 0
      ? { kind: 'invalid', reason: 'no-list', raw: '' }
      : {
          kind: missing.length === 0 ? 'complete' : 'partial',
          order: Int32Array.from(ranking),
          missing: Int32Array.from(missing),
          repeated: 0,
          foreign: [],
          approximate: 0,
          strategy: 'titles',
        };
  return {
    outcome: 'answered',
    prompt: { text: '', messages: [], spans: [], answer: 'titles', firstIndex: 1, window: 2, estimatedTokens: 0 },
    candidateOrder: Int32Array.from({ length: 10 }, (_, index) => index),
    raw: '',
    parsed,
    ranking: Int32Array.from(ranking),
    usage: { inputTokens: tokens[0], outputTokens: tokens[1], estimated: false },
    cached: false,
  };
}

// Candidate 2 is relevant.
const judged = createExampleTask(2);

describe('computeGains', () => {
  it('follows the task’s own order; items without a label have gain 0', () => {
    expect([...computeGains(judged)]).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('computeAnswerScore', () => {
  it('is 1 / log2(rank + 1) for one relevant item', () => {
    expect(computeAnswerScore(judged, createAnswer([2, 0, 1, 3, 4, 5, 6, 7, 8, 9]))).toBe(1);
    expect(computeAnswerScore(judged, createAnswer([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))).toBeCloseTo(0.5, 12);
    expect(computeAnswerScore(judged, createAnswer([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), { k: 2 })).toBe(0);
  });

  // Defect 9: missing items were scored like all others, incomplete answers fell back to candidate order.
  it('gives an invalid answer the chance level .4544, not the value of the candidate order', () => {
    // method.md section 3: one relevant item among 10, random order, NDCG@10 .4544.
    expect(computeAnswerScore(judged, createAnswer([]))).toBeCloseTo(0.4544, 4);
    expect(computeAnswerScore(judged, createAnswer([]), { missing: 'zero' })).toBe(0);
    // Candidate order would put it third: 1 / log2(4).
    expect(computeAnswerScore(judged, createAnswer([]), { missing: 'bottom-in-candidate-order' })).toBeCloseTo(0.5, 12);
  });

  it('scores a missing relevant item by the option, three different numbers', () => {
    // Ranks 2 … 10 are equally likely: the mean of 1 / log2(r + 1) over them is (4.543559 - 1) / 9.
    const answer = createAnswer([7]);
    const expected = [2, 3, 4, 5, 6, 7, 8, 9, 10].reduce((sum, rank) => sum + 1 / Math.log2(rank + 1) / 9, 0);
    expect(expected).toBeCloseTo(3.543559 / 9, 6);
    expect(computeAnswerScore(judged, answer, { missing: 'expected-ties' })).toBeCloseTo(expected, 12);
    // After candidates 7, 0 and 1: rank 4.
    expect(computeAnswerScore(judged, answer, { missing: 'bottom-in-candidate-order' })).toBeCloseTo(
      1 / Math.log2(5),
      12,
    );
    expect(computeAnswerScore(judged, answer, { missing: 'zero' })).toBe(0);
  });

  // Defect 4: one scalar reward for all users.
  it('judges the same ranking by each user’s own label', () => {
    const answer = createAnswer([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const values = [0, 1, 2].map((index) => computeAnswerScore(createExampleTask(index), answer));
    expect(values[0]).toBe(1);
    expect(values[1]).toBeCloseTo(0.63093, 5);
    expect(values[2]).toBeCloseTo(0.5, 12);
  });
});

describe('computeRankingsScore', () => {
  it('takes any metric with a cut-off', () => {
    const two = { ...judged, relevance: new Map([...judged.relevance, [judged.task.candidates[5]!.id, 1]]) };
    // Of candidates 2 and 5, the first three hold one.
    expect(computeRankingsScore(two, [[7, 2, 0]], { metric: recall, k: 3, missing: 'zero' })).toBe(0.5);
  });

  it('refuses what is no number as a reward', () => {
    const metric = ({ order }: { readonly order: ArrayLike<number> }) => 1 / (order.length - 1);
    expect(() => computeRankingsScore(judged, [[2]], { metric, missing: 'zero' })).toThrow(
      'Expected what the metric gives for task "task-2" to be finite, received Infinity',
    );
  });

  it('judges the Borda aggregate of several rankings', () => {
    // Points of 10, 9, 8, …: candidate 2 gets 10 + 9, candidate 7 gets 9 + 8, candidate 0 gets 8 + 10.
    const rankings = [
      [2, 7, 0, 1, 3, 4, 5, 6, 8, 9],
      [0, 2, 7, 1, 3, 4, 5, 6, 8, 9],
    ];
    expect(computeRankingsScore(judged, rankings)).toBe(1);
    expect(computeRankingsScore(judged, rankings.slice(1))).toBeCloseTo(0.63093, 5);
    // An unreadable answer beside a readable one leaves the order as it is.
    expect(computeRankingsScore(judged, [rankings[1]!, []])).toBeCloseTo(0.63093, 5);
  });
});

describe('computeReward', () => {
  it('returns discount^T times the last NDCG over an episode, whatever came between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 15 }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (values, discount) => {
          let returned = 0;
          values.forEach((current, round) => {
            const previous = round === 0 ? 0 : values[round - 1]!;
            returned += discount ** round * computeReward({ current, previous }, [createAnswer([0])], { discount });
          });
          expect(returned).toBeCloseTo(discount ** values.length * values.at(-1)!, 9);
        },
      ),
    );
  });

  it('is what the round added for the objective "sum", whatever the discount', () => {
    const value = { current: 1.3, previous: 0.9 };
    expect(computeReward(value, [createAnswer([0])], { objective: 'sum', discount: 0.5 })).toBeCloseTo(0.4, 12);
    expect(computeReward(value, [createAnswer([0])], { discount: 0.5 })).toBeCloseTo(-0.25, 12);
  });

  it('refuses a round without an answer', () => {
    expect(() => computeReward({ current: 1, previous: 0 }, [])).toThrow('Expected answers to be at least one');
  });

  it('takes off the price of prompt and answer tokens', () => {
    // 1,500 tokens at .02 per 1,000 cost .03.
    const answer = createAnswer([0], [1200, 300]);
    expect(computeReward({ current: 0.5, previous: 0 }, [answer], { pricePerThousandTokens: 0.02 })).toBeCloseTo(
      0.47,
      12,
    );
    // A prompt that is asked twice costs twice.
    expect(
      computeReward({ current: 0.5, previous: 0 }, [answer, answer], { pricePerThousandTokens: 0.02 }),
    ).toBeCloseTo(0.44, 12);
  });

  it('takes off the penalty for invalid answers only', () => {
    const value = { current: 0.45, previous: 0 };
    expect(computeReward(value, [createAnswer([])], { invalidPenalty: 0.2 })).toBeCloseTo(0.25, 12);
    expect(computeReward(value, [createAnswer([0])], { invalidPenalty: 0.2 })).toBe(0.45);
    // Half of the answers are invalid.
    expect(computeReward(value, [createAnswer([]), createAnswer([0])], { invalidPenalty: 0.2 })).toBeCloseTo(0.35, 12);
  });
});

describe('assertRewardOptions', () => {
  it.each<[string, RewardOptions]>([
    ['reward.metric', { metric: 'ndcg' as unknown as typeof recall }],
    ['reward.k', { k: 0 }],
    ['reward.k', { k: 2.5 }],
    ['reward.missing', { missing: 'last' as 'bottom-in-candidate-order' }],
    ['reward.objective', { objective: 'best' as 'final' }],
    ['reward.discount', { discount: 0 }],
    ['reward.discount', { discount: 1.01 }],
    ['reward.discount', { discount: Number.NaN }],
    ['reward.pricePerThousandTokens', { pricePerThousandTokens: -1 }],
    ['reward.invalidPenalty', { invalidPenalty: Number.POSITIVE_INFINITY }],
  ])('rejects %s of %j', (name, options) => {
    expect(() => assertRewardOptions(options)).toThrow(`Expected ${name} to be`);
  });

  it('accepts the defaults', () => {
    expect(() => assertRewardOptions({})).not.toThrow();
  });
});
