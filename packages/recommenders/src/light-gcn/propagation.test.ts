import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createInteractionGraph } from './interaction-graph.ts';
import { createPropagation } from './propagation.ts';

function createGraph(itemCount: number, rows: readonly (readonly number[])[]) {
  const starts = new Int32Array(rows.length + 1);
  for (const [user, row] of rows.entries()) starts[user + 1] = starts[user]! + row.length;
  return createInteractionGraph({
    users: rows.map((_, user) => `u${user}`),
    items: Array.from({ length: itemCount }, (_, item) => `i${item}`),
    starts,
    item: Int32Array.from(rows.flat()),
  });
}

describe('sumLayers', () => {
  // u0 has i0 and i1, u1 has i1, nobody has i2: A[u0, i0] = 1/sqrt(2 x 1), A[u0, i1] = 1/sqrt(2 x 2), A[u1, i1] = 1/sqrt(1 x 2).
  // Of x = 1 at u0: A x = .7071 at i0 and .5 at i1; A A x = .5 + .25 at u0 and .5 x .7071 at u1.
  it.each([
    [0, [1, 0, 0, 0, 0]],
    [1, [1, 0, Math.SQRT1_2, 0.5, 0]],
    [2, [1.75, Math.SQRT1_2 / 2, Math.SQRT1_2, 0.5, 0]],
  ])('of %i layers equals the sum by hand', (layers, expected) => {
    const output = new Float32Array(5).fill(9);
    createPropagation(createGraph(3, [[0, 1], [1]]), 1).sumLayers(Float32Array.of(1, 0, 0, 0, 0), layers, output);
    for (const [node, value] of expected.entries()) expect(output[node]).toBeCloseTo(value, 6);
  });

  it('keeps the row of a node without neighbours', () => {
    const output = new Float32Array(5);
    createPropagation(createGraph(3, [[0, 1], [1]]), 1).sumLayers(Float32Array.of(1, 2, 3, 4, 5), 2, output);
    expect(output[4]).toBe(5);
  });

  it.each([1, 2, 3, 4])('of %i layers equals sums of dense matrix powers', (layers) => {
    const random = createRandomStream('dense propagation');
    const [userCount, itemCount] = [9, 7];
    const rows = Array.from({ length: userCount }, () =>
      Array.from({ length: itemCount }, (_, item) => item).filter(() => random.uniform() < 0.4),
    );
    const nodes = userCount + itemCount;
    const adjacency = Array.from({ length: nodes }, () => new Float64Array(nodes));
    for (const [user, row] of rows.entries()) {
      for (const item of row) {
        adjacency[user]![userCount + item] = 1;
        adjacency[userCount + item]![user] = 1;
      }
    }
    const degrees = adjacency.map((row) => row.reduce((sum, value) => sum + value, 0));
    const normalised = adjacency.map((row, from) =>
      row.map((value, to) => (value === 0 ? 0 : value / Math.sqrt(degrees[from]! * degrees[to]!))),
    );
    // One block of eight columns and three columns beside it.
    const dimensions = 11;
    const x = Float32Array.from({ length: nodes * dimensions }, () => random.normal());
    let power = Float64Array.from(x);
    const expected = Float64Array.from(x);
    for (let layer = 0; layer < layers; layer++) {
      power = power.map((_, index) => {
        const column = index % dimensions;
        const row = normalised[Math.floor(index / dimensions)]!;
        return row.reduce((sum, value, node) => sum + value * power[node * dimensions + column]!, 0);
      });
      for (let index = 0; index < expected.length; index++) expected[index]! += power[index]!;
    }
    const output = new Float32Array(x.length);
    createPropagation(createGraph(itemCount, rows), dimensions).sumLayers(x, layers, output);
    const error = Math.max(...output.map((value, index) => Math.abs(value - expected[index]!)));
    expect(error).toBeLessThan(1e-5);
  });
});
