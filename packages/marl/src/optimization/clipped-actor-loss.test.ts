import { selectBackend } from '@rppkit/backend';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PolicyTerms } from '../networks/policy-terms.ts';
import { computeClippedActorLoss } from './clipped-actor-loss.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

describe('computeClippedActorLoss', () => {
  it('sums losses, entropies and divergences over agents with advantages of their own, and averages the clipped share', () => {
    const createTerms = (ratio: number, entropy: number): PolicyTerms => ({
      logPi: tf.zeros([1, 2]),
      logChosen: tf.tensor1d([Math.log(ratio)]),
      entropy: tf.tensor1d([entropy]),
    });
    const { total, parts } = computeClippedActorLoss(
      [createTerms(1.5, 0.4), createTerms(1.1, 0.6)],
      { oldLogChosen: [Float32Array.of(0), Float32Array.of(0)], advantages: [Float32Array.of(1), Float32Array.of(-2)] },
      { clipRange: 0.2, entropyCoefficient: 0.5 },
    );
    const read = (tensor: tf.Tensor | undefined): number => tensor!.dataSync()[0]!;
    // Clipped at 1.2, and 1.1 times -2.
    expect(read(parts['policyLoss'])).toBeCloseTo(-1.2 + 2.2, 6);
    expect(read(parts['entropyLoss'])).toBeCloseTo(-1, 6);
    expect(read(total)).toBeCloseTo(1 - 0.5, 6);
    expect(read(parts['approxKl'])).toBeCloseTo(0.094535 + 0.00469, 5);
    expect(read(parts['clipFraction'])).toBe(0.5);
  });
});
