import { createRandomStream, type Scorer } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import { createInteractionLog } from '../interaction-log.ts';
import type { CandidateRequest, CandidateSource } from './candidate-source.ts';
import { createHardSource } from './hard-source.ts';
import { createListedSource } from './listed-source.ts';
import { createMixedSource } from './mixed-source.ts';
import { createPopularitySource } from './popularity-source.ts';
import { createUniformSource } from './uniform-source.ts';

/** Items i0, i1, … with the given numbers of interactions. */
const createDataset = (counts: readonly number[]): Dataset => ({
  name: 'counted',
  log: createInteractionLog(
    counts.flatMap((count, item) =>
      Array.from({ length: count }, (_, user) => ({ user: `u${user}`, item: `i${item}` })),
    ),
    counts.map((_, item) => ({ id: `i${item}`, title: `Item ${item}` })),
  ),
  order: 'column',
});
const createRequest = (dataset: Dataset, more: Partial<CandidateRequest> = {}): CandidateRequest => ({
  dataset,
  user: 0,
  task: { id: 'counted:u0:test', user: 'u0', history: [], candidates: [] },
  excluded: new Int32Array(0),
  count: 2,
  random: createRandomStream(1),
  ...more,
});
/** Prefers high item numbers; items of the same ten are tied. */
const byTens: Scorer = {
  name: 'tens',
  score: ({ candidates }) => Float32Array.from(candidates, ({ id }) => Math.floor(Number(id.slice(1)) / 10)),
};

/** How often each ordered draw came up in `draws` seeds. */
const countDraws = (source: CandidateSource, request: CandidateRequest, draws: number): Map<string, number> => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < draws; seed++) {
    const drawn = source.sample({ ...request, random: createRandomStream(seed) }).join(' ');
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  return counts;
};
const computeChiSquare = (counts: ReadonlyMap<string, number>, shares: ReadonlyMap<string, number>): number => {
  const draws = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const drawn of counts.keys()) expect([...shares.keys()]).toContain(drawn);
  return [...shares].reduce((sum, [drawn, share]) => {
    const expected = draws * share;
    return sum + ((counts.get(drawn) ?? 0) - expected) ** 2 / expected;
  }, 0);
};

