import type { ParsedRanking } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RankingAnswer } from './ask-ranking.ts';
import { assertRewardOptions, computeAnswerNdcg, computeGains, computeReward, type RewardOptions } from './reward.ts';
import { createExampleTask } from './testing/example-tasks.ts';

type Given = Exclude<RankingAnswer, { readonly outcome: 'failed' }>;

function createAnswer(ranking: readonly number[], tokens: readonly [number, number] = [0, 0]): Given {
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
          strategy: 'titles',
        };
  return {
    outcome: 'answered',
    prompt: { text: '', messages: [], spans: [], answer: 'titles' },
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

describe('computeAnswerNdcg', () => {
  it('is 1 / log2(rank + 1) for one relevant item', () => {
    expect(computeAnswerNdcg(judged, createAnswer([2, 0, 1, 3, 4, 5, 6, 7, 8, 9]))).toBe(1);
    expect(computeAnswerNdcg(judged, createAnswer([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))).toBeCloseTo(0.5, 12);
    expect(computeAnswerNdcg(judged, createAnswer([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), { k: 2 })).toBe(0);
  });

  // Defect 9: missing items were scored like all others, incomplete answers fell back to candidate order.
  it('gives an invalid answer the chance level .4544, not the value of the candidate order', () => {
    // method.md section 3: one relevant item among 10, random order, NDCG@10 .4544.
    expect(computeAnswerNdcg(judged, createAnswer([]))).toBeCloseTo(0.4544, 4);
    expect(computeAnswerNdcg(judged, createAnswer([]), { missing: 'zero' })).toBe(0);
    // Candidate order would put it third: 1 / log2(4).
    expect(computeAnswerNdcg(judged, createAnswer([]), { missing: 'bottom' })).toBeCloseTo(0.5, 12);
  });

  it('scores a missing relevant item by the option, three different numbers', () => {
    // Ranks 2 … 10 are equally likely: the mean of 1 / log2(r + 1) over them is (4.543559 - 1) / 9.
    const answer = createAnswer([7]);
    const expected = [2, 3, 4, 5, 6, 7, 8, 9, 10].reduce((sum, rank) => sum + 1 / Math.log2(rank + 1) / 9, 0);
    expect(expected).toBeCloseTo(3.543559 / 9, 6);
    expect(computeAnswerNdcg(judged, answer, { missing: 'expected-ties' })).toBeCloseTo(expected, 12);
    // After candidates 7, 0 and 1: rank 4.
    expect(computeAnswerNdcg(judged, answer, { missing: 'bottom' })).toBeCloseTo(1 / Math.log2(5), 12);
    expect(computeAnswerNdcg(judged, answer, { missing: 'zero' })).toBe(0);
  });

  // Defect 4: one scalar reward for all users.
  it('judges the same ranking by each user’s own label', () => {
    const answer = createAnswer([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const values = [0, 1, 2].map((index) => computeAnswerNdcg(createExampleTask(index), answer));
    expect(values[0]).toBe(1);
    expect(values[1]).toBeCloseTo(0.63093, 5);
    expect(values[2]).toBeCloseTo(0.5, 12);
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
            returned += discount ** round * computeReward(current, previous, createAnswer([0]), { discount });
          });
          expect(returned).toBeCloseTo(discount ** values.length * values.at(-1)!, 9);
        },
      ),
    );
  });

  it('is the NDCG of each round for the objective "sum"', () => {
    expect(computeReward(0.4, 0.9, createAnswer([0]), { objective: 'sum', discount: 0.5 })).toBe(0.4);
    expect(computeReward(0.4, 0.9, createAnswer([0]), { discount: 0.5 })).toBeCloseTo(-0.7, 12);
  });

  it('takes off the price of prompt and answer tokens', () => {
    // 1,500 tokens at .02 per 1,000 cost .03.
    const answer = createAnswer([0], [1200, 300]);
    expect(computeReward(0.5, 0, answer, { pricePerThousandTokens: 0.02 })).toBeCloseTo(0.47, 12);
  });

  it('takes off the penalty for invalid answers only', () => {
    expect(computeReward(0.45, 0, createAnswer([]), { invalidPenalty: 0.2 })).toBeCloseTo(0.25, 12);
    expect(computeReward(0.45, 0, createAnswer([0]), { invalidPenalty: 0.2 })).toBe(0.45);
  });
});

describe('assertRewardOptions', () => {
  it.each<[string, RewardOptions]>([
    ['reward.k', { k: 0 }],
    ['reward.k', { k: 2.5 }],
    ['reward.missing', { missing: 'last' as 'bottom' }],
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
