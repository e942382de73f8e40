import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  averagePopularity,
  calibrationDivergence,
  cosineDistance,
  giniIndex,
  intraListDiversity,
  itemCoverage,
  jaccardDistance,
  novelty,
  personalization,
  popularityDeviation,
  popularityGroups,
  popularityLift,
  shannonEntropy,
  tailShare,
} from './index.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const byItem = <Value>(values: readonly Value[]) => new Map(values.map((value, item) => [item, value]));

describe('jaccardDistance', () => {
  const features = fc.array(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 6 });

  test('is a metric in [0, 1]: 0 for equal sets only, 1 for disjoint sets only, never longer by a detour', () => {
    fc.assert(
      fc.property(features, features, features, (...lists) => {
        const distance = jaccardDistance(byItem(lists));
        const [first, second] = lists.map((list) => new Set(list)) as [Set<string>, Set<string>];
        const value = distance(0, 1);
        const shared = [...first].filter((feature) => second.has(feature)).length;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(value === 1).toBe(shared === 0);
        expect(value === 0).toBe(shared === first.size && shared === second.size);
        expect(distance(1, 0)).toBe(value);
        expect(distance(0, 0)).toBe(0);
        expect(value).toBeLessThanOrEqual(distance(0, 2) + distance(2, 1) + 1e-12);
      }),
    );
  });

  test('does not depend on order or repetition, and falls by a feature that both get', () => {
    fc.assert(
      fc.property(features, features, (first, second) => {
        const value = jaccardDistance(byItem([first, second]))(0, 1);
        const repeated = byItem([[...first, ...first].reverse(), [...second.toReversed(), second[0]!]]);
        expect(jaccardDistance(repeated)(0, 1)).toBe(value);
        const closer = jaccardDistance(byItem([first.concat('new'), second.concat('new')]))(0, 1);
        if (value === 0) expect(closer).toBe(0);
        else expect(closer).toBeLessThan(value);
      }),
    );
  });
});

describe('cosineDistance', () => {
  const vector = fc
    .array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 })
    .filter((components) => components.some((component) => component !== 0));
  const distance = (a: readonly number[], b: readonly number[]) => cosineDistance(byItem([a, b]))(0, 1);

  test('is half the squared distance of the unit vectors, not held to any bound', () => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const unit = (components: readonly number[]) => components.map((x) => x / Math.hypot(...components));
        const squares = unit(a).map((component, index) => (component - unit(b)[index]!) ** 2);
        expect(distance(a, b)).toBeCloseTo(sum(squares) / 2, 12);
      }),
    );
  });

  test('lies in [0, 2], in [0, 1] for what is not negative, and sees directions only', () => {
    fc.assert(
      fc.property(vector, vector, fc.integer({ min: 1, max: 50 }), (a, b, factor) => {
        const value = distance(a, b);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(2 + 1e-12);
        expect(distance(a.map(Math.abs), b.map(Math.abs))).toBeLessThanOrEqual(1);
        expect(distance(b, a)).toBe(value);
        expect(
          distance(
            a.map((x) => x * factor),
            b,
          ),
        ).toBeCloseTo(value, 12);
        expect(
          distance(
            a.map((x) => -x),
            b,
          ),
        ).toBeCloseTo(2 - value, 12);
        expect(distance(a, a)).toBeCloseTo(0, 12);
      }),
    );
  });

  test('gives a list whose items share a direction no diversity, and two opposites all of it', () => {
    fc.assert(
      fc.property(vector, (a) => {
        const vectors = byItem([a, a.map((x) => 3 * x), a.map((x) => -x)]);
        expect(intraListDiversity([0, 1], cosineDistance(vectors))).toBeCloseTo(0, 12);
        expect(intraListDiversity([2, 1], cosineDistance(vectors))).toBeCloseTo(2, 12);
      }),
    );
  });
});

const catalogue = Array.from({ length: 8 }, (_, item) => item);
const list = fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 8 });
const lists = fc.array(list, { minLength: 2, maxLength: 7 });

