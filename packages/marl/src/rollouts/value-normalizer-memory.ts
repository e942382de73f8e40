import { InvalidArgumentError } from '@rppkit/spec';
import type { AlgorithmMemory } from '../learner/algorithm.ts';
import { assertValueNormalizerState, type ValueNormalizer } from './value-normalizer.ts';

/**
 * Lets a learner keep its value normalisers, one a critic and none where values are not normalised: saved as
 * `{ valueNormalizers: [...] }`. A state with another number of them is refused, so that values of one scale are never
 * read in another.
 */
export function createValueNormalizerMemory(normalizers: readonly ValueNormalizer[]): AlgorithmMemory {
  return {
    save: () => ({ valueNormalizers: normalizers.map((normalizer) => normalizer.save()) }),
    prepareRestore(saved) {
      const states = (saved as { readonly valueNormalizers?: unknown } | undefined | null)?.valueNormalizers;
      if (!Array.isArray(states) || states.length !== normalizers.length) {
        throw new InvalidArgumentError(
          'state.extra.valueNormalizers',
          `an array of length ${normalizers.length}`,
          states,
          'Load states of learners with the same normalizeValues.',
        );
      }
      const checked = states.map((state: unknown, index) => {
        assertValueNormalizerState(`state.extra.valueNormalizers[${index}]`, state);
        return { mean: state.mean, meanSquare: state.meanSquare, weight: state.weight };
      });
      return () => {
        for (const [index, normalizer] of normalizers.entries()) normalizer.restore(checked[index]!);
      };
    },
  };
}
