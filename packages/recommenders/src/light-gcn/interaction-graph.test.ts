import { expect, it } from 'vitest';
import { createInteractionGraph } from './interaction-graph.ts';

it('lists both directions by hand: u0 has i2 then i0, u1 nothing, u2 has i2; nobody has i1', () => {
  const graph = createInteractionGraph({
    users: ['u0', 'u1', 'u2'],
    items: ['i0', 'i1', 'i2'],
    starts: Int32Array.of(0, 2, 2, 3),
    item: Int32Array.of(2, 0, 2),
  });
  // Nodes 0, 1, 2 are users, 3, 4, 5 items.
  expect([...graph.starts]).toEqual([0, 2, 2, 3, 4, 4, 6]);
  expect([...graph.neighbours]).toEqual([3, 5, 5, 0, 0, 2]);
  expect([...graph.inverseRoots]).toEqual([Math.fround(Math.SQRT1_2), 0, 1, 1, 0, Math.fround(Math.SQRT1_2)]);
});
