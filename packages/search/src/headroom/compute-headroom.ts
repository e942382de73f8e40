import { bootstrapMeanInterval, pairedDifferences } from '@rppkit/metrics/statistics';
import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';

/** `pays`: personal prompts can beat the best fixed one. `too-small`: by less than the margin, if at all. */
export type HeadroomVerdict = 'pays' | 'too-small' | 'undecided';

export interface HeadroomOptions {
  /** NDCG of the context oracle, one value a user. */
  readonly oracle: ArrayLike<number>;
  /** NDCG of the best fixed prompt for the same users in the same order. */
  readonly fixed: ArrayLike<number>;
  /** The p-value of the permutation test of the user x prompt interaction, in [0, 1]. */
  readonly interactionP: number;
  /** Gains below this do not matter, above 0; default 0.01 NDCG. */
  readonly margin?: number;
  readonly random: RandomStream;
}

/** Attainable headroom: context oracle less best fixed prompt, with what follows from it. */
export interface Headroom {
  readonly mean: number;
  /** Lower end of the 95 % bootstrap interval over users. */
  readonly low: number;
  /** Its upper end. */
  readonly high: number;
  readonly verdict: HeadroomVerdict;
  /**
   * For `undecided`: about how many users in all would settle the interval, if the mean stays where it is. Absent where the
   * interval is settled and the interaction test is not; then more answers to random prompts would decide.
   */
  readonly usersToDecide?: number;
}

/**
 * Pays: the interval lies above 0 and the interaction test rejects at .05. Too small: the interval lies below the margin,
 * also where both hold. Throws `InvalidArgumentError` for a margin or p-value out of range, and for lists that are not finite,
 * of different lengths, or of fewer than two users.
 */
export function computeHeadroom({ oracle, fixed, interactionP, margin = 0.01, random }: HeadroomOptions): Headroom {
  if (!(margin > 0)) throw new InvalidArgumentError('margin', 'a positive number', margin);
  if (!(interactionP >= 0 && interactionP <= 1)) {
    throw new InvalidArgumentError('interactionP', 'a number in [0, 1]', interactionP);
  }
  const differences = pairedDifferences(oracle, fixed);
  const { mean, low, high } = bootstrapMeanInterval(differences, { random });
  if (high < margin) return { mean, low, high, verdict: 'too-small' };
  if (low > 0) return { mean, low, high, verdict: interactionP <= 0.05 ? 'pays' : 'undecided' };
  // Either end can settle it: the lower one above 0, or the upper one below the margin. The half-width shrinks with the root
  // of the number of users, and has to fall below the larger of the two distances.
  const distance = Math.max(mean, margin - mean);
  const users = Math.ceil(differences.length * ((high - low) / 2 / distance) ** 2);
  return { mean, low, high, verdict: 'undecided', usersToDecide: Math.max(differences.length + 1, users) };
}
