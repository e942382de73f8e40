import { InvalidArgumentError } from '@rppkit/spec';
import { sortDistinct } from './ascending-items.ts';
import type { CandidateSource } from './candidate-source.ts';

/** A source and the part of the candidates that it gives. */
export interface CandidateShare {
  readonly source: CandidateSource;
  /** In [0, 1]. */
  readonly share: number;
}

/**
 * Draws from several sources, in the given order. Of `count` candidates each gives floor(count * share); what is left goes one
 * by one to the largest remainders, ties to the earlier source. What one source gave is excluded for those after it.
 *
 * Throws `InvalidArgumentError` for shares outside [0, 1] or that do not sum to 1; `sample` throws what the sources throw.
 */
export function createMixedSource(shares: readonly CandidateShare[]): CandidateSource {
  for (const [index, { share }] of shares.entries()) {
    if (!(share >= 0 && share <= 1)) throw new InvalidArgumentError(`shares[${index}].share`, 'in [0, 1]', share);
  }
  const sum = shares.reduce((total, { share }) => total + share, 0);
  if (Math.abs(sum - 1) > tolerance) throw new InvalidArgumentError('the sum of the shares', '1', sum);
  return {
    name: `mixed (${shares.map(({ source, share }) => `${source.name} ${share}`).join(', ')})`,
    sample: (request) => {
      const counts = computeCounts(shares, request.count);
      const drawn = new Int32Array(request.count);
      let excluded = request.excluded;
      let length = 0;
      for (const [index, { source }] of shares.entries()) {
        const count = counts[index]!;
        if (count === 0) continue;
        const part = source.sample({ ...request, excluded, count, random: request.random.split(index) });
        drawn.set(part, length);
        length += count;
        const given = new Int32Array(excluded.length + count);
        given.set(excluded);
        given.set(part, excluded.length);
        excluded = sortDistinct(given);
      }
      return drawn;
    },
  };
}

/** What floating point may lose in sums and products of shares. */
const tolerance = 1e-9;

function computeCounts(shares: readonly CandidateShare[], count: number): number[] {
  const counts = shares.map(({ share }) => Math.floor(share * count + tolerance));
  const remainders = shares.map(({ share }, index) => share * count - counts[index]!);
  const left = count - counts.reduce((total, part) => total + part, 0);
  // Remainders that are equal on paper may differ in their last bits.
  const order = [...shares.keys()].sort((a, b) => {
    const difference = remainders[b]! - remainders[a]!;
    return Math.abs(difference) > tolerance ? difference : a - b;
  });
  for (const index of order.slice(0, left)) counts[index]! += 1;
  return counts;
}