describe('over all users', () => {
  test('a recommendation that moves to a rarer item lowers Gini and raises entropy, and never lowers coverage', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (given, seed) => {
        const user = seed % given.length;
        const count = (item: number) => given.filter((items) => items.includes(item)).length;
        for (const [place, item] of given[user]!.entries()) {
          for (const rarer of catalogue) {
            if (given[user]!.includes(rarer) || count(rarer) > count(item) - 2) continue;
            const moved = given.with(user, given[user]!.with(place, rarer));
            expect(giniIndex(moved, catalogue)).toBeLessThan(giniIndex(given, catalogue));
            expect(shannonEntropy(moved)).toBeGreaterThan(shannonEntropy(given));
            expect(itemCoverage(moved, catalogue)).toBeGreaterThanOrEqual(itemCoverage(given, catalogue));
          }
        }
      }),
    );
  });

  test('personalisation is 1 less the mean cosine of two users, not held to any bound', () => {
    fc.assert(
      fc.property(lists, (given) => {
        const cosines = given.flatMap((second, index) =>
          given
            .slice(0, index)
            .map((first) => first.filter((i) => second.includes(i)).length / Math.sqrt(first.length * second.length)),
        );
        expect(personalization(given)).toBeCloseTo(1 - mean(cosines), 12);
        // The same list for all, and lists without a shared item: the ends of its range.
        expect(personalization(given.map(() => given[0]!))).toBeCloseTo(0, 12);
        expect(personalization(given.map((items, user) => items.map((item) => 8 * user + item)))).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('against the history', () => {
  const categories = byItem([['a'], ['b'], ['a', 'b'], ['c'], ['a', 'c'], ['d'], ['b', 'd'], ['a', 'b', 'c', 'd']]);
  const history = fc.array(fc.nat(7), { minLength: 1, maxLength: 9 });
  const share = (items: readonly number[], name: string) =>
    mean(items.map((item) => (categories.get(item)!.includes(name) ? 1 / categories.get(item)!.length : 0)));

  test('calibration is the divergence as its formula is written, not held to any bound', () => {
    fc.assert(
      fc.property(list, history, fc.double({ min: 0.01, max: 0.9, noNaN: true }), (items, past, alpha) => {
        const terms = ['a', 'b', 'c', 'd'].map((name) => {
          const p = share(past, name);
          return p === 0 ? 0 : p * Math.log(p / ((1 - alpha) * share(items, name) + alpha * p));
        });
        expect(calibrationDivergence(items, past, categories, { alpha })).toBeCloseTo(sum(terms), 12);
      }),
    );
  });

  test('calibration falls as alpha grows, unless the list mirrors the history', () => {
    fc.assert(
      fc.property(list, history, (items, past) => {
        const [first, second] = [0.1, 0.3].map((alpha) => calibrationDivergence(items, past, categories, { alpha }));
        expect(second!).toBeLessThanOrEqual(first! + 1e-12);
        if (first! > 1e-9) expect(second!).toBeLessThan(first!);
      }),
    );
  });

  const popularity = byItem([40, 9, 9, 5, 1, 1, 0, 20]);
  const groups = popularityGroups(popularity);

  test('popularity deviation is H(m) - (H(p) + H(q)) / 2 over head, middle and tail, not held to any bound', () => {
    const entropy = (shares: readonly number[]) => sum(shares.map((p) => (p === 0 ? 0 : -p * Math.log2(p))));
    const shares = (items: readonly number[]) =>
      ['head', 'middle', 'tail'].map((name) => mean(items.map((item) => (groups.get(item) === name ? 1 : 0))));
    fc.assert(
      fc.property(list, history, (items, past) => {
        const middle = shares(items).map((p, group) => (p + shares(past)[group]!) / 2);
        const expected = entropy(middle) - (entropy(shares(items)) + entropy(shares(past))) / 2;
        expect(popularityDeviation(items, past, groups)).toBeCloseTo(expected, 12);
      }),
    );
  });

  test('popularity lift is at least -1, scales with nothing and compares means', () => {
    fc.assert(
      fc.property(list, history, fc.integer({ min: 2, max: 9 }), (items, past, factor) => {
        fc.pre(past.some((item) => item !== 6));
        const lift = popularityLift([items], [past], popularity);
        const shown = mean(items.map((item) => popularity.get(item)!));
        expect(lift).toBeCloseTo(shown / mean(past.map((item) => popularity.get(item)!)) - 1, 12);
        expect(lift).toBeGreaterThanOrEqual(-1);
        const scaled = new Map([...popularity].map(([item, count]) => [item, factor * count]));
        expect(popularityLift([items], [past], scaled)).toBeCloseTo(lift, 12);
      }),
    );
  });

  test('of one list: shares in [0, 1], and novelty up to that of an unknown item', () => {
    fc.assert(
      fc.property(list, fc.double({ min: 0.1, max: 5, noNaN: true }), (items, smoothing) => {
        const tail = items.filter((item) => groups.get(item) === 'tail').length;
        expect(tailShare(items, groups)).toBeCloseTo(tail / items.length, 12);
        expect(averagePopularity(items, popularity)).toBeCloseTo(mean(items.map((item) => popularity.get(item)!)), 12);
        const value = novelty(items, popularity, { users: 40, smoothing });
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThanOrEqual(Math.log2((40 + 2 * smoothing) / smoothing) + 1e-12);
      }),
    );
  });
});
