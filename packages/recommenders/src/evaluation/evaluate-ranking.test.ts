import { createInteractionLog, splitByRatio, splitLeaveOneOut } from '@rppkit/datasets';
import { ndcg, rankByScores, recall } from '@rppkit/metrics';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createSplitInteractions } from '../interactions/split-interactions.ts';
import { createPopularity } from '../popularity/popularity.ts';
import type { FittedRecommender } from '../recommender.ts';
import { evaluateRanking } from './evaluate-ranking.ts';

const rows = Object.entries({ ann: 'abcd', bob: 'badc', cid: 'aec', dan: 'a' }).flatMap(([user, items]) =>
  [...items].map((item) => ({ user, item })),
);
const dataset = { name: 'letters', log: createInteractionLog(rows), order: 'column' } as const;
const split = splitLeaveOneOut(dataset);
const train = createSplitInteractions(dataset, split, 'train');

/** Scores items as listed, best first; remembers the histories it was asked about. */
const createListed = (order: string, histories: string[] = []): FittedRecommender => ({
  name: 'listed',
  items: dataset.log.items.map(({ id }) => id),
  users: dataset.log.users,
  scoreItems({ history }) {
    histories.push(history.map(({ item }) => item.id).join(''));
    return Float32Array.from(dataset.log.items, ({ id }) => -order.indexOf(id));
  },
  score: () => new Float32Array(0),
  recommend: () => [],
  save: () => {
    throw new Error('not asked for');
  },
});

describe('evaluateRanking', () => {
  it('ranks the test items among those that the user did not have before', () => {
    const { users, ndcg, recall } = evaluateRanking(createListed('abcde'), { split, target: 'test', k: 2 });
    // ann: c is her validation item; d, e are left, d first. bob: c, e are left, c first. cid: b, c, d; c is second.
    expect([...users]).toEqual([0, 1, 2]);
    expect([...ndcg]).toEqual([1, 1, 1 / Math.log2(3)]);
    expect([...recall]).toEqual([1, 1, 1]);
  });

  it('ranks the validation items, with the test items among the others', () => {
    const { users, ndcg, recall } = evaluateRanking(createListed('edcba'), { split, target: 'validation', k: 2 });
    // ann (a, b, then c): e, d, c, third. bob (b, a, then d): e, d. cid (a, then e): e first.
    expect([...users]).toEqual([0, 1, 2]);
    expect([...ndcg]).toEqual([0, 1 / Math.log2(3), 1]);
    expect([...recall]).toEqual([0, 1, 1]);
  });

  it('serves users from everything before the target, or from the training part', () => {
    const complete: string[] = [];
    evaluateRanking(createListed('abcde', complete), { split, target: 'test' });
    expect(complete).toEqual(['abc', 'bad', 'ae']);
    const learned: string[] = [];
    evaluateRanking(createListed('abcde', learned), { split, target: 'test', history: 'train' });
    expect(learned).toEqual(['ab', 'ba', 'a']);
  });

  it('gives ties their expected value', () => {
    const flat = { ...createListed(''), scoreItems: () => new Float32Array(5) };
    // Of two items that are left one is relevant: first or second place, alike.
    const { ndcg } = evaluateRanking(flat, { split, target: 'test' });
    expect(ndcg[0]).toBeCloseTo((1 + 1 / Math.log2(3)) / 2, 12);
  });

  it('ranks among sampled items that the user never had, the same for every recommender', () => {
    const sampled = { negatives: 1, random: createRandomStream(3) };
    const { ndcg, recall } = evaluateRanking(createListed('edcba'), { split, target: 'validation', k: 1, sampled });
    // ann and bob had all but e, which is better than c and d. cid's e is better than any.
    expect([...ndcg]).toEqual([0, 0, 1]);
    expect([...recall]).toEqual([0, 0, 1]);
    const draw = (): number[] => [
      ...evaluateRanking(createListed('bdcea'), { split, target: 'validation', k: 1, sampled }).ndcg,
    ];
    expect(draw()).toEqual(draw());
  });

  it('evaluates what a fit gives', async () => {
    const fitted = await createPopularity().fit(train, { seed: 1 });
    // Training counts: a 4, b 2.
    const { ndcg } = evaluateRanking(fitted, { split, target: 'test', k: 1, history: 'train' });
    // d, e tie at 0 for ann; c, e for bob; cid prefers b to c.
    expect([...ndcg]).toEqual([0.5, 0.5, 0]);
  });

  it('agrees with the metrics package, also for several relevant items and ties', () => {
    const several = splitByRatio(dataset, { train: 0.25, validation: 0.25, test: 0.5 });
    const random = createRandomStream(5);
    for (let round = 0; round < 30; round++) {
      const scores = Float32Array.from(dataset.log.items, () => random.integer(3));
      const fitted = { ...createListed(''), scoreItems: () => scores };
      const found = evaluateRanking(fitted, { split: several, target: 'test', k: 2 });
      for (const [place, user] of found.users.entries()) {
        const own = several.sequences.items(user);
        const start = several.testStart[user]!;
        const ranked = Array.from(scores.keys()).filter((item) => !own.subarray(0, start).includes(item));
        const gains = ranked.map((item) => Number(own.subarray(start).includes(item)));
        const ranking = rankByScores(ranked.map((item) => scores[item]!));
        expect(found.ndcg[place]).toBeCloseTo(ndcg(ranking, gains, 2), 12);
        expect(found.recall[place]).toBeCloseTo(recall(ranking, gains, 2), 12);
      }
    }
  });

  it('refuses options out of range, kept repeats and scores that are not finite', () => {
    const evaluate = (change: object) => () =>
      evaluateRanking(createListed('abcde'), { split, target: 'test', ...change });
    for (const k of [0, 1.5, Number.NaN]) expect(evaluate({ k })).toThrow('Expected k to be a positive integer');
    expect(evaluate({ target: 'train' })).toThrow('Expected target to be "validation" or "test", received "train".');
    expect(evaluate({ history: 'all' })).toThrow('Expected history');
    const sampled = { negatives: 0, random: createRandomStream(1) };
    expect(evaluate({ sampled })).toThrow('Expected sampled.negatives to be a positive integer, received 0.');
    expect(evaluate({ split: splitLeaveOneOut(dataset, { repeats: 'keep' }) })).toThrow('split.repeats');
    const broken = { ...createListed(''), scoreItems: () => Float32Array.of(0, 1, Number.NaN, 0, 0) };
    expect(() => evaluateRanking(broken, { split, target: 'test' })).toThrow('Expected the score of');
  });

  it('refuses a recommender of other items', () => {
    const other = { ...createListed('abcde'), items: ['a', 'b'] };
    expect(() => evaluateRanking(other, { split, target: 'test' })).toThrow(
      'Expected fitted.items to be those of the log',
    );
  });
});
