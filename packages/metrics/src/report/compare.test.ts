import { createRandomStream } from '@rppkit/spec';
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

/** A system with one metric, m. */
function createSystem(values: Readonly<Record<string, number>>): SystemValues {
  return { users: Object.keys(values), perUser: { m: Object.values(values) } };
}

describe('compare', () => {
  test.each(['student', 'wilcoxon'] as const)('%s equals SciPy, corrected by statsmodels', (of) => {
    for (const correction of ['holm', 'benjamini-hochberg', 'none'] as const) {
      const comparison = compare(systems, { test: of, correction });
      expect(comparison.pairs).toHaveLength(golden.pairs.length);
      for (const [index, pair] of golden.pairs.entries()) {
        const found = comparison.pairs[index]!;
        expect(found).toMatchObject({ metric: pair.metric, first: pair.first, second: pair.second });
        expect(found.pValue).toBeCloseTo(pair[of], 12);
        expect(found.adjustedPValue).toBeCloseTo(correction === 'none' ? pair[of] : pair[`${of} ${correction}`], 12);
        expect(found.significant).toBe(found.adjustedPValue <= 0.05);
        expect(found.cohensD).toBeCloseTo(pair.cohensD, 12);
        for (const end of ['mean', 'low', 'high'] as const) {
          expect(found.difference[end]).toBeCloseTo(pair.difference[end], 11);
        }
      }
    }
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
        for (const end of ['mean', 'low', 'high'] as const) {
          expect(results[column]![end]).toBeCloseTo(expected[metric][end], 11);
        }
      }
    }
    // From the golden p-values: RPP and fixed beat chance in NDCG and hit rate, RPP does not beat fixed.
    expect(comparison.systems.map(({ results }) => results.map(({ betterThan }) => betterThan.join('')))).toEqual([
      ['c', 'c'],
      ['c', golden.pairs[5]!['student holm'] <= 0.05 ? 'c' : ''],
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
    const [a, b] = [golden.systems.RPP['ndcg@10'], golden.systems.chance['ndcg@10']];
    const pair = findPair(comparison, 'ndcg@10', 'RPP', 'chance');
    const name = '["ndcg@10","RPP","chance"]';
    const split = (purpose: string, of: string) => ({ random: random.split(`${purpose} ${of}`) });
    const expected = pairedRandomizationTest(a, b, { ...split('test', name), permutations: 300 });
    expect(pair.pValue).toBe(expected.pValue);
    const ends = bootstrapMeanInterval(
      a.map((value, index) => value - b[index]!),
      { ...split('interval', name), resamples: 90 },
    );
    expect(pair.difference).toEqual({ mean: ends.mean, low: ends.low, high: ends.high });
    const own = bootstrapMeanInterval(a, { ...split('interval', '["ndcg@10","RPP"]'), resamples: 90 });
    expect(comparison.systems[0]!.results[0]!.low).toBe(own.low);
    // Fewer systems, another order: the same numbers, and the stream was not advanced.
    const { fixed: _, ...two } = systems;
    expect(findPair(compare(two, options), 'ndcg@10', 'RPP', 'chance').pValue).toBe(pair.pValue);
    expect(random.state().drawn).toBe(0);
    const pratt = compare(systems, { test: 'wilcoxon', zeroRule: 'pratt' });
    expect(pratt.zeroRule).toBe('pratt');
    expect(findPair(pratt, 'ndcg@10', 'RPP', 'chance').pValue).toBe(
      wilcoxonSignedRankTest(a, b, { zeroRule: 'pratt' }).pValue,
    );
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
    expect(() => compare(apart, { users: 'intersection', maximumLeftOut: 1 })).toThrow(/to be at least 2/);
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
  });
});
