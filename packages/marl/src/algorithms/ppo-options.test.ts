import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { type PpoOptions, resolvePpoOptions } from './ppo-options.ts';

const resolve = (options: Partial<PpoOptions> = {}) => resolvePpoOptions({ random: createRandomStream(1), ...options });

describe('resolvePpoOptions', () => {
  it('fills in the defaults', () => {
    expect(resolve()).toMatchObject({
      gaeLambda: 0.95,
      clipRange: 0.2,
      valueClipRange: 0.2,
      epochs: 4,
      minibatches: 1,
      normalizeValues: true,
      normalizeAdvantages: true,
      largestKl: Number.POSITIVE_INFINITY,
    });
    expect(resolve({ clipValueLoss: false, targetKl: 0.02 })).toMatchObject({
      clipRange: 0.2,
      valueClipRange: Number.POSITIVE_INFINITY,
      largestKl: 0.03,
    });
  });

  it.each<[Partial<PpoOptions>, string]>([
    [{ clipRange: 0 }, 'clipRange'],
    [{ epochs: 0 }, 'epochs'],
    [{ epochs: 1.5 }, 'epochs'],
    [{ minibatches: -1 }, 'minibatches'],
    [{ gaeLambda: 1.1 }, 'gaeLambda'],
    [{ targetKl: Number.NaN }, 'targetKl'],
    [{ discount: 2 }, 'discount'],
  ])('refuses %j', (options, argument) => {
    expect(() => resolve(options)).toThrow(expect.objectContaining({ argument }));
  });
});
