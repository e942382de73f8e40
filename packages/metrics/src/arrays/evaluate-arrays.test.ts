import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, NoRelevantItemError } from '../index.ts';
import { type ArrayRankings, evaluateArrays } from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp | string) =>
  expect.objectContaining({
    code: 'INVALID_ARGUMENT',
    message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
  });

// User 0 ranks 4, 2, 0 and likes 2 and 3; user 1 ranks 1, 0 and likes 1.
const rankings: ArrayRankings = {
  ranked: Int32Array.of(4, 2, 0, 1, 0, -1),
  depth: 3,
  relevant: Int32Array.of(3, 2, 1),
  offsets: Int32Array.of(0, 2, 3),
  items: 5,
};

test('worked by hand', () => {
  const { perUser, means } = evaluateArrays(rankings, ['ndcg@3', 'recall@2', 'recall@1', 'map@10']);
  const discount = 1 / Math.log2(3);
  expect(perUser['ndcg@3']).toEqual(Float64Array.of(discount / (1 + discount), 1));
  expect(perUser['recall@2']).toEqual(Float64Array.of(1 / 2, 1));
  expect(perUser['recall@1']).toEqual(Float64Array.of(0, 1));
  expect(perUser['map@10']).toEqual(Float64Array.of(1 / 4, 1));
  expect(means['recall@2']).toBe(0.75);
  const far = 'ndcg@999999999'; // of which no table is made
  expect(evaluateArrays(rankings, [far]).perUser[far]).toEqual(perUser['ndcg@3']);
});

describe('agreement with the path from objects', () => {
  const items = 12;
  const user = fc.record({
    ranked: fc.uniqueArray(fc.nat(items - 1), { maxLength: 8 }),
    relevant: fc.uniqueArray(fc.nat(items - 1), { minLength: 1, maxLength: 6 }),
  });

  test.each(['ndcg', 'dcg', 'hit_rate', 'recall', 'precision', 'mrr', 'map', 'map_capped'])('%s', (name) => {
    fc.assert(
      fc.property(fc.array(user, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 10 }), (users, k) => {
        const offsets = [0];
        for (const { relevant } of users) offsets.push(offsets.at(-1)! + relevant.length);
        const depth = 8;
        const labels = [`${name}@${k}`, `${name}@3`].slice(0, k === 3 ? 1 : 2);
        const arrays = evaluateArrays(
          {
            ranked: Int32Array.from(
              users.flatMap(({ ranked }) => [...ranked, ...Array(depth).fill(-1)].slice(0, depth)),
            ),
            depth,
            relevant: Int32Array.from(users.flatMap(({ relevant }) => relevant)),
            offsets: Int32Array.from(offsets),
            items,
          },
          labels,
        );
        const entries = users.map(({ ranked }, row) => [`u${row}`, ranked.map((item) => `i${item}`)] as const);
        const gains = users.map(({ relevant }, row) => {
          return [`u${row}`, Object.fromEntries(relevant.map((item) => [`i${item}`, 1]))] as const;
        });
        const objects = evaluate(Object.fromEntries(entries), Object.fromEntries(gains), labels);
        expect(arrays.perUser).toEqual(objects.perUser);
        expect(arrays.means).toEqual(objects.means);
      }),
    );
  });
});

