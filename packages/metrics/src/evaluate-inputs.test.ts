import { describe, expect, test } from 'vitest';
import { evaluate, type UserRanking, type UserRankings, type UserRelevance } from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

describe('evaluate takes Maps and plain objects', () => {
  const relevance = { ann: { y: 1 }, bob: { x: 2, z: 1 } };
  const expected = evaluate({ ann: { x: 2, y: 1 }, bob: ['x', 'y'] }, relevance, ['ndcg@5', 'mrr@5']);

  test('for users, scores and gains', () => {
    const scores = new Map([
      ['x', 2],
      ['y', 1],
    ]);
    const rankings = new Map<string, UserRanking>([
      ['bob', ['x', 'y']],
      ['ann', scores],
    ]);
    const judgements = new Map(
      Object.entries(relevance).map(([user, gains]) => [user, new Map(Object.entries<number>(gains))]),
    );
    const bare = Object.assign(Object.create(null), { ann: scores, bob: ['x', 'y'] }) as UserRankings;
    for (const given of [rankings, bare]) {
      expect(evaluate(given, judgements, ['ndcg@5', 'mrr@5'])).toEqual(expected);
      expect(evaluate(given, relevance, ['ndcg@5', 'mrr@5'])).toEqual(expected);
    }
    const strangers = new Map([...rankings, ['eve', []]]);
    expect(evaluate(strangers, judgements, ['mrr@5'], { unjudgedUsers: 'omit' }).omitted.unjudged).toEqual(['eve']);
    expect(() => evaluate(new Map(), judgements, ['mrr@5'])).toThrow(invalid(/rankings\["ann"\] to be a ranking/));
  });

  test('a Map keeps the order of ids that look like integers, an object does not', () => {
    const gains = { u: { 1: 1 } };
    const names = ['b', '7', '1'];
    const rank = (scores: UserRanking) => evaluate({ u: scores }, gains, ['mrr@3'], { ties: 'stable' }).means['mrr@3'];
    expect(rank(new Map(names.map((name) => [name, 0])))).toBe(1 / 3);
    expect(rank(Object.fromEntries(names.map((name) => [name, 0])))).toBe(1);
    const users = names.map((name) => [name, { x: 1 }] as const);
    const lists = Object.fromEntries(names.map((name) => [name, ['x']]));
    expect(evaluate(lists, new Map(users), ['mrr@1']).users).toEqual(names);
    expect(evaluate(lists, Object.fromEntries(users), ['mrr@1']).users).toEqual(['1', '7', 'b']);
  });

  test('and nothing else', () => {
    class Ranking {
      readonly x = 1;
    }
    const others = [new Set(['x']), Int32Array.of(1), new Ranking(), null, undefined, '', 'x', 0, 1, true, () => ['x']];
    for (const other of others) {
      const wrong = other as never;
      const relevant = { u: { x: 1 } };
      expect(() => evaluate({ u: wrong }, relevant, ['mrr@1'])).toThrow(
        invalid(/Expected rankings\["u"\] to be an array of item ids, or a Map or plain object of scores, received/),
      );
      expect(() => evaluate({ u: ['x'] }, { u: wrong }, ['mrr@1'])).toThrow(
        invalid(/Expected relevance\["u"\] to be a Map or plain object of gains, received/),
      );
      expect(() => evaluate(wrong, relevant, ['mrr@1'])).toThrow(
        invalid(/Expected rankings to be a Map or plain object/),
      );
      expect(() => evaluate({ u: ['x'] }, wrong, ['mrr@1'])).toThrow(invalid(/relevance to be a Map or plain object/));
    }
    expect(() => evaluate({ u: ['x'] }, { u: ['x'] as never }, ['mrr@1'])).toThrow(invalid(/relevance\["u"\]/));
  });

  test('names of users and items are texts', () => {
    const numbered = new Map([[7, 1]]) as never;
    expect(() => evaluate({ u: ['7'] }, { u: numbered }, ['mrr@1'])).toThrow(
      invalid(/Expected id 0 of relevance\["u"\] to be a text, received 7/),
    );
    expect(() => evaluate({ u: numbered }, { u: { 7: 1 } }, ['mrr@1'])).toThrow(invalid(/id 0 of rankings\["u"\]/));
    expect(() => evaluate(numbered, { u: { 7: 1 } }, ['mrr@1'])).toThrow(invalid(/id 0 of rankings to be a text/));
  });
});

describe('evaluate refuses', () => {
  const run = (metrics: readonly string[], gains: Readonly<Record<string, unknown>>) =>
    evaluate({ ann: ['x'], bob: ['y', 'x'] }, { ann: { x: 1, z: 0 }, bob: gains } as UserRelevance, metrics);

  test('wrong gains, with user and item', () => {
    for (const gain of [-1, Number.POSITIVE_INFINITY, Number.NaN, null, true, '1', undefined]) {
      expect(() => run(['mrr@1'], { y: 1, x: gain })).toThrow(
        invalid(/Expected relevance\["bob"\]\["x"\] to be a finite number, at least 0, received/),
      );
    }
    expect(() => run(['dcg@1'], { y: 9e299, x: 9e299 })).toThrow(invalid(/"bob"\]\["x"\].* may add up to 1e300/));
    expect(run(['dcg@2'], { y: 5e299, x: 5e299 }).means['dcg@2']).toBeGreaterThan(4e299);
  });

  test('wrong scores, with user and item', () => {
    for (const score of [Number.NaN, '1', null]) {
      const rankings = { u: new Map([['x', score as number]]) };
      expect(() => evaluate(rankings, { u: { x: 1 } }, ['mrr@1'])).toThrow(
        invalid(/rankings\["u"\]\["x"\] to be a number/),
      );
    }
  });

  test('gains that a metric does not take, with user, item and metric', () => {
    const metrics = ['ndcg@1', 'ndcg_burges@2', 'err(max_grade=4)@10', 'err(max_grade=5)@10'];
    expect(() => run(metrics, { y: 4, x: 5 })).toThrow(
      invalid(/relevance\["bob"\]\["x"\] to be at most 4 for err\(max_grade=4\)@10, received 5\./),
    );
    for (const name of ['ndcg_burges@2', 'dcg_burges@2']) {
      expect(() => run(['ndcg@1', name], { y: 513 })).toThrow(
        invalid(new RegExp(`"bob".*"y".* at most 512 for ${name}`)),
      );
    }
    expect(run(['ndcg@1'], { y: 513 }).means['ndcg@1']).toBe(1);
  });

  test('AUC of a user whose items are all relevant', () => {
    expect(() => run(['mrr@1', 'auc'], { y: 4, x: 5 })).toThrow(
      invalid(/relevance\["bob"\] to be 0 for at least one item, .*AUC compares .*: add one, or leave the user out/),
    );
  });

  test('metrics in another form than an array', () => {
    for (const metrics of ['ndcg@10', undefined, { 0: 'ndcg@10' }]) {
      expect(() => run(metrics as never, { y: 1 })).toThrow(invalid(/Expected metrics to be an array of at least one/));
    }
    expect(() => run([undefined as never], { y: 1 })).toThrow(invalid(/metric name/));
  });
});

test('results are typed by the metrics that were asked for', () => {
  const { perUser, means } = evaluate({ u: ['x'] }, { u: { x: 1 } }, ['mrr@1', 'ndcg@5']);
  const values: Float64Array = perUser['ndcg@5'];
  // @ts-expect-error This metric was not asked for.
  const unknown: number | undefined = means['ndcg@10'];
  expect([values[0], unknown]).toEqual([1, undefined]);
});
