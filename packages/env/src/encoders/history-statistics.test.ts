import type { Encoder, HistoryEntry, RankingTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import {
  createHistoryStatistics,
  fitHistoryStatistics,
  type HistoryStatisticsState,
  historyStatisticNames,
} from './history-statistics.ts';
import { restoreEncoder } from './restore-encoder.ts';

function createTask(id: string, history: readonly HistoryEntry[]): RankingTask {
  return { id, user: id, history, candidates: [{ id: 'x', title: 'X' }] };
}

function watch(id: string, genres?: readonly string[], rating?: number): HistoryEntry {
  return {
    item: { id, title: id, ...(genres === undefined ? {} : { attributes: { genres, year: '1999' } }) },
    ...(rating === undefined ? {} : { rating }),
  };
}

function encode(encoder: Encoder, task: RankingTask): Record<string, number> {
  const output = new Float32Array(encoder.size).fill(Number.NaN);
  encoder.encode({ task, round: 0, rounds: 1 }, output);
  return Object.fromEntries(historyStatisticNames.map((name, index) => [name, output[index]!]));
}

/** Shows the statistics themselves: mean 0, deviation 1. */
const raw = (popularity: Record<string, number>): Encoder =>
  createHistoryStatistics({
    kind: 'history-statistics',
    popularity,
    mean: historyStatisticNames.map(() => 0),
    deviation: historyStatisticNames.map(() => 1),
  });

describe('createHistoryStatistics', () => {
  it('computes every statistic as worked by hand', () => {
    // Six entries; recent are the last five (b … f), earlier is a.
    // Values: A, B, AB, A, A, A, so A 5/7 and B 2/7 overall; recent A 4/6, B 2/6; earlier A 1.
    const task = createTask('u', [
      watch('a', ['A'], 5),
      watch('b', ['B'], 1),
      watch('c', ['A', 'B'], 3),
      watch('d', ['A'], 3),
      watch('e', ['A']),
      watch('f', ['A']),
    ]);
    const values = encode(raw({ a: 7, b: 3, c: 1 }), task);
    // ln 8, ln 4, ln 2, 0, 0, 0 = ln 2 * (3, 2, 1, 0, 0, 0): mean 1, deviation sqrt(14/6 - 1), recent mean 3/5.
    const ln2 = Math.log(2);
    const expected = {
      'log-length': Math.log(7),
      'popularity-mean': ln2,
      'popularity-deviation': ln2 * Math.sqrt(8 / 6),
      'popularity-drift': ln2 * (3 / 5 - 1),
      'attribute-entropy': -(5 / 7) * Math.log(5 / 7) - (2 / 7) * Math.log(2 / 7),
      'attribute-top-share': 5 / 7,
      // cos((4, 2), (1, 0)) = 4 / sqrt 20
      'attribute-drift': 1 - 4 / Math.sqrt(20),
      // ab 0, bc 1/2, cd 1/2, de 1, ef 1
      'neighbour-overlap': 3 / 5,
      // bc 1/2, bd be bf 0, cd ce cf 1/2, de df ef 1: (4 * 1/2 + 3) / 10
      'recent-overlap': 0.5,
      // 5, 1, 3, 3: mean 3, variance (4 + 4) / 4
      'rating-mean': 3,
      'rating-deviation': Math.sqrt(2),
    };
    expect(Object.keys(values)).toEqual(Object.keys(expected));
    for (const [name, value] of Object.entries(expected)) expect(values[name], name).toBeCloseTo(value, 6);
  });

  it('counts a repeated attribute value once', () => {
    const twice = createTask('u', [watch('a', ['A', 'A', 'B']), watch('b', ['A', 'B'])]);
    expect(encode(raw({}), twice)).toMatchObject({ 'neighbour-overlap': 1, 'attribute-top-share': 0.5 });
  });

  it('refuses a rating that is no number, and says where it stands', () => {
    const task = createTask('u', [watch('a'), watch('b', [], Number.NaN)]);
    const message = 'Expected the rating of history entry 1 of task "u" to be finite, received NaN';
    expect(() => encode(raw({}), task)).toThrow(message);
    expect(() => fitHistoryStatistics([task])).toThrow(message);
  });

  it('takes a history with more attribute values than a call takes arguments', () => {
    const tags = Array.from({ length: 200_000 }, (_, index) => `tag ${index}`);
    // All shares are 1 / 200,000: the entropy is its logarithm, 12.2, cut to 4.
    expect(encode(raw({}), createTask('u', [watch('a', tags)]))).toMatchObject({ 'attribute-entropy': 4 });
  });

  it('cuts at 4 standard deviations', () => {
    const task = createTask('u', [watch('a', ['A'], 100)]);
    expect(encode(raw({}), task)['rating-mean']).toBe(4);
    expect(encode(raw({}), createTask('v', [watch('a', ['A'], -100)]))['rating-mean']).toBe(-4);
  });

  it('takes item ids that every object has as names for what they are', () => {
    const odd = ['constructor', '__proto__', 'toString'].map((id) => watch(id, ['A']));
    expect(encode(raw({}), createTask('u', odd))['popularity-mean']).toBe(0);
    const fitted = fitHistoryStatistics([createTask('u', odd), createTask('v', [watch('a', ['A'])])]);
    const state = fitted.state() as HistoryStatisticsState;
    expect(Object.entries(state.popularity).toSorted()).toEqual([
      ['__proto__', 1],
      ['a', 1],
      ['constructor', 1],
      ['toString', 1],
    ]);
    const restored = restoreEncoder(JSON.parse(JSON.stringify(state)));
    expect(encode(restored, createTask('w', odd))).toEqual(encode(fitted, createTask('u', odd)));
  });

  const zeros = historyStatisticNames.map(() => 0);
  const ones = historyStatisticNames.map(() => 1);
  it.each([
    [{ mean: [0] }, 'Expected state.mean to be 11 numbers'],
    [{ mean: undefined }, 'Expected state.mean to be 11 numbers'],
    [{ mean: [...zeros.slice(1), null] }, 'Expected state.mean[10] to be a finite number, received null'],
    [{ deviation: [0, ...ones.slice(1)] }, 'Expected state.deviation[0] to be above 0, received 0'],
    [{ popularity: undefined }, 'Expected state.popularity to be an object'],
    [{ popularity: { a: null } }, 'Expected state.popularity["a"] to be a count, received null'],
    [{ popularity: { a: -1 } }, 'Expected state.popularity["a"] to be a count, received -1'],
  ])('rejects a state with %o', (change, message) => {
    const state = { kind: 'history-statistics', popularity: {}, mean: zeros, deviation: ones, ...change };
    expect(() => createHistoryStatistics(state as unknown as HistoryStatisticsState)).toThrow(message);
  });
});

describe('fitHistoryStatistics', () => {
  const genres = [['A'], ['B'], ['A', 'B'], ['C']];
  const tasks = Array.from({ length: 40 }, (_, user) =>
    createTask(
      `u${user}`,
      Array.from({ length: 1 + ((user * 7) % 13) }, (_, place) =>
        watch(
          `i${(user * place) % 9}`,
          genres[(user + place * place) % 4]!,
          user % 3 === 0 ? undefined : 1 + ((user + place) % 5),
        ),
      ),
    ),
  );
  const encoder = fitHistoryStatistics(tasks);

  it('standardises every statistic over the training histories that have it', () => {
    const rows = tasks.map((task) => encode(encoder, task));
    const having: Readonly<Record<string, (task: RankingTask) => boolean>> = {
      'attribute-drift': ({ history }) => history.length > 5,
      'neighbour-overlap': ({ history }) => history.length > 1,
      'recent-overlap': ({ history }) => history.length > 1,
      'rating-mean': ({ history }) => history.some(({ rating }) => rating !== undefined),
      'rating-deviation': ({ history }) => history.some(({ rating }) => rating !== undefined),
    };
    for (const name of historyStatisticNames) {
      const values = rows.filter((_, index) => having[name]?.(tasks[index]!) ?? true).map((row) => row[name]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
      expect(mean, name).toBeCloseTo(0, 5);
      expect(square, name).toBeCloseTo(1, 5);
    }
  });

  it('writes the training mean, 0, for what a history does not have', () => {
    const unrated = encode(encoder, createTask('new', [watch('i1', ['A']), watch('i2', ['B'])]));
    expect(unrated['rating-mean']).toBe(0);
    expect(unrated['rating-deviation']).toBe(0);
    expect(unrated['attribute-drift']).toBe(0);
  });

  it('works for one new user with items and attributes never seen', () => {
    const values = encode(encoder, createTask('new', [watch('never', ['Z'], 3), watch('ever', ['Y'], 4)]));
    for (const value of Object.values(values)) expect(Number.isFinite(value)).toBe(true);
    // Nothing that they chose is known to be popular.
    expect(values['popularity-mean']).toBeLessThan(-1);
  });

  it('works for an empty history: only its length is known', () => {
    const values = encode(encoder, createTask('new', []));
    expect(values['log-length']).toBeLessThan(-1);
    for (const name of historyStatisticNames.slice(1)) expect(values[name], name).toBe(0);
  });

  it('is restored from JSON to the same values', () => {
    const state = encoder.state();
    const json = JSON.stringify(state);
    const restored = restoreEncoder(JSON.parse(json));
    expect(restored.state()).toEqual(state);
    expect(restored).toMatchObject({ name: encoder.name, size: encoder.size });
    for (const task of [...tasks, createTask('new', []), createTask('other', [watch('never', ['Z'], 3)])]) {
      expect(encode(restored, task)).toEqual(encode(encoder, task));
    }
  });

  it('does not blow up a statistic that never varies', () => {
    const same = Array.from({ length: 3000 }, (_, user) =>
      createTask(`u${user}`, [watch('a', ['A'], 4.1), watch('b', ['A'], 4.3)]),
    );
    const values = encode(fitHistoryStatistics(same), same[0]!);
    for (const [name, value] of Object.entries(values)) expect(Math.abs(value), name).toBeLessThan(1e-5);
  });

  it('rejects an empty list', () => {
    expect(() => fitHistoryStatistics([])).toThrow('at least one training task');
  });
});