describe('rejects', () => {
  const run = (change: Partial<ArrayRankings>, metrics = ['ndcg@3']) =>
    evaluateArrays({ ...rankings, ...change }, metrics);

  test('metrics it does not know', () => {
    expect(() => run({}, ['auc'])).toThrow(
      invalid(/one of ndcg, dcg, hit_rate, .*, map_capped, received "auc"\. Use evaluate for all others/),
    );
    expect(() => run({}, ['rbp(p=0.8)@3'])).toThrow(invalid(/Use evaluate/));
    expect(() => run({}, ['ndcg@0'])).toThrow(invalid(/positive integer K/));
    expect(() => run({}, [])).toThrow(invalid(/at least one metric/));
  });

  test('arrays of another type, and wrong counts of items', () => {
    for (const name of ['ranked', 'relevant', 'offsets'] as const) {
      for (const values of [[...rankings[name]], Float64Array.from(rankings[name]), undefined, new Set([1])]) {
        expect(() => run({ [name]: values })).toThrow(
          invalid(new RegExp(`Expected ${name} to be an Int32Array, received`)),
        );
      }
    }
    for (const items of [Number.NaN, -1, 4.5, 2 ** 31, Number.POSITIVE_INFINITY]) {
      expect(() => run({ items })).toThrow(invalid(/items to be a positive integer, received .* Pass 1 to 2147483647/));
    }
    expect(() => run({}, 'ndcg@3' as never)).toThrow(invalid(/metrics to be an array/));
  });

  test('lengths that do not fit together', () => {
    const wrongLength =
      /ranked to be of length .* \(depth\) times users, at least one, received Int32Array of length 6/;
    expect(() => run({ depth: 2 })).toThrow(invalid(wrongLength));
    expect(() => run({ offsets: new Int32Array(0) })).toThrow(invalid(wrongLength));
    expect(() => run({ offsets: Int32Array.of(0) })).toThrow(invalid(wrongLength));
    for (const depth of [0, -1, 1.5, Number.NaN])
      expect(() => run({ depth })).toThrow(invalid(/depth to be a positive integer/));
    expect(() => run({ items: 0 })).toThrow(invalid(/items to be a positive integer/));
    for (const offsets of [
      [0, 2, 2],
      [1, 2, 3],
      [0, 4, 3],
      [0, -1, 3],
    ]) {
      expect(() => run({ offsets: Int32Array.from(offsets) })).toThrow(
        invalid(`Expected offsets to be rising from 0 to 3, received "${offsets.join()}"`),
      );
    }
  });

  test('foreign and repeated items', () => {
    const ranked = (...row: number[]) => ({ ranked: Int32Array.of(...row, 1, 0, -1) });
    const expected = 'to be an item number from 0 to 4 that the user does not have before, received';
    expect(() => run(ranked(4, 2, 4))).toThrow(invalid(`ranked[2] ${expected} 4`));
    expect(() => run(ranked(2, 2, 4))).toThrow(invalid(`ranked[1] ${expected} 2`));
    expect(() => run(ranked(4, 5, 0))).toThrow(invalid(`ranked[1] ${expected} 5`));
    expect(() => run(ranked(-2, 5, 0))).toThrow(invalid(`ranked[0] ${expected} -2`));
    expect(() => run({ relevant: Int32Array.of(3, 3, 1) })).toThrow(invalid(`relevant[1] ${expected} 3`));
    expect(() => run({ relevant: Int32Array.of(3, -1, 1) })).toThrow(invalid(`relevant[1] ${expected} -1`));
    expect(run(ranked(4, 2, 4), ['ndcg@2']).means['ndcg@2']).toBeGreaterThan(0); // rank 3 is not read
  });

  test('users without a relevant item, unless they count as 0', () => {
    const none = { relevant: Int32Array.of(3, 2), offsets: Int32Array.of(0, 2, 2) };
    expect(() => run(none)).toThrow(NoRelevantItemError);
    expect(() => run(none)).toThrow(
      expect.objectContaining({
        user: '1',
        message: expect.stringMatching(/of user "1".* or pass noRelevant: 'zero'\.$/),
      }),
    );
    const { perUser } = evaluateArrays({ ...rankings, ...none }, ['recall@3'], { noRelevant: 'zero' });
    expect(perUser['recall@3']).toEqual(Float64Array.of(1 / 2, 0));
    expect(() => evaluateArrays(rankings, ['recall@3'], { noRelevant: 'omit' as 'zero' })).toThrow(
      invalid(/noRelevant/),
    );
  });
});

test('results are typed by the metrics that were asked for', () => {
  const values: Float64Array = evaluateArrays(rankings, ['recall@1', 'mrr@3']).perUser['mrr@3'];
  expect(values).toEqual(Float64Array.of(1 / 2, 1));
});
