import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { assertSchedule, type Schedule } from './schedule.ts';

/** How `createMaa2c` learns. */
export interface Maa2cOptions {
  /** Decides the first weights. */
  readonly random: RandomStream;
  /** Widths of the hidden layers of every actor and of the critic; `[]` makes them linear. Default `[64]`. */
  readonly hiddenSizes?: readonly number[];
  /** Default 0.003. Where the number of updates is known, a schedule lets it fall over them. */
  readonly actorLearningRate?: Schedule;
  /** Default 0.01. */
  readonly criticLearningRate?: Schedule;
  /** gamma, in [0, 1]. Default 0.95. */
  readonly discount?: number;
  /** lambda, in [0, 1]. Default 1: returns to the end of the episode. */
  readonly gaeLambda?: number;
  /** beta, for the sum of the agents' entropies. Default 0.1, for normalised advantages. */
  readonly entropyCoefficient?: Schedule;
  /** Largest joint norm of the gradients of all actors, and of those of the critic. Default 0.5. */
  readonly maxGradientNorm?: number;
  /**
   * Scales the advantages of a batch to mean 0 and standard deviation 1. A batch with a single usable row then has an
   * advantage of 0 and gives no policy gradient: only the entropy and the critic move. Default true.
   */
  readonly normalizeAdvantages?: boolean;
  /** Adam's epsilon. Default 1e-5. */
  readonly adamEpsilon?: number;
}

/** Fills in the defaults. Throws `InvalidArgumentError` for values out of range. */
export function resolveMaa2cOptions({
  random,
  hiddenSizes = [64],
  actorLearningRate = 0.003,
  criticLearningRate = 0.01,
  discount = 0.95,
  gaeLambda = 1,
  entropyCoefficient = 0.1,
  maxGradientNorm = 0.5,
  normalizeAdvantages = true,
  adamEpsilon = 1e-5,
}: Maa2cOptions): Required<Maa2cOptions> {
  for (const size of hiddenSizes) {
    if (!(Number.isSafeInteger(size) && size > 0))
      throw new InvalidArgumentError('hiddenSizes', 'positive integers', size);
  }
  assertSchedule('actorLearningRate', actorLearningRate);
  assertSchedule('criticLearningRate', criticLearningRate);
  assertSchedule('entropyCoefficient', entropyCoefficient);
  assertFraction('discount', discount);
  assertFraction('gaeLambda', gaeLambda);
  if (!(maxGradientNorm > 0)) throw new InvalidArgumentError('maxGradientNorm', 'above 0', maxGradientNorm);
  if (!(adamEpsilon > 0)) throw new InvalidArgumentError('adamEpsilon', 'above 0', adamEpsilon);
  return {
    random,
    hiddenSizes,
    actorLearningRate,
    criticLearningRate,
    discount,
    gaeLambda,
    entropyCoefficient,
    maxGradientNorm,
    normalizeAdvantages,
    adamEpsilon,
  };
}

function assertFraction(argument: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError(argument, 'in [0, 1]', value);
}
