import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { type NetworkOptions, type ResolvedNetworkOptions, resolveNetworkOptions } from '../networks/agent-networks.ts';
import { assertTargetUpdate, type TargetUpdate } from '../networks/target-network.ts';
import { assertSchedule, type Schedule } from '../optimization/schedule.ts';
import { assertFraction, assertPositive, assertPositiveInteger } from './actor-critic-options.ts';

/** How learners of joint action values learn. */
export interface ValueOptions extends NetworkOptions {
  /** Decides the first weights, and which rows are replayed. */
  readonly random: RandomStream;
  /** Default 0.003. */
  readonly learningRate?: Schedule;
  /** gamma, in [0, 1]. Default 0.95. */
  readonly discount?: number;
  /**
   * Probability with which an agent explores, in [0, 1], over the updates. Each agent explores on its own and then takes any
   * legal action. Default from 1 to 0.05 over 100 updates.
   */
  readonly epsilon?: Schedule;
  /** Rows that the replay memory holds; the oldest give way. Default 50,000. */
  readonly replayCapacity?: number;
  /** Rows of a gradient step, drawn from the memory without repetition; all of them while it holds fewer. Default 128. */
  readonly batchSize?: number;
  /** Steps of the optimiser an update. Default 1. */
  readonly gradientSteps?: number;
  /** The best next actions are chosen by the networks that learn, not by the target networks. Default true. */
  readonly doubleQ?: boolean;
  /** How the target networks follow. Default `{ every: 10 }`. */
  readonly targetUpdate?: TargetUpdate;
  /** Largest joint norm of all gradients. Default 10. */
  readonly maxGradientNorm?: number;
  /** Adam's epsilon. Default 1e-5. */
  readonly adamEpsilon?: number;
}

type ResolvedValueOptions = Required<Omit<ValueOptions, keyof NetworkOptions>> & {
  readonly networks: ResolvedNetworkOptions;
};

/** Fills in the defaults. Throws `InvalidArgumentError` for values out of range. */
export function resolveValueOptions({
  random,
  learningRate = 0.003,
  discount = 0.95,
  epsilon = { from: 1, to: 0.05, updates: 100 },
  replayCapacity = 50_000,
  batchSize = 128,
  gradientSteps = 1,
  doubleQ = true,
  targetUpdate = { every: 10 },
  maxGradientNorm = 10,
  adamEpsilon = 1e-5,
  ...networks
}: ValueOptions): ResolvedValueOptions {
  assertSchedule('learningRate', learningRate);
  assertFraction('discount', discount);
  assertSchedule('epsilon', epsilon);
  const largest = typeof epsilon === 'number' ? epsilon : Math.max(epsilon.from, epsilon.to);
  if (largest > 1) throw new InvalidArgumentError('epsilon', 'in [0, 1]', largest);
  assertPositiveInteger('replayCapacity', replayCapacity);
  assertPositiveInteger('batchSize', batchSize);
  assertPositiveInteger('gradientSteps', gradientSteps);
  assertTargetUpdate(targetUpdate);
  assertPositive('maxGradientNorm', maxGradientNorm);
  assertPositive('adamEpsilon', adamEpsilon);
  return {
    random,
    learningRate,
    discount,
    epsilon,
    replayCapacity,
    batchSize,
    gradientSteps,
    doubleQ,
    targetUpdate,
    maxGradientNorm,
    adamEpsilon,
    networks: resolveNetworkOptions(networks),
  };
}
