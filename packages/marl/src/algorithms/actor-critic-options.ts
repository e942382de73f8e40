import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { type NetworkOptions, type ResolvedNetworkOptions, resolveNetworkOptions } from '../networks/agent-networks.ts';
import { assertSchedule, type Schedule } from '../optimization/schedule.ts';

/** How actor-critic learners learn. */
export interface ActorCriticOptions extends NetworkOptions {
  /** Decides the first weights, and what is drawn while learning. */
  readonly random: RandomStream;
  /** Default 0.003. Where the number of updates is known, a schedule lets it fall over them. */
  readonly actorLearningRate?: Schedule;
  /** Default 0.01. */
  readonly criticLearningRate?: Schedule;
  /** gamma, in [0, 1]. Default 0.95. */
  readonly discount?: number;
  /** beta, for the sum of the agents' entropies. Default 0.1, for normalised advantages. */
  readonly entropyCoefficient?: Schedule;
  /** Largest joint norm of the gradients of all actors, and of those of the critics. Default 0.5. */
  readonly maxGradientNorm?: number;
  /**
   * Scales the advantages of a batch to mean 0 and standard deviation 1. A batch with a single usable row then has an
   * advantage of 0 and gives no policy gradient: only the entropy and the critic move. Default true.
   */
  readonly normalizeAdvantages?: boolean;
  /** Adam's epsilon. Default 1e-5. */
  readonly adamEpsilon?: number;
}

/** Options of learners that estimate advantages with GAE. */
export interface GaeOptions {
  /** lambda, in [0, 1]. Default 1: returns to the end of the episode. */
  readonly gaeLambda?: number;
}

export type ResolvedActorCriticOptions = Required<Omit<ActorCriticOptions, keyof NetworkOptions>> & {
  readonly networks: ResolvedNetworkOptions;
};

/** Fills in the defaults. Throws `InvalidArgumentError` for values out of range. */
export function resolveActorCriticOptions({
  random,
  actorLearningRate = 0.003,
  criticLearningRate = 0.01,
  discount = 0.95,
  entropyCoefficient = 0.1,
  maxGradientNorm = 0.5,
  normalizeAdvantages = true,
  adamEpsilon = 1e-5,
  ...networks
}: ActorCriticOptions): ResolvedActorCriticOptions {
  assertSchedule('actorLearningRate', actorLearningRate);
  assertSchedule('criticLearningRate', criticLearningRate);
  assertSchedule('entropyCoefficient', entropyCoefficient);
  assertFraction('discount', discount);
  assertPositive('maxGradientNorm', maxGradientNorm);
  assertPositive('adamEpsilon', adamEpsilon);
  return {
    random,
    actorLearningRate,
    criticLearningRate,
    discount,
    entropyCoefficient,
    maxGradientNorm,
    normalizeAdvantages,
    adamEpsilon,
    networks: resolveNetworkOptions(networks),
  };
}

export function assertFraction(argument: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError(argument, 'in [0, 1]', value);
}

export function assertPositive(argument: string, value: number): void {
  if (!(value > 0)) throw new InvalidArgumentError(argument, 'above 0', value);
}

export function assertPositiveInteger(argument: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value > 0))
    throw new InvalidArgumentError(argument, 'a positive integer', value);
}