describe('every source', () => {
  it('gives different items, none of them excluded, the same ones for the same seed, or says how many there are', () => {
    const counts = fc.array(fc.nat(4), { minLength: 3, maxLength: 30, size: 'max' });
    fc.assert(
      fc.property(counts, fc.nat(12), fc.integer(), fc.infiniteStream(fc.boolean()), (items, count, seed, coins) => {
        const dataset = createDataset(items);
        const excluded = Int32Array.from(items.keys()).filter(() => coins.next().value as boolean);
        const free = items.length - excluded.length;
        const popular = [...items.entries()].filter(([item, n]) => n > 0 && !excluded.includes(item)).length;
        const list = [...items.keys()].filter((item) => item % 3 !== 0);
        const listed = list.filter((item) => !excluded.includes(item)).length;
        const uniform = createUniformSource();
        const popularity = createPopularitySource(dataset.log);
        const available = new Map<CandidateSource, number>([
          [uniform, free],
          [popularity, popular],
          [createPopularitySource(dataset.log, { exponent: 0.5 }), popular],
          [createHardSource(byTens, { pool: 12 }), free],
          [createHardSource(byTens, { pool: 'all' }), free],
          [createListedSource(dataset, new Map([['u0', list.map((item) => `i${item}`)]])), listed],
          [
            createMixedSource([
              { source: createHardSource(byTens), share: 0.4 },
              { source: uniform, share: 0.6 },
            ]),
            free,
          ],
        ]);
        for (const [source, most] of available) {
          const request = createRequest(dataset, { excluded, count, random: createRandomStream(seed) });
          if (most < count) {
            expect(() => source.sample(request)).toThrow(DatasetError);
            continue;
          }
          const drawn = source.sample(request);
          expect(drawn).toBeInstanceOf(Int32Array);
          expect(new Set(drawn).size).toBe(count);
          expect(drawn.every((item) => item >= 0 && item < items.length && !excluded.includes(item))).toBe(true);
          expect(source.sample({ ...request, random: createRandomStream(seed) })).toEqual(drawn);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('names user, wanted and available in a shortage', () => {
    const dataset = createDataset([1, 1, 0, 0]);
    const request = createRequest(dataset, { count: 5 });
    const expected = (name: string) => `counted: expected at least 5 candidates for user u0 from source "${name}"`;
    expect(() => createUniformSource().sample(request)).toThrow(`${expected('uniform')}, received 4.`);
    expect(() => createPopularitySource(dataset.log).sample(request)).toThrow(`${expected('popularity')}, received 2.`);
    expect(() => createHardSource(byTens).sample(request)).toThrow(`${expected('hard (tens)')}, received 4.`);
    const listed = createListedSource(dataset, new Map([['u0', ['i1']]]));
    expect(() => listed.sample(request)).toThrow(`${expected('listed')}, received 1.`);
  });
});

describe('createUniformSource', () => {
  it('draws every ordered pair equally often', () => {
    const request = createRequest(createDataset([0, 5, 1, 0, 0]), { excluded: Int32Array.of(1) });
    const pairs = [0, 2, 3, 4].flatMap((a) => [0, 2, 3, 4].filter((b) => b !== a).map((b) => `${a} ${b}`));
    const shares = new Map(pairs.map((pair) => [pair, 1 / 12]));
    // 99.9 % quantile of chi-square with 11 degrees of freedom.
    expect(computeChiSquare(countDraws(createUniformSource(), request, 3000), shares)).toBeLessThan(31.26);
  });
});

describe('createPopularitySource', () => {
  /** Successive sampling with the given weights: w_i / W, then w_j / (W - w_i). */
  const computePairs = (weights: ReadonlyMap<number, number>): Map<string, number> => {
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    const shares = new Map<string, number>();
    for (const [a, first] of weights) {
      for (const [b, second] of weights) {
        if (a !== b) shares.set(`${a} ${b}`, ((first / total) * second) / (total - first));
      }
    }
    return shares;
  };

  it('draws one after the other in proportion to what is left', () => {
    const dataset = createDataset([2, 0, 4, 3, 1]);
    const source = createPopularitySource(dataset.log);
    const request = createRequest(dataset, { excluded: Int32Array.of(3) });
    const shares = computePairs(
      new Map([
        [0, 2],
        [2, 4],
        [4, 1],
      ]),
    );
    // 99.9 % quantile of chi-square with 5 degrees of freedom; the same below.
    expect(computeChiSquare(countDraws(source, request, 3000), shares)).toBeLessThan(20.52);
    const squared = createPopularitySource(dataset.log, { exponent: 2 });
    const squares = computePairs(
      new Map([
        [0, 4],
        [2, 16],
        [4, 1],
      ]),
    );
    expect(computeChiSquare(countDraws(squared, request, 3000), squares)).toBeLessThan(20.52);
    const flat = createPopularitySource(dataset.log, { exponent: 0 });
    const equal = computePairs(
      new Map([
        [0, 1],
        [2, 1],
        [4, 1],
      ]),
    );
    expect(computeChiSquare(countDraws(flat, request, 3000), equal)).toBeLessThan(20.52);
  });

  it('draws alike where excluded items have nearly all of the weight', () => {
    const dataset = createDataset([2, 3000, 4, 0, 1]);
    const source = createPopularitySource(dataset.log);
    const request = createRequest(dataset, { excluded: Int32Array.of(1) });
    const shares = computePairs(
      new Map([
        [0, 2],
        [2, 4],
        [4, 1],
      ]),
    );
    expect(computeChiSquare(countDraws(source, request, 2000), shares)).toBeLessThan(20.52);
  });

  it('includes each item as often as successive sampling does, and after one that has nearly all of the weight', () => {
    // Weights 1000, 1, 2, 3, of which three are drawn: 32 x 3 misses are soon used up once item 0 is taken.
    const weights = [1000, 1, 2, 3];
    const dataset = createDataset(weights);
    const source = createPopularitySource(dataset.log);
    const shares = new Map<string, number>();
    for (const a of weights.keys()) {
      for (const b of weights.keys()) {
        for (const c of weights.keys()) {
          if (a === b || a === c || b === c) continue;
          const left = 1006 - weights[a]!;
          const share = (weights[a]! / 1006) * (weights[b]! / left) * (weights[c]! / (left - weights[b]!));
          const drawn = [a, b, c].sort().join(' ');
          shares.set(drawn, (shares.get(drawn) ?? 0) + share);
        }
      }
    }
    shares.delete('1 2 3');
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 3000; seed++) {
      const request = createRequest(dataset, { count: 3, random: createRandomStream(seed) });
      const drawn = [...source.sample(request)].sort().join(' ');
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    // 99.9 % quantile of chi-square with 2 degrees of freedom; items 1, 2 and 3 without 0 have a share of about 1e-8.
    expect(computeChiSquare(counts, shares)).toBeLessThan(13.82);
  });

  it('counts the rows of a mask alone', () => {
    const dataset = createDataset([1, 1, 3]);
    const source = createPopularitySource(dataset.log, { rows: Uint8Array.of(1, 1, 0, 0, 0) });
    expect([...source.sample(createRequest(dataset))].sort()).toEqual([0, 1]);
    expect(() => source.sample(createRequest(dataset, { count: 3 }))).toThrow('received 2');
  });

  it('refuses exponents and masks out of range, and other items', () => {
    const { log } = createDataset([1, 1]);
    expect(() => createPopularitySource(log, { exponent: -1 })).toThrow('Expected exponent to be');
    expect(() => createPopularitySource(log, { exponent: Infinity })).toThrow('Expected exponent to be');
    expect(() => createPopularitySource(log, { rows: new Uint8Array(3) })).toThrow('Expected rows to be a mask of 2');
    expect(() => createPopularitySource(log, { rows: Uint8Array.of(1, 3) })).toThrow('Expected rows[1] to be 0 or 1');
    const huge = createDataset([2000, 1]);
    expect(() => createPopularitySource(huge.log, { exponent: 100 })).toThrow('Expected exponent to be small enough');
    expect(() => createPopularitySource(log).sample(createRequest(createDataset([1, 1])))).toThrow('Expected source');
    const none = createDataset([0, 0]);
    expect(createPopularitySource(none.log).sample(createRequest(none, { count: 0 }))).toHaveLength(0);
  });
});

describe('createHardSource', () => {
  const dataset = createDataset(Array.from({ length: 40 }, () => 1));

  it('gives the highest scores of all, best first', () => {
    const excluded = Int32Array.from({ length: 7 }, (_, index) => 30 + index);
    const drawn = createHardSource(byTens, { pool: 'all' }).sample(createRequest(dataset, { excluded, count: 5 }));
    expect([...drawn.subarray(0, 3)].sort()).toEqual([37, 38, 39]);
    expect([...drawn.subarray(3)].map((item) => Math.floor(item / 10))).toEqual([2, 2]);
  });

  it('keeps ties in the order of the uniform draw, and shows the scorer the task', () => {
    const seen: string[] = [];
    const flat: Scorer = {
      name: 'flat',
      score: (task) => {
        seen.push(`${task.id} ${task.candidates.length}`);
        return new Float32Array(task.candidates.length);
      },
    };
    const pooled = createHardSource(flat, { pool: 6 }).sample(createRequest(dataset, { count: 4 }));
    expect(pooled).toEqual(
      createUniformSource()
        .sample(createRequest(dataset, { count: 6 }))
        .subarray(0, 4),
    );
    expect(seen).toEqual(['counted:u0:test 6']);
  });

  it('ranks endless scores, and keeps ties among them in the order of the draw', () => {
    const [top, low] = [Infinity, -Infinity];
    const scores = Float32Array.of(low, 0, top, low, 1, top);
    const scorer: Scorer = { name: 'endless', score: () => scores };
    const request = createRequest(dataset, { count: 6 });
    const drawn = createUniformSource().sample(request);
    const ranked = createHardSource(scorer, { pool: 6 }).sample({ ...request, random: createRandomStream(1) });
    expect([...ranked].map((item) => drawn.indexOf(item))).toEqual([2, 5, 4, 1, 0, 3]);
  });

  it('refuses pools and scores that do not fit', () => {
    expect(() => createHardSource(byTens, { pool: 0 })).toThrow('Expected pool to be a positive integer or "all"');
    expect(() => createHardSource(byTens, { pool: 1 }).sample(createRequest(dataset))).toThrow('at least 2');
    const broken = (scores: readonly number[]): Scorer => ({ name: 'broken', score: () => Float32Array.from(scores) });
    for (const scores of [[1], [1, Number.NaN]]) {
      const source = createHardSource(broken(scores), { pool: 2 });
      expect(() => source.sample(createRequest(dataset))).toThrow('Expected scores of broken to be 2 numbers');
    }
  });
});

describe('createMixedSource', () => {
  const dataset = createDataset(Array.from({ length: 30 }, () => 1));
  /** Records what it was asked for and gives the lowest items that are not excluded. */
  const createLowest = (asked: number[][]): CandidateSource => ({
    name: 'lowest',
    sample: ({ excluded, count }) => {
      asked.push([count, ...excluded]);
      return Int32Array.from([...Array(30).keys()].filter((item) => !excluded.includes(item)).slice(0, count));
    },
  });

  it('excludes for each source what those before it gave', () => {
    const asked: number[][] = [];
    const source = createLowest(asked);
    const mixed = createMixedSource([0.5, 0.3, 0.2].map((share) => ({ source, share })));
    expect([...mixed.sample(createRequest(dataset, { count: 10, excluded: Int32Array.of(2) }))]).toEqual([
      0, 1, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(asked).toEqual([
      [5, 2],
      [3, 0, 1, 2, 3, 4, 5],
      [2, 0, 1, 2, 3, 4, 5, 6, 7, 8],
    ]);
    expect(mixed.name).toBe('mixed (lowest 0.5, lowest 0.3, lowest 0.2)');
  });

  it('rounds by largest remainder, ties to the earlier source', () => {
    const count = (shares: readonly number[], wanted: number): number[] => {
      const asked: number[][] = [];
      createMixedSource(shares.map((share) => ({ source: createLowest(asked), share }))).sample(
        createRequest(dataset, { count: wanted }),
      );
      return asked.map(([part]) => part!);
    };
    expect(count([0.5, 0.5], 9)).toEqual([5, 4]);
    // 2.25, 2.25, 4.5: the last remainder is the largest.
    expect(count([0.25, 0.25, 0.5], 9)).toEqual([2, 2, 5]);
    // 0.9, 2.7, 5.4: 0.9, then 0.7; the third gets floor(5.4).
    expect(count([0.1, 0.3, 0.6], 9)).toEqual([1, 3, 5]);
    expect(count([1 / 3, 1 / 3, 1 / 3], 10)).toEqual([4, 3, 3]);
    // 1.4 and 0.4 have equal remainders, though 0.7 * 2 - 1 is 0.3999999999999999.
    expect(count([0.7, 0.2, 0.1], 2)).toEqual([2]);
    // A source whose part is empty is not asked.
    expect(count([0.9, 0.1], 1)).toEqual([1]);
  });

  it('gives each source a stream of its own, whatever the others draw', () => {
    const states: unknown[] = [];
    const createGreedy = (draws: number): CandidateSource => ({
      name: 'greedy',
      sample: ({ random, excluded }) => {
        states.push(random.state());
        for (let draw = 0; draw < draws; draw++) random.bits();
        return Int32Array.of(excluded.length);
      },
    });
    for (const draws of [1, 9]) {
      const shares = [draws, 5].map((count) => ({ source: createGreedy(count), share: 0.5 }));
      createMixedSource(shares).sample(createRequest(dataset));
    }
    expect(states.slice(2)).toEqual(states.slice(0, 2));
    expect(states[0]).not.toEqual(states[1]);
  });

  it('refuses shares that do not sum to 1', () => {
    const source = createUniformSource();
    expect(() => createMixedSource([{ source, share: 0.5 }])).toThrow('Expected the sum of the shares to be 1');
    expect(() => createMixedSource([])).toThrow('sum of the shares');
    expect(() => createMixedSource([{ source, share: 1.5 }])).toThrow('Expected shares[0].share to be in [0, 1]');
  });
});

describe('createListedSource', () => {
  const dataset = createDataset([1, 1, 1, 1, 1]);

  it('gives the first items that are not excluded, in file order', () => {
    const source = createListedSource(dataset, new Map([['u0', ['i4', 'i0', 'i4', 'i3', 'i1']]]));
    expect([...source.sample(createRequest(dataset, { excluded: Int32Array.of(0), count: 2 }))]).toEqual([4, 3]);
    expect([...source.sample(createRequest(dataset, { count: 4 }))]).toEqual([4, 0, 3, 1]);
  });

  it('refuses users without a list, unknown items and other data sets', () => {
    const source = createListedSource(dataset, new Map([['u9', ['i4']]]));
    expect(() => source.sample(createRequest(dataset))).toThrow('received none for user u0');
    expect(() => source.sample(createRequest(createDataset([1])))).toThrow('Expected source to be');
    expect(() => createListedSource(dataset, new Map([['u0', ['i4', 'x']]]))).toThrow(
      'counted: expected items of the data set in the candidates of user u0, received "x".',
    );
  });
});
