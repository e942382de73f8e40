import { describe, expect, it } from 'vitest';
import { addBprGradient } from './bpr-batch.ts';

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
