import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { type Hyperparameters, searchHyperparameters } from './search-hyperparameters.ts';

const ranges = {
  rate: { from: 0.001, to: 0.1, scale: 'log' },
  size: { from: 2, to: 9, integer: true },
  share: { from: -1, to: 1 },
  kind: { values: ['a', 'b'] },
} as const;

const search = async (trials: number, value: (parameters: Hyperparameters, trial: number) => number) =>
  searchHyperparameters({
    ranges,
    trials,
    random: createRandomStream(1),
    run: async (parameters, trial) => ({ value: value(parameters, trial), outcome: trial }),
  });

describe('searchHyperparameters', () => {
  it('tries the defaults first and then draws from every range', async () => {
    const { trials } = await search(200, () => 0);
    expect(trials[0]!.parameters).toEqual({});
    const drawn = trials.slice(1).map(({ parameters }) => parameters as Record<string, number>);
    for (const { rate, size, share, kind } of drawn) {
      expect(rate).toSatisfy((value: number) => value >= 0.001 && value <= 0.1);
      expect(size).toSatisfy((value: number) => Number.isInteger(value) && value >= 2 && value <= 9);
      expect(share).toSatisfy((value: number) => value >= -1 && value <= 1);
      expect(['a', 'b']).toContain(kind);
    }
    // On a log scale half of the draws lie below the geometric mean .01; on a linear one 9 % would.
    const below = drawn.filter(({ rate }) => rate! < 0.01).length;
    expect(below).toSatisfy((count: number) => count > 75 && count < 125);
    expect(new Set(drawn.map(({ size }) => size)).size).toBe(8);
    expect(new Set(drawn.map(({ kind }) => kind)).size).toBe(2);
  });

  it.each([
    ['linear', -2, 3, [1 / 6, 1 / 6, 1 / 6, 1 / 6, 1 / 6, 1 / 6]],
    // ln(1.5 / .5), ln(2.5 / 1.5), ln(3.5 / 2.5) and ln(4.5 / 3.5) over ln(4.5 / .5) = 2.197225.
    ['log', 1, 4, [0.5, 0.232487, 0.153134, 0.114378]],
    ['linear', 7, 7, [1]],
    ['log', 7, 7, [1]],
  ] as const)('draws integers on a %s scale from %d to %d by their shares', async (scale, from, to, shares) => {
    const draws = 6000;
    const { trials } = await searchHyperparameters({
      ranges: { n: { from, to, scale, integer: true } },
      trials: 1 + draws,
      random: createRandomStream('integers'),
      run: async () => ({ value: 0, outcome: undefined }),
    });
    const counts = new Map<number, number>();
    for (const { parameters } of trials.slice(1)) {
      const n = parameters.n as number;
      expect(Object.is(n, -0), 'negative zero').toBe(false);
      counts.set(n, (counts.get(n) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual(shares.map((_, index) => from + index));
    for (const [index, share] of shares.entries()) {
      // Five standard deviations of a binomial count.
      const bound = 5 * Math.sqrt(draws * share * (1 - share));
      expect(Math.abs(counts.get(from + index)! - draws * share), `${from + index}`).toBeLessThanOrEqual(bound);
    }
  });

  it('gives the largest value, the earliest among equals', async () => {
    const values = [1, 3, 2, 3];
    const { best } = await search(4, (_, trial) => values[trial]!);
    expect(best.outcome).toBe(1);
  });

  it('leaves the first trials as they were when there are more', async () => {
    const few = await search(3, () => 0);
    const many = await search(6, () => 0);
    expect(many.trials.slice(0, 3)).toEqual(few.trials);
  });

  it('ends with the reason of its signal between two trials', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const running = searchHyperparameters({
      ranges,
      trials: 5,
      random: createRandomStream(1),
      run: async () => ({ value: 1, outcome: undefined }),
      signal: controller.signal,
      onTrial(_, index) {
        seen.push(index);
        if (index === 1) controller.abort(new Error('enough'));
      },
    });
    await expect(running).rejects.toThrow('enough');
    expect(seen).toEqual([0, 1]);
  });

  it('refuses what it cannot search', async () => {
    const run = async () => ({ value: 1, outcome: undefined });
    const random = createRandomStream(1);
    const attempt = (ranges: Parameters<typeof searchHyperparameters>[0]['ranges'], trials = 2) =>
      searchHyperparameters({ ranges, trials, random, run });
    await expect(attempt({}, 0)).rejects.toThrow('Expected trials to be a positive integer, received 0.');
    await expect(attempt({ a: { values: [] } })).rejects.toThrow('ranges.a.values');
    await expect(attempt({ a: { from: 0, to: 1, scale: 'log' } })).rejects.toThrow('ranges.a.from to be above 0');
    await expect(attempt({ a: { from: Number.NaN, to: 1 } })).rejects.toThrow('ranges.a.from');
    await expect(attempt({ a: { from: 2, to: 1 } })).rejects.toThrow('ranges.a.to to be at least 2');
    await expect(attempt({ a: { from: 0.5, to: 3, integer: true } })).rejects.toThrow('ranges.a.from to be an integer');
    await expect(attempt({ a: { from: 0, to: 3.5, integer: true } })).rejects.toThrow('ranges.a.to to be an integer');
    const scale = 'logarithmic' as 'log';
    await expect(attempt({ a: { from: 1, to: 2, scale } })).rejects.toThrow('ranges.a.scale to be "linear" or "log"');
    await expect(search(2, () => Number.NaN)).rejects.toThrow('the value of trial 0');
  });
});
