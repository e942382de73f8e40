import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { addBprGradient, sampleNegative } from './bpr-batch.ts';
import { createInteractionGraph } from './interaction-graph.ts';

describe('sampleNegative', () => {
  const graph = createInteractionGraph({
    users: ['some', 'none', 'all', 'but first'],
    items: ['i0', 'i1', 'i2', 'i3', 'i4'].map((id) => ({ id, title: id })),
    starts: Int32Array.of(0, 3, 3, 8, 12),
    item: Int32Array.of(4, 0, 1, 0, 1, 2, 3, 4, 4, 3, 2, 1),
  });
  /** The items that the ranks 0, 1, ... stand for. */
  const listNegatives = (user: number): number[] => {
    const found: number[] = [];
    const random = createRandomStream(1);
    let bound = 1;
    for (let rank = 0; rank < bound; rank++) {
      const scripted = {
        ...random,
        integer(below: number) {
          bound = below;
          return rank;
        },
      };
      found.push(sampleNegative(graph, user, scripted) - graph.userCount);
    }
    return found;
  };

  it('gives each item that the user did not have exactly once over all ranks', () => {
    expect(listNegatives(0)).toEqual([2, 3]);
    expect(listNegatives(1)).toEqual([0, 1, 2, 3, 4]);
    expect(listNegatives(3)).toEqual([0]);
  });

  it('has none for a user who had everything', () => {
    expect(sampleNegative(graph, 2, createRandomStream(1))).toBe(-1);
  });
});

describe('addBprGradient', () => {
  const run = (embeddings: readonly number[], gradient: Float32Array): number =>
    addBprGradient({
      // Two triplets: u = 0, p = 1, n = 2 and u = 0, p = 2, n = 1.
      batch: { users: Int32Array.of(0, 0), positives: Int32Array.of(1, 2), negatives: Int32Array.of(2, 1) },
      dimensions: 2,
      embeddings: Float32Array.from(embeddings),
      gradient,
    });

  it('equals loss and gradient by hand and adds to what is there', () => {
    // e_u = (1, 2), e_p = (1, 1), e_n = (0, 1): margins 1 and -1. ln(1 + 1/e) = .3132617, ln(1 + e) = 1.3132617, mean .8132617.
    const gradient = new Float32Array(6).fill(1);
    expect(run([1, 2, 1, 1, 0, 1], gradient)).toBeCloseTo(0.8132617, 6);
    // Pulls: -sigmoid(-1) / 2 = -.1344707 and -sigmoid(1) / 2 = -.3655293.
    // u: -.1344707 (1, 0) - .3655293 (-1, 0); p: -.1344707 e_u + .3655293 e_u; n the opposite.
    const expected = [0.2310586, 0, 0.2310586, 0.4621172, -0.2310586, -0.4621172];
    for (const [index, value] of expected.entries()) expect(gradient[index]).toBeCloseTo(1 + value, 6);
  });

  it('stays finite where a margin is far beyond what exp can hold', () => {
    const gradient = new Float32Array(6);
    // Margins of a million and minus a million: the mean is half a million, the slopes 0 and -1.
    expect(run([1000, 0, 1000, 0, 0, 0], gradient)).toBeCloseTo(500_000, 3);
    expect([...gradient]).toEqual([500, 0, 500, 0, -500, 0]);
  });
});
