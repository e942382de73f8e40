import { createRandomStream, type Encoder, type RankingTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { standardizeObservations } from './standardize-observations.ts';

const createTasks = (count: number): RankingTask[] =>
  Array.from({ length: count }, (_, id) => ({ id: `${id}`, user: `${id}`, history: [], candidates: [] }));
const createEncoder = (rows: readonly (readonly number[])[]): Encoder => ({
  name: 'rows',
  size: rows[0]!.length,
  encode: ({ task }, output) => output.set(rows[Number(task.id)]!),
  state: () => ({ kind: 'rows' }),
});

describe('standardizeObservations', () => {
  it('centres within groups, scales over all, and leaves out what a group shares', () => {
    // Second value: constant in each group. First: -1, 1 around 5 and -3, 3 around 100; root mean square sqrt(5).
    const encoder = createEncoder([
      [4, 1],
      [6, 1],
      [97, 2],
      [103, 2],
    ]);
    const { size, values } = standardizeObservations(
      createTasks(4),
      [
        [0, 1],
        [2, 3],
      ],
      [encoder],
    );
    expect(size).toBe(1);
    for (const [task, value] of [-1, 1, -3, 3].entries()) expect(values[task]).toBeCloseTo(value / Math.sqrt(5), 6);
  });

  it('reduces many values to 24 principal components of variance 1 that are uncorrelated', () => {
    // Forty values from three factors of very different weight, and little noise.
    const random = createRandomStream(1);
    const factors = Array.from({ length: 300 }, () => [random.normal(), random.normal(), random.normal()]);
    const loadings = Array.from({ length: 40 }, (_, column) => [1, column < 20 ? 1 : -1, column % 2 === 0 ? 1 : -1]);
    const rows = factors.map((own) =>
      loadings.map(
        (load) => load.reduce((sum, weight, factor) => sum + weight * own[factor]!, 0) + 0.05 * random.normal(),
      ),
    );
    const all = Array.from({ length: 300 }, (_, task) => task);
    const { size, values } = standardizeObservations(createTasks(300), [all], [createEncoder(rows)]);
    expect(size).toBe(24);
    const dot = (left: number, right: number) =>
      all.reduce((sum, task) => sum + values[task * size + left]! * values[task * size + right]!, 0) / 300;
    expect(dot(0, 0)).toBeCloseTo(1, 9);
    expect(dot(0, 1)).toBeCloseTo(0, 9);
    // The first three hold all of each factor.
    for (const factor of [0, 1, 2]) {
      const mean = factors.reduce((sum, own) => sum + own[factor]!, 0) / 300;
      const centred = factors.map((own) => own[factor]! - mean);
      const total = centred.reduce((sum, value) => sum + value * value, 0) / 300;
      const held = [0, 1, 2].reduce((sum, component) => {
        const share = all.reduce((inner, task) => inner + values[task * size + component]! * centred[task]!, 0) / 300;
        return sum + share * share;
      }, 0);
      expect(held / total).toBeGreaterThan(0.99);
    }
  });

  it('has no more components than there are directions', () => {
    const rows = Array.from({ length: 50 }, (_, task) =>
      Array.from({ length: 30 }, (_, column) => task * (column + 1)),
    );
    const all = rows.map((_, task) => task);
    expect(standardizeObservations(createTasks(50), [all], [createEncoder(rows)]).size).toBe(1);
  });

  it('keeps what varies whatever its unit, and drops rounding whatever its size', () => {
    const encoder = createEncoder([
      [1e-9, 1e6 + 0.125],
      [-1e-9, 1e6],
    ]);
    const { size, values } = standardizeObservations(createTasks(2), [[0, 1]], [encoder]);
    expect(size).toBe(1);
    expect(values[0]).toBeCloseTo(1, 6);
  });
});
