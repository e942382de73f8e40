import { InvalidArgumentError } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type EvaluateOptions,
  evaluate,
  expectedReciprocalRank,
  type MissingCandidates,
  NoRelevantItemError,
  ndcg,
  parseMetric,
  rankBiasedPrecision,
  rankOrder,
  reciprocalRank,
  rPrecision,
  type TieRule,
  type UserRanking,
} from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp | string) =>
  expect.objectContaining({
    code: 'INVALID_ARGUMENT',
    message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
  });

/** A `NoRelevantItemError` of this user. */
const without = (user: string) =>
  expect.objectContaining({ code: 'NO_RELEVANT_ITEM', user, message: expect.stringMatching(/noRelevant: 'omit' or/) });

describe('evaluate', () => {
  const rankings = { ann: ['x', 'y', 'z'], bob: [] as string[] };
  const relevance = { ann: { y: 1, lost: 0 }, bob: { x: 2 } };

  test('keeps a value for each user and the means', () => {
    const result = evaluate(rankings, relevance, ['ndcg@10', 'hit_rate@1', 'hit_rate@2', 'mrr@10']);
    expect(result.users).toEqual(['ann', 'bob']);
    expect(result.perUser['ndcg@10']).toEqual(Float64Array.of(1 / Math.log2(3), 0));
    expect(result.perUser['hit_rate@1']).toEqual(Float64Array.of(0, 0));
    expect(result.perUser['hit_rate@2']).toEqual(Float64Array.of(1, 0));
    expect(result.means['mrr@10']).toBe(0.25);
    expect(Object.keys(result.means)).toEqual(['ndcg@10', 'hit_rate@1', 'hit_rate@2', 'mrr@10']);
  });

  test('agrees with the metric functions on candidate indices, in every rule for missing items', () => {
    const gain = fc.constantFrom(0, 0.5, 1, 4);
    const user = fc.record({
      gains: fc.array(gain, { minLength: 1, maxLength: 9 }),
      kept: fc.nat(9),
      k: fc.integer({ min: 1, max: 10 }),
      missing: fc.constantFrom<MissingCandidates>('zero', 'bottom-in-candidate-order', 'expected-ties'),
    });
    fc.assert(
      fc.property(user, ({ gains, kept, k, missing }) => {
        fc.pre(gains.some((value) => value > 0));
        const order = gains.map((_, index) => (index * 5 + 3) % gains.length);
        fc.pre(new Set(order).size === gains.length);
        const listed = order.slice(0, kept);
        const ranking = rankOrder(listed, { candidates: gains.length, missing });
        const itemGains = Object.fromEntries(gains.map((value, index) => [`item ${index}`, value]));
        const lists = { u: listed.map((index) => `item ${index}`) };
        const labels = [`ndcg@${k}`, `mrr@${k}`, `err(max_grade=4)@${k}`, `rbp(p=0.8)@${k}`, 'r_precision'];
        const { means } = evaluate(lists, { u: itemGains }, labels, { missing });
        expect(means[`ndcg@${k}`]).toBeCloseTo(ndcg(ranking, gains, k), 14);
        expect(means[`mrr@${k}`]).toBeCloseTo(reciprocalRank(ranking, gains, k), 14);
        const err = expectedReciprocalRank(ranking, gains, k, { maxGrade: 4 });
        expect(means[`err(max_grade=4)@${k}`]).toBeCloseTo(err, 14);
        const rbp = rankBiasedPrecision(ranking, gains, k, { persistence: 0.8 });
        expect(means[`rbp(p=0.8)@${k}`]).toBeCloseTo(rbp, 14);
        expect(means.r_precision).toBeCloseTo(rPrecision(ranking, gains), 14);
      }),
    );
  });

  test('knows every metric', () => {
    // Hits at ranks 1 and 3 of three, gains 2 and 1, R = 3.
    const lists = { u: ['a', 'x', 'b'] };
    const gains = { u: { a: 2, b: 1, c: 1, y: 0 } };
    const ideal = 2 + 1 / Math.log2(3) + 1 / 2;
    const expected = {
      'ndcg@3': 2.5 / ideal,
      'ndcg_burges@3': 3.5 / (ideal + 1),
      'dcg@3': 2.5,
      'dcg_burges@3': 3.5,
      'hit_rate@1': 1,
      'recall@3': 2 / 3,
      'precision@5': 2 / 5,
      'mrr@3': 1,
      'map@3': (1 + 2 / 3) / 3,
      'map_capped@2': 1 / 2,
      r_precision: 2 / 3,
      'rbp(p=0.5)@3': (1 + 1 / 4) / 2,
      'err(max_grade=2)@3': 3 / 4 + (1 / 4) * (1 / 4) * (1 / 3),
      auc: (2 + 1) / (3 * 2), // a beats x and y, b beats y, c was not retrieved
    };
    const { means } = evaluate(lists, gains, Object.keys(expected));
    for (const [label, value] of Object.entries(expected)) expect(means[label], label).toBeCloseTo(value, 14);
  });

  test('ranks by scores, with ties as told', () => {
    const scores = { u: { a: 0.5, b: 0.5, c: 0.9, d: 0.5 } };
    const gains = { u: { b: 1 } };
    const rank = (options?: EvaluateOptions) => evaluate(scores, gains, ['mrr@4'], options).means['mrr@4'];
    expect(rank()).toBeCloseTo((1 / 2 + 1 / 3 + 1 / 4) / 3, 15);
    expect(rank({ ties: 'expected' })).toBe(rank());
    expect(rank({ ties: 'stable' })).toBe(1 / 3);
    expect(rank({ ties: 'pessimistic' })).toBe(1 / 4);
    expect(() => rank({ ties: 'random' as TieRule })).toThrow(
      invalid(/Expected ties to be one of 'stable', 'expected', 'pessimistic'/),
    );
    const wrong = { u: { a: Number.NaN } };
    expect(() => evaluate(wrong, gains, ['mrr@1'])).toThrow(
      invalid(/rankings\["u"\]\["a"\] to be a number, received NaN/),
    );
  });

  test('gives a constant scorer the chance value', () => {
    const scores = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`i${index}`, 1]));
    const { means } = evaluate({ u: scores }, { u: { i3: 1 } }, ['ndcg@10', 'ndcg@5', 'ndcg@1']);
    expect(means['ndcg@10']).toBeCloseTo(0.4544, 4);
    expect(means['ndcg@5']).toBeCloseTo(0.2948, 4);
    expect(means['ndcg@1']).toBeCloseTo(0.1, 15);
  });

  test('places judged items that were not ranked', () => {
    const gains = { u: { x: 0, y: 1, z: 0 } };
    const rank = (list: UserRanking, options: EvaluateOptions) =>
      evaluate({ u: list }, gains, ['mrr@3'], options).means;
    expect(rank(['x'], {})['mrr@3']).toBe(0);
    expect(rank(['x'], { missing: 'bottom-in-candidate-order' })['mrr@3']).toBe(1 / 2);
    expect(rank(['x'], { missing: 'expected-ties' })['mrr@3']).toBeCloseTo((1 / 2 + 1 / 3) / 2, 15);
    expect(rank(['x'], { missing: 'expected-ties', ties: 'pessimistic' })['mrr@3']).toBeCloseTo(
      (1 / 2 + 1 / 3) / 2,
      15,
    );
    expect(rank([], { missing: 'expected-ties' })['mrr@3']).toBeCloseTo((1 + 1 / 2 + 1 / 3) / 3, 15);
    expect(rank({}, { missing: 'expected-ties' })['mrr@3']).toBeCloseTo((1 + 1 / 2 + 1 / 3) / 3, 15);
    expect(rank({ x: 2, z: 2 }, { missing: 'bottom-in-candidate-order' })['mrr@3']).toBeCloseTo(1 / 3, 15);
    expect(() => rank([], { missing: 'top' as MissingCandidates })).toThrow(invalid(/Expected missing to be/));
  });

  test('a tie rule does not reach what was not ranked: silence is worth chance', () => {
    const gains = { u: { x: 1, y: 0, z: 0 } };
    const chance = (1 + 1 / 2 + 1 / 3) / 3;
    for (const ties of ['stable', 'expected', 'pessimistic'] as const) {
      const rank = (scores: UserRanking) =>
        evaluate({ u: scores }, gains, ['mrr@3'], { missing: 'expected-ties', ties }).means['mrr@3'];
      expect(rank([])).toBeCloseTo(chance, 15);
      expect(rank({})).toBeCloseTo(chance, 15);
      expect(rank({ y: 0 })).toBeCloseTo((1 / 2 + 1 / 3) / 2, 15);
    }
    const tied = { u: { x: 1, y: 1 } };
    const worst = evaluate(tied, gains, ['mrr@3', 'auc'], {
      missing: 'bottom-in-candidate-order',
      ties: 'pessimistic',
    });
    expect(worst.means).toEqual({ 'mrr@3': 1 / 2, auc: 1 / 2 });
    expect(
      evaluate(tied, gains, ['mrr@3'], { missing: 'bottom-in-candidate-order', ties: 'stable' }).means['mrr@3'],
    ).toBe(1);
  });

  test('allows a k beyond the list: the ranks beyond hold nothing', () => {
    const short = { ann: ['x', 'y'], bob: ['x'] };
    expect(evaluate(short, relevance, ['precision@4']).means['precision@4']).toBe((1 / 4 + 1 / 4) / 2);
    expect(evaluate(short, relevance, ['recall@4']).means['recall@4']).toBe(1);
  });

  test('treats users whom a record does not cover as told, and lists them', () => {
    const lists = { ann: ['x', 'y'], cem: ['x'], eve: ['x'] };
    const gains = { ann: { y: 1 }, bob: { x: 1 }, cem: { x: 0 } };
    const run = (options: EvaluateOptions) => evaluate(lists, gains, ['mrr@5'], options);
    const all = { unrankedUsers: 'empty', unjudgedUsers: 'omit', noRelevant: 'zero' } as const;
    const kept = run(all);
    expect(kept.users).toEqual(['ann', 'bob', 'cem']);
    expect(kept.omitted).toEqual({ unranked: [], unjudged: ['eve'], noRelevant: [] });
    expect(kept.perUser['mrr@5']).toEqual(Float64Array.of(0.5, 0, 0));
    const strict = run({ unrankedUsers: 'omit', unjudgedUsers: 'omit', noRelevant: 'omit' });
    expect(strict).toMatchObject({
      users: ['ann'],
      omitted: { unranked: ['bob'], unjudged: ['eve'], noRelevant: ['cem'] },
      means: { 'mrr@5': 0.5 },
    });
    // Who is left out as unranked needs no relevant item; the first reason counts.
    const silent = { ann: { y: 1 }, bob: { x: 0 }, cem: { x: 1 } };
    const options = { unrankedUsers: 'omit', unjudgedUsers: 'omit' } as const;
    const omitted = { unranked: ['bob'], unjudged: ['eve'], noRelevant: [] };
    expect(evaluate(lists, silent, ['mrr@5'], options).omitted).toEqual(omitted);
    expect(evaluate(lists, silent, ['mrr@5'], { ...options, noRelevant: 'omit' }).omitted).toEqual(omitted);
    expect(() => run({ ...all, unrankedUsers: 'error' })).toThrow(
      invalid(/rankings\["bob"\].*Pass unrankedUsers: 'empty'/),
    );
    expect(() => run({ ...all, unjudgedUsers: 'error' })).toThrow(
      invalid(/relevance\["eve"\].*Pass unjudgedUsers: 'omit'/),
    );
    expect(() => run({ ...all, noRelevant: 'error' })).toThrow(without('cem'));
    expect(() => run({ unrankedUsers: 'zero' as 'omit' })).toThrow(
      invalid(/unrankedUsers to be one of 'error', 'empty', 'omit'/),
    );
    expect(() => evaluate({}, { ann: { x: 1 } }, ['mrr@1'], { unrankedUsers: 'omit' })).toThrow(
      invalid(/at least one user to evaluate, received "none"/),
    );
  });

  test('is not misled by names that objects inherit', () => {
    expect(evaluate({ u: ['constructor', 'x'] }, { u: { x: 1 } }, ['mrr@5']).means['mrr@5']).toBe(0.5);
    expect(() => evaluate({}, { constructor: { x: 1 } }, ['mrr@5'])).toThrow(
      invalid(/rankings\["constructor"\] to be a ranking/),
    );
  });

  test('names the user whom a record leaves out', () => {
    expect(() => evaluate({ ann: [] }, relevance, ['mrr@1'])).toThrow(
      invalid(/Expected rankings\["bob"\] to be a ranking, received undefined/),
    );
    expect(() => evaluate(rankings, { ann: { y: 1 } }, ['mrr@1'])).toThrow(invalid(/relevance\["bob"\] to be gains/));
    expect(() => evaluate({}, {}, ['mrr@1'])).toThrow(invalid(/at least one user/));
  });

  test('rejects users without relevant items, repeated items and wrong gains', () => {
    expect(() => evaluate({ ann: ['x'] }, { ann: { x: 0 } }, ['mrr@1'])).toThrow(NoRelevantItemError);
    expect(() => evaluate({ ann: ['x'] }, { ann: {} }, ['mrr@1'])).toThrow(without('ann'));
    expect(() => evaluate({ ann: ['x', 'y', 'x'] }, { ann: { x: 1 } }, ['mrr@1'])).toThrow(
      invalid(/rankings\["ann"\] to be without repeated items, received "x"/),
    );
    expect(() => evaluate({ ann: ['x'] }, { ann: { x: Number.NaN } }, ['mrr@1'])).toThrow(
      invalid(/relevance\["ann"\]\["x"\]/),
    );
    expect(() => evaluate({ ann: ['x', 7 as never] }, { ann: { x: 1 } }, ['mrr@1'])).toThrow(
      invalid(/id 1 of rankings\["ann"\] to be a text, received 7/),
    );
    expect(() => evaluate({ ann: ['x'] }, { ann: { x: 1 } }, [])).toThrow(InvalidArgumentError);
    expect(() => evaluate({ ann: ['x'] }, { ann: { x: 1 } }, ['mrr@1', 'mrr@1'])).toThrow(
      invalid(/none of them twice/),
    );
  });
});

