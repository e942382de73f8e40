import {
  type ActorCriticOptions,
  assertFraction,
  assertPositive,
  assertPositiveInteger,
  type ResolvedActorCriticOptions,
  resolveActorCriticOptions,
} from './actor-critic-options.ts';

/** How learners with a clipped surrogate objective learn. */
export interface PpoOptions extends ActorCriticOptions {
  /** lambda, in [0, 1]: 0 gives one-step differences, 1 returns to the end of the episode. Default 0.95. */
  readonly gaeLambda?: number;
  /** epsilon: how far the ratio of new and old probability may gain before its gradient stops; above 0. Default 0.2. */
  readonly clipRange?: number;
  /** Passes over each rollout. Default 4. */
  readonly epochs?: number;
  /**
   * Parts of a pass, each of which makes one step of every optimiser. Rows are drawn into them anew in every pass.
   * Default 1.
   */
  readonly minibatches?: number;
  /** Stops the gradient of values that have moved further than `clipRange` towards their target. Default true. */
  readonly clipValueLoss?: boolean;
  /**
   * Critics learn and answer in units of the running mean and standard deviation of the returns; `train/value_loss` is
   * then in these units too, and `clipRange` of the value loss as well. Default true.
   */
  readonly normalizeValues?: boolean;
  /**
   * No further step is made from a rollout once `train/approx_kl` of a minibatch, in nats, exceeds 1.5 times this.
   * Default: never.
   */
  readonly targetKl?: number;
}

export interface ResolvedPpoOptions extends ResolvedActorCriticOptions {
  readonly gaeLambda: number;
  readonly clipRange: number;
  /** `Infinity` where the value loss is not clipped. */
  readonly valueClipRange: number;
  readonly epochs: number;
  readonly minibatches: number;
  readonly normalizeValues: boolean;
  /** Largest approximate divergence that still makes a step; `Infinity` without `targetKl`. */
  readonly largestKl: number;
}

/** Fills in the defaults. Throws `InvalidArgumentError` for values out of range. */
export function resolvePpoOptions({
  gaeLambda = 0.95,
  clipRange = 0.2,
  epochs = 4,
  minibatches = 1,
  clipValueLoss = true,
  normalizeValues = true,
  targetKl,
  ...options
}: PpoOptions): ResolvedPpoOptions {
  assertFraction('gaeLambda', gaeLambda);
  assertPositive('clipRange', clipRange);
  assertPositiveInteger('epochs', epochs);
  assertPositiveInteger('minibatches', minibatches);
  if (targetKl !== undefined) assertPositive('targetKl', targetKl);
  return {
    ...resolveActorCriticOptions(options),
    gaeLambda,
    clipRange,
    valueClipRange: clipValueLoss ? clipRange : Number.POSITIVE_INFINITY,
    epochs,
    minibatches,
    normalizeValues,
    largestKl: targetKl === undefined ? Number.POSITIVE_INFINITY : 1.5 * targetKl,
  };
}
