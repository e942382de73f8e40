import { bootstrapMeanInterval } from '@rppkit/metrics/statistics';
import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';

/** `pays`: personal prompts can beat the best fixed one. `too-small`: by less than the margin, if at all. */
export type HeadroomVerdict = 'pays' | 'too-small' | 'undecided';

export interface HeadroomOptions {
  /** NDCG of the context oracle, one value a user. */
  readonly oracle: ArrayLike<number>;
  /** NDCG of the best fixed prompt for the same users in the same order. */
  readonly fixed: ArrayLike<number>;
  /** The p-value of the permutation test of the user x prompt interaction. */
  readonly interactionP: number;
  /** Gains below this do not matter; default 0.01 NDCG. */
  readonly margin?: number;
  readonly random: RandomStream;
}

/** Attainable headroom: context oracle less best fixed prompt, with what follows from it. */
export interface Headroom {
  readonly mean: number;
  /** 95 % bootstrap interval over users. */
  readonly interval: readonly [number, number];
  readonly verdict: HeadroomVerdict;
  /** For `undecided`: about how many users in all would decide, if the mean stays where it is. */
  readonly usersToDecide?: number;
}

/**
 * Pays: the interval lies above 0 and the interaction test rejects at .05. Too small: the interval lies below the margin.
 * Both at once (a real effect that is too small) is `too-small`. Throws for lists of different lengths.
 */
export function computeHeadroom({ oracle, fixed, interactionP, margin = 0.01, random }: HeadroomOptions): Headroom {
  if (oracle.length !== fixed.length)
    throw new InvalidArgumentError('fixed', `${oracle.length} values, one a user`, fixed);
  const differences = Float64Array.from(oracle, (value, index) => value - fixed[index]!);
  const { low, high } = bootstrapMeanInterval(differences, { random });
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const interval = [low, high] as const;
  if (high < margin) return { mean, interval, verdict: 'too-small' };
  if (low > 0 && interactionP <= 0.05) return { mean, interval, verdict: 'pays' };
  // The half-width shrinks with the root of the number of users; it must fall below the nearer of the two distances.
  const distance = Math.max(Math.abs(mean), Math.abs(margin - mean), 1e-4);
  const halfWidth = (high - low) / 2;
  return {
    mean,
    interval,
    verdict: 'undecided',
    usersToDecide: Math.ceil(differences.length * (halfWidth / distance) ** 2),
  };
}