describe('parseMetric', () => {
  test('reads name, cut-off and parameter', () => {
    expect(parseMetric('ndcg@10')).toEqual({ name: 'ndcg', k: 10, parameter: undefined });
    expect(parseMetric('hit_rate@1')).toEqual({ name: 'hit_rate', k: 1, parameter: undefined });
    expect(parseMetric('rbp(p=0.95)@100')).toEqual({ name: 'rbp', k: 100, parameter: 0.95 });
    expect(parseMetric('err(max_grade=4)@20')).toEqual({ name: 'err', k: 20, parameter: 4 });
    expect(parseMetric('auc')).toEqual({ name: 'auc', k: undefined, parameter: undefined });
  });

  test.each([
    'ndcg',
    'ndcg@',
    'ndcg@0',
    'ndcg@-1',
    'ndcg@1.5',
    'ndcg@NaN',
    'ndcg@ 5',
    'ndcg@5 ',
    'ndcg@5\n',
    'ndcg@5@5',
    'ndcg(p=1)@5',
    'ndcg@1e3',
  ])('rejects %j', (text) => {
    expect(() => parseMetric(text)).toThrow(
      invalid(/Expected metric to be ndcg@K with a positive integer K, received ".*"\. Write for example "ndcg@10"/),
    );
  });

  test.each(['rbp@10', 'rbp(0.8)@10', 'rbp(q=0.8)@10', 'rbp(p=.8)@10', 'rbp(p=0.8)', 'rbp(p=-1)@5', 'rbp(p=0.8)x@5'])(
    'rejects %j, which lacks its parameter or cut-off',
    (text) => {
      expect(() => parseMetric(text)).toThrow(invalid(/metric to be rbp\(p=VALUE\)@K with .* or "rbp\(p=0.8\)@10"/));
    },
  );

  test.each([
    ['rbp(p=0)@5', /Expected p of rbp\(p=0\)@5 to be above 0 and below 1, received 0/],
    ['rbp(p=1)@5', /p of rbp\(p=1\)@5 to be above 0 and below 1, received 1/],
    ['rbp(p=2)@5', /p of rbp/],
    ['err(max_grade=0)@5', /max_grade of err\(max_grade=0\)@5 to be above 0 and below Infinity, received 0/],
    [`err(max_grade=${'9'.repeat(310)})@5`, /max_grade of err.* received Infinity/],
  ] as const)('rejects the range of %j', (text, message) => {
    expect(() => parseMetric(text)).toThrow(invalid(message));
  });

  test.each(['auc@10', 'auc(', 'auc()', 'r_precision@5'])('rejects %j, which has no cut-off', (text) => {
    expect(() => parseMetric(text)).toThrow(invalid(/(auc|r_precision), which has no cut-off, received/));
  });

  test.each(['NDCG@5', 'recal@5', ' mrr@5', 'novelty@5', '@5', ''])(
    'rejects the unknown name of %j and lists the known ones',
    (text) => {
      const list = 'one of ndcg, ndcg_burges, dcg, dcg_burges, hit_rate, recall, precision, mrr, map, map_capped, ';
      expect(() => parseMetric(text)).toThrow(
        invalid(`metric name to be ${list}r_precision, rbp, err, auc, received "`),
      );
    },
  );
});
