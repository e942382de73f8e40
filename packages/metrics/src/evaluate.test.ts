import { InvalidArgumentError } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, NoRelevantItemError, ndcg, parseMetric, rankOrder, reciprocalRank } from './index.ts';

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

  test('agrees with the typed-array path', () => {
    const gain = fc.constantFrom(0, 0.5, 1, 4);
    const user = fc.record({
      gains: fc.array(gain, { minLength: 1, maxLength: 9 }),
      kept: fc.nat(9),
      k: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(user, ({ gains, kept, k }) => {
        fc.pre(gains.some((value) => value > 0));
        const order = gains.map((_, index) => (index * 5 + 3) % gains.length);
        fc.pre(new Set(order).size === gains.length);
        const listed = order.slice(0, kept);
        const ranking = rankOrder(listed, { candidates: gains.length, missing: 'zero' });
        const itemGains = Object.fromEntries(gains.map((value, index) => [`item ${index}`, value]));
        const { means } = evaluate({ u: listed.map((index) => `item ${index}`) }, { u: itemGains }, [
          `ndcg@${k}`,
          `mrr@${k}`,
        ]);
        expect(means[`ndcg@${k}`]).toBe(ndcg(ranking, gains, k));
        expect(means[`mrr@${k}`]).toBe(reciprocalRank(ranking, gains, k));
      }),
    );
  });

  test('is not misled by names that objects inherit', () => {
    expect(evaluate({ u: ['constructor', 'x'] }, { u: { x: 1 } }, ['mrr@5']).means['mrr@5']).toBe(0.5);
    expect(() => evaluate({}, { constructor: { x: 1 } }, ['mrr@5'])).toThrow(/a ranking for user "constructor"/);
  });

  test('names the user whom a record leaves out', () => {
    expect(() => evaluate({ ann: [] }, relevance, ['mrr@1'])).toThrow(
      /Expected rankings to be a ranking for user "bob"/,
    );
    expect(() => evaluate(rankings, { ann: { y: 1 } }, ['mrr@1'])).toThrow(/gains for user "bob"/);
    expect(() => evaluate({}, {}, ['mrr@1'])).toThrow(/at least one user/);
  });

  test('rejects users without relevant items, repeated items and wrong gains', () => {
    expect(() => evaluate({ ann: ['x'] }, { ann: { x: 0 } }, ['mrr@1'])).toThrow(NoRelevantItemError);
    expect(() => evaluate({ ann: ['x'] }, { ann: {} }, ['mrr@1'])).toThrow(/of user "ann"/);
    expect(() => evaluate({ ann: ['x', 'y', 'x'] }, { ann: { x: 1 } }, ['mrr@1'])).toThrow(
      /rankings\["ann"\] to be without repeated items, received "x"/,
    );
    expect(() => evaluate({ ann: ['x'] }, { ann: { x: Number.NaN } }, ['mrr@1'])).toThrow(/relevance\["ann"\]\["x"\]/);
    expect(() => evaluate({ ann: ['x'] }, { ann: { x: 1 } }, [])).toThrow(InvalidArgumentError);
    expect(() => evaluate({ ann: ['x'] }, { ann: { x: 1 } }, ['mrr@1', 'mrr@1'])).toThrow(/none of them twice/);
  });
});

describe('parseMetric', () => {
  test('reads name and cut-off', () => {
    expect(parseMetric('ndcg@10')).toEqual({ name: 'ndcg', k: 10 });
    expect(parseMetric('hit_rate@1')).toEqual({ name: 'hit_rate', k: 1 });
  });

  test.each(['ndcg', 'ndcg@', 'ndcg@0', 'ndcg@-1', 'ndcg@1.5', 'ndcg@ 5', '@5', ''])('rejects %j', (text) => {
    expect(() => parseMetric(text)).toThrow(
      /Expected metric to be NAME@K with a positive integer K, received ".*"\. Write for example/,
    );
  });

  test.each(['NDCG@5', 'recal@5', ' mrr@5'])('rejects the unknown name of %j and lists the known ones', (text) => {
    expect(() => parseMetric(text)).toThrow(/one of ndcg, hit_rate, mrr/);
  });
});
