import { createRandomStream, type RandomStream } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/comparison.json';
import { evaluate } from '../index.ts';
import { bootstrapMeanInterval, pairedRandomizationTest, wilcoxonSignedRankTest } from '../statistics/index.ts';
import { type CompareOptions, type Comparison, compare, type SystemValues } from './index.ts';

const { users } = golden;
const systems: Record<string, SystemValues> = Object.fromEntries(
  Object.entries(golden.systems).map(([name, perUser]) => [name, { users, perUser }]),
);

function findPair({ pairs }: Comparison, metric: string, first: string, second: string): Comparison['pairs'][number] {
  return pairs.find((pair) => pair.metric === metric && pair.first === first && pair.second === second)!;
}

function turned(record: Record<string, SystemValues>): Record<string, SystemValues> {
  return Object.fromEntries(Object.entries(record).reverse());
}

/** p-values need a relative tolerance: they may be tiny. */
function expectRelative(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(tolerance * expected);
}

/** A system with one metric, m. */
function createSystem(values: Readonly<Record<string, number>>): SystemValues {
  return { users: Object.keys(values), perUser: { m: Object.values(values) } };
}

describe('compare', () => {
  test.each(['student', 'wilcoxon'] as const)('%s equals both sources, and so does the correction', (of) => {
    for (const source of [0, 1]) {
      const { holm, benjaminiHochberg } = golden.adjusted[of][source]!;
      for (const correction of ['holm', 'benjamini-hochberg', 'none'] as const) {
        const comparison = compare(systems, { test: of, correction });
        expect(comparison.pairs).toHaveLength(golden.pairs.length);
        for (const [index, pair] of golden.pairs.entries()) {
          const found = comparison.pairs[index]!;
          const { twoSided } = pair[of][source]!;
          const adjusted = { holm: holm[index]!, 'benjamini-hochberg': benjaminiHochberg[index]!, none: twoSided };
          expect(found).toMatchObject({ metric: pair.metric, first: pair.first, second: pair.second });
          expectRelative(found.pValue, twoSided, 1e-9);
          expectRelative(found.adjustedPValue, adjusted[correction], 1e-9);
          expect(found.significant).toBe(adjusted[correction] <= 0.05);
          expect(found.cohensD).toBeCloseTo(pair.student[source]!.cohensD, 12);
          const { mean, low, high } = found.difference;
          for (const [at, value] of [mean, low, high].entries()) {
            expect(value).toBeCloseTo(pair.difference[source]![at]!, 12);
          }
        }
      }
    }
  });

  test('two systems that differ by rounding alone are equal in every test', () => {
    const random = createRandomStream('rounding');
    const of = (value: number): SystemValues => ({
      users: Array.from({ length: 50 }, (_, user) => `user-${user}`),
      perUser: { m: new Float64Array(50).fill(value) },
    });
    for (const kind of ['student', 'wilcoxon', 'randomization'] as const) {
      for (const interval of ['student', 'bca'] as const) {
        const comparison = compare({ x: of(0.1 + 0.2), y: of(0.3) }, { test: kind, interval, random });
        expect(comparison.pairs[0]).toEqual({
          ...{ metric: 'm', first: 'x', second: 'y', cohensD: 0, pValue: 1, adjustedPValue: 1 },
          ...{ significant: false, direction: 0, difference: { mean: 0, low: 0, high: 0 } },
        });
        expect(comparison.systems.map(({ results }) => results[0]!.best)).toEqual([true, true]);
      }
    }
  });

  test('a letter stands only where the test and the mean agree', () => {
    // 40 users prefer x by .010 to .0139, 6 prefer y by .90 to .95. Of the 1,081 ranks x holds 1 … 40, 820, and y 41 … 46, 261.
    // The ranks speak for x: z = (820 - 540.5 - .5) / sqrt(46 * 47 * 93 / 24) = 3.0483, p = .0023 (exactly .0018).
    // The means speak for y: (40 * .01195 - 6 * .925) / 46 = -.1103.
    const differences = [
      ...Array.from({ length: 40 }, (_, user) => 0.01 + user / 10_000),
      ...Array.from({ length: 6 }, (_, user) => -0.9 - user / 100),
    ];
    const apart = {
      x: createSystem(Object.fromEntries(differences.map((difference, user) => [`user-${user}`, 1 + difference]))),
      y: createSystem(Object.fromEntries(differences.map((_, user) => [`user-${user}`, 1]))),
    };
    for (const lowerIsBetter of [[], ['m']]) {
      const byRanks = compare(apart, { test: 'wilcoxon', lowerIsBetter });
      expect(byRanks.pairs[0]).toMatchObject({ significant: true, direction: 1 });
      expect(byRanks.pairs[0]!.pValue).toBeCloseTo(0.0018, 4);
      expect(byRanks.pairs[0]!.difference.mean).toBeCloseTo(-0.1103, 3);
      expect(byRanks.systems.map(({ results }) => results[0]!.betterThan)).toEqual([[], []]);
    }
    expect(compare(turned(apart), { test: 'wilcoxon' }).pairs[0]!.direction).toBe(-1);
    const byMeans = compare(apart, { significanceLevel: 0.2 });
    expect(byMeans.pairs[0]).toMatchObject({ significant: true, direction: -1 });
    expect(byMeans.systems.map(({ results }) => results[0]!.betterThan)).toEqual([[], ['a']]);
  });

  test('means, intervals, letters and the best of each metric', () => {
    const comparison = compare(systems);
    expect(comparison).toMatchObject({
      users: 40,
      leftOut: 0,
      test: 'student',
      correction: 'holm',
      interval: 'student',
    });
    expect(comparison).toMatchObject({ significanceLevel: 0.05, level: 0.95, zeroRule: null, permutations: null });
    expect(comparison.systems.map(({ name, letter }) => [name, letter])).toEqual([
      ['RPP', 'a'],
      ['fixed', 'b'],
      ['chance', 'c'],
    ]);
    for (const { name, results } of comparison.systems) {
      const expected = golden.means[name as keyof typeof golden.means];
      for (const [column, metric] of (['ndcg@10', 'hit_rate@3'] as const).entries()) {
        const { mean, low, high } = results[column]!;
        for (const source of expected[metric]) {
          for (const [at, value] of [mean, low, high].entries()) expect(value).toBeCloseTo(source[at]!, 12);
        }
      }
    }
    // From the golden p-values: RPP and fixed beat chance in both metrics, RPP beats fixed in the hit rate alone.
    expect(comparison.systems.map(({ results }) => results.map(({ betterThan }) => betterThan.join('')))).toEqual([
      ['c', 'c'],
      ['c', 'c'],
      ['', ''],
    ]);
    expect(comparison.systems.map(({ results }) => results.map(({ best }) => best))).toEqual([
      [true, true],
      [false, false],
      [false, false],
    ]);
  });

  test('where less is better the lower mean wins', () => {
    const comparison = compare(systems, { metrics: ['hit_rate@3'], lowerIsBetter: ['hit_rate@3'] });
    expect(comparison.metrics).toEqual([{ name: 'hit_rate@3', lowerIsBetter: true }]);
    expect(comparison.systems[2]!.results[0]).toMatchObject({ best: true, betterThan: ['a', 'b'] });
    expect(comparison.systems[0]!.results[0]).toMatchObject({ best: false, betterThan: [] });
  });

  test('randomisation, Wilcoxon with another zero rule and BCa are those of /statistics', () => {
    const random = createRandomStream('compare');
    const options: CompareOptions = {
      test: 'randomization',
      interval: 'bca',
      random,
      permutations: 300,
      resamples: 90,
    };
    const comparison = compare(systems, options);
    expect(comparison).toMatchObject({ permutations: 300, resamples: 90, zeroRule: null });
    // Users stand in the order of their ids: user-0, user-1, user-10 …
    const rows = users.map((_, row) => row).sort((left, right) => (users[left]! < users[right]! ? -1 : 1));
    const [a, b] = [golden.systems.RPP, golden.systems.chance].map((own) => rows.map((row) => own['ndcg@10'][row]!));
    const pair = findPair(comparison, 'ndcg@10', 'RPP', 'chance');
    const name = '["ndcg@10","RPP","chance"]';
    const split = (purpose: string, of: string) => ({ random: random.split(`${purpose} ${of}`) });
    const expected = pairedRandomizationTest(a!, b!, { ...split('test', name), permutations: 300 });
    expect(pair.pValue).toBe(expected.pValue);
    const ends = bootstrapMeanInterval(
      a!.map((value, index) => value - b![index]!),
      { ...split('interval', name), resamples: 90 },
    );
    expect(pair.difference).toEqual({ mean: ends.mean, low: ends.low, high: ends.high });
    const own = bootstrapMeanInterval(a!, { ...split('interval', '["ndcg@10","RPP"]'), resamples: 90 });
    expect(comparison.systems[0]!.results[0]!.low).toBe(own.low);
    // Fewer systems: the same numbers, and the stream was not advanced.
    const { fixed: _, ...two } = systems;
    expect(findPair(compare(two, options), 'ndcg@10', 'RPP', 'chance')).toMatchObject({
      difference: pair.difference,
      pValue: pair.pValue,
    });
    expect(random.state().drawn).toBe(0);
    const pratt = compare(systems, { test: 'wilcoxon', zeroRule: 'pratt' });
    expect(pratt.zeroRule).toBe('pratt');
    expect(findPair(pratt, 'ndcg@10', 'RPP', 'chance').pValue).toBe(
      wilcoxonSignedRankTest(a!, b!, { zeroRule: 'pratt' }).pValue,
    );
  });

  test('another order of systems and users turns the pairs and changes no number', () => {
    const shuffled = Object.fromEntries(
      Object.entries(systems)
        .reverse()
        .map(([name, { perUser }]) => {
          const backwards = Object.entries(perUser).map(([metric, values]) => [metric, Array.from(values).reverse()]);
          return [name, { users: users.toReversed(), perUser: Object.fromEntries(backwards) }];
        }),
    );
    const random = createRandomStream('order');
    for (const of of ['student', 'wilcoxon', 'randomization'] as const) {
      const options: CompareOptions = { test: of, interval: 'bca', permutations: 300, resamples: 90, random };
      const [given, other] = [compare(systems, options), compare(shuffled, options)];
      expect(
        other.systems.map(({ name, results }) => [name, results.map(({ mean, low, high }) => [mean, low, high])]),
      ).toEqual(
        given.systems
          .toReversed()
          .map(({ name, results }) => [name, results.map(({ mean, low, high }) => [mean, low, high])]),
      );
      for (const pair of given.pairs) {
        const { difference, cohensD, direction, ...rest } = pair;
        expect(findPair(other, pair.metric, pair.second, pair.first)).toEqual({
          ...rest,
          first: pair.second,
          second: pair.first,
          difference: { mean: -difference.mean, low: -difference.high, high: -difference.low },
          cohensD: -cohensD,
          direction: -direction,
        });
      }
    }
  });

  test('systems stand in the order of the keys, whole numbers first', () => {
    const one = createSystem({ ann: 1, bob: 2 });
    expect(compare({ b: one, 10: one, a: one, 9: one }).systems.map(({ name }) => name)).toEqual(['9', '10', 'b', 'a']);
  });

  test('takes results of evaluate, whatever the order of users', () => {
    const relevance = { ann: { heat: 1 }, bob: { alien: 1 }, cem: { fargo: 1 } };
    const first = evaluate({ ann: ['heat'], bob: ['heat', 'alien'], cem: ['fargo'] }, relevance, ['mrr@10']);
    const turned = { cem: relevance.cem, bob: relevance.bob, ann: relevance.ann };
    const second = evaluate({ cem: ['alien'], bob: ['alien'], ann: ['alien', 'heat'] }, turned, ['mrr@10']);
    const comparison = compare({ first, second });
    // By hand: first 1, 1/2, 1; second 1/2, 1, 0.
    expect(comparison.systems.map(({ results }) => results[0]!.mean)).toEqual([2.5 / 3, 0.5]);
    expect(comparison.pairs[0]!.difference.mean).toBeCloseTo(1 / 3, 15);
  });

  test('pairs values by user, not by place', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = createRandomStream(seed);
        const order = users.map((_, index) => ({ index, key: random.bits() })).sort((x, y) => x.key - y.key);
        const shuffled: SystemValues = {
          users: order.map(({ index }) => users[index]!),
          perUser: { 'ndcg@10': order.map(({ index }) => golden.systems.fixed['ndcg@10'][index]!) },
        };
        const options: CompareOptions = { metrics: ['ndcg@10'], test: 'wilcoxon' };
        expect(compare({ ...systems, fixed: shuffled }, options)).toEqual(compare(systems, options));
      }),
      { numRuns: 20 },
    );
  });

  test('users absent from a system are an error that names the option, or are left out and counted', () => {
    const full = createSystem({ ann: 1, bob: 0.5, cem: 0.2, dan: 0 });
    const lacking = createSystem({ dan: 0.4, bob: 0.1, cem: 0.3 });
    expect(() => compare({ full, lacking })).toThrow(
      'Expected systems["lacking"].users to be the users of systems["full"], with "ann", received Array of length 3. ' +
        "Pass users: 'intersection' to compare on the users that all systems share; the report counts the others.",
    );
    expect(() => compare({ lacking: createSystem({ cem: 1, dan: 1 }), full })).toThrow(/with "ann" and 1 more/);
    expect(() => compare({ full, lacking }, { users: 'intersection' })).toThrow(
      /Expected maximumLeftOut to be at least 0.25, the share of users that some system lacks \(1 of 4\), received 0.02/,
    );
    const comparison = compare({ full, lacking }, { users: 'intersection', maximumLeftOut: 0.25 });
    expect(comparison).toMatchObject({ users: 3, leftOut: 1 });
    expect(comparison.systems[0]!.results[0]!.mean).toBeCloseTo(0.7 / 3, 15);
    expect(comparison.systems[1]!.results[0]!.mean).toBeCloseTo(0.8 / 3, 15);
    const apart = { full, other: createSystem({ eve: 1, dan: 2 }) };
    for (const maximumLeftOut of [0.02, 1]) {
      expect(() => compare(apart, { users: 'intersection', maximumLeftOut })).toThrow(
        'Expected systems to be at least 2 users that all of "full", "other" have, received 1. The systems share 1 of 5 users.',
      );
    }
    const stranger = createSystem({ 1: 1, 2: 2 });
    expect(() => compare({ full, stranger }, { users: 'intersection' })).toThrow(/The systems share 0 of 6 users/);
  });

  test('differing metrics are an error that names the option', () => {
    const one = { users: ['ann', 'bob'], perUser: { m: [1, 2] } };
    const two = { users: ['ann', 'bob'], perUser: { m: [1, 3], n: [0, 1] } };
    expect(() => compare({ one, two })).toThrow(/Only one of them has "n". Pass metrics: \[...\] to choose/);
    expect(() => compare({ two, one })).toThrow(/Expected systems\["one"\].perUser to be the metrics of systems/);
    expect(compare({ one, two }, { metrics: ['m'] }).metrics).toEqual([{ name: 'm', lowerIsBetter: false }]);
    expect(() => compare({ one, two }, { metrics: ['n'] })).toThrow(/Expected systems\["one"\].perUser\["n"\]/);
    expect(() => compare({ one, two }, { metrics: [] })).toThrow(/at least one metric/);
    expect(() => compare({ one, two }, { metrics: ['m', 'm'] })).toThrow(/none of them twice/);
    expect(() => compare({ one, two: one }, { lowerIsBetter: ['n'] })).toThrow(/Expected lowerIsBetter/);
    expect(() => compare({ one: { users: [], perUser: {} }, two })).toThrow(/perUser to be at least one metric/);
  });

  test('systems may be called anything', () => {
    const odd = JSON.parse('{"__proto__": 0, "constructor": 0}');
    const named = Object.fromEntries(Object.keys(odd).map((name) => [name, createSystem({ ann: 1, bob: 2 })]));
    expect(compare(named).systems.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    expect(compare(named).systems.map(({ results }) => results[0]!.best)).toEqual([true, true]);
  });

  test('too few permutations for any significance are an error with the least number', () => {
    const random = createRandomStream('few');
    const run = (options: CompareOptions): (() => Comparison) => {
      return () => compare(systems, { test: 'randomization', random, ...options });
    };
    // Six pairs: 6 / (n + 1) <= .05 from n = 119 on; one pair: 1 / (n + 1) <= .05 from 19 on.
    expect(run({ permutations: 118 })).toThrow(
      'Expected permutations to be at least 119, so that one of 6 comparisons can be significant at 0.05, received 118. ' +
        'Draw more permutations, or compare fewer systems or metrics.',
    );
    expect(run({ permutations: 118, correction: 'benjamini-hochberg' })).toThrow(/at least 119/);
    const least = run({ permutations: 119 })();
    expect(Math.min(...least.pairs.map(({ adjustedPValue }) => adjustedPValue))).toBeCloseTo(0.05, 14);
    expect(least.pairs.some(({ significant }) => significant)).toBe(true);
    expect(run({ permutations: 18, correction: 'none' })).toThrow(/at least 19, so/);
    expect(run({ permutations: 19, correction: 'none' })().pairs).toHaveLength(6);
    // Not 9999: in floating point 6 / 10,000 is more than .0006.
    expect(run({ permutations: 1, significanceLevel: 0.0006 })).toThrow(/at least 10000,/);
  });

  test('rejects systems of another shape', () => {
    const fine = createSystem({ ann: 1, bob: 2 });
    const run = (given: unknown): (() => Comparison) => {
      return () => compare(given as Record<string, SystemValues>);
    };
    expect(run(undefined)).toThrow(
      /Expected systems to be an object that names systems, each \{ users, perUser \}, such/,
    );
    expect(run([fine, fine])).toThrow(
      /Expected systems to be an object that names systems, .* received Array of length 2/,
    );
    for (const other of [[1, 2], null, 7, { users: ['ann', 'bob'] }, { users: 'ab', perUser: { m: [1, 2] } }]) {
      expect(run({ fine, other })).toThrow(
        /Expected systems\["other"\] to be \{ users, perUser \}, such as a result of eval/,
      );
    }
    for (const m of [undefined, null, 3]) {
      expect(run({ fine, other: { users: ['ann', 'bob'], perUser: { m } } })).toThrow(
        /perUser\["m"\] to be the values of/,
      );
    }
  });

  test('rejects malformed systems and options', () => {
    const fine = createSystem({ ann: 1, bob: 2 });
    const many = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`s${index}`, fine]));
    expect(() => compare({ fine })).toThrow(/Expected systems to be 2 to 25 systems, received 1/);
    expect(() => compare(many)).toThrow(/received 26/);
    expect(() => compare({ fine, twice: { users: ['ann', 'ann'], perUser: { m: [1, 2] } } })).toThrow(
      /Expected systems\["twice"\].users to be without repetition, received "ann"/,
    );
    expect(() => compare({ fine, short: { users: ['ann', 'bob'], perUser: { m: [1] } } })).toThrow(/one value a user/);
    expect(() => compare({ fine, missing: createSystem({ ann: 1, bob: Number.NaN }) })).toThrow(
      /Expected systems\["missing"\].perUser\["m"\]\[1\] to be a finite number, received NaN/,
    );
    const pair = { fine, other: createSystem({ ann: 0, bob: 1 }) };
    expect(() => compare(pair, { test: 'randomization' })).toThrow(
      /Expected random to be a RandomStream for 'randomization', received undefined. Pass createRandomStream\(seed\)/,
    );
    expect(() => compare(pair, { interval: 'bca' })).toThrow(/a RandomStream for 'bca'/);
    expect(() => compare(pair, { test: 'sign' as 'student' })).toThrow(/Expected test to be one of 'student'/);
    expect(() => compare(pair, { correction: 'bonferroni' as 'holm' })).toThrow(/Expected correction/);
    expect(() => compare(pair, { interval: 'basic' as 'bca' })).toThrow(/Expected interval/);
    expect(() => compare(pair, { users: 'union' as 'equal' })).toThrow(/Expected users/);
    expect(() => compare(pair, { significanceLevel: 5 })).toThrow(/Expected significanceLevel/);
    expect(() => compare(pair, { maximumLeftOut: 2 })).toThrow(/Expected maximumLeftOut/);
    expect(() => compare(pair, { level: 95 })).toThrow(/Expected level/);
    for (const option of ['metrics', 'lowerIsBetter'] as const) {
      for (const received of ['m', [1]]) {
        expect(() => compare(pair, { [option]: received } as unknown as CompareOptions)).toThrow(
          new RegExp(`Expected ${option} to be an array of metrics such as \\['ndcg@10'\\]`),
        );
      }
    }
    // Also where the chosen test does not use them.
    expect(() => compare(pair, { zeroRule: 'zsplit' as 'pratt' })).toThrow(/Expected zeroRule to be one of 'wilcoxon'/);
    expect(() => compare(pair, { permutations: 0 })).toThrow(/Expected permutations to be a positive integer/);
    expect(() => compare(pair, { resamples: 1.5 })).toThrow(/Expected resamples to be a positive integer/);
    for (const random of [7, () => 0.5, { bits: () => 7 }]) {
      const options = { random: random as unknown as RandomStream };
      expect(() => compare(pair, options)).toThrow(/Expected random to be a RandomStream, received/);
      expect(() => compare(pair, { ...options, interval: 'bca' })).toThrow(/a RandomStream for 'bca', received/);
    }
  });
});
