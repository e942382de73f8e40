/**
 * Advantages and returns of a rollout.
 * Schulman, Moritz, Levine, Jordan, Abbeel: "High-dimensional continuous control using generalized advantage
 * estimation", ICLR 2016.
 *
 * Symbols: r reward, V value of the state, gamma discount, lambda the mixing of one-step and long returns,
 * delta temporal difference. lambda = 0 gives r + gamma V(s') - V(s), lambda = 1 the n-step return minus V(s).
 *
 * Differences from the paper: episodes end inside the batch. After a terminated step nothing follows; after a truncated
 * one V(s') stands for what would have followed; a step without a reward (`usable` 0) is left out, and the step before
 * it bootstraps.
 */
export function computeAdvantages(
  rollout: {
    readonly batchSize: number;
    /** All `Float32Array` or `Uint8Array` `[steps, batch]`, row-major, in time order. */
    readonly rewards: Float32Array;
    /** V of the state before the step. */
    readonly values: Float32Array;
    /** V of the state after the step. */
    readonly nextValues: Float32Array;
    readonly terminated: Uint8Array;
    readonly truncated: Uint8Array;
    /** 0 where the row was inactive or carries no reward. */
    readonly usable: Uint8Array;
  },
  { discount, gaeLambda }: { readonly discount: number; readonly gaeLambda: number },
): {
  /** `Float32Array [steps, batch]`; 0 where unusable. */
  readonly advantages: Float32Array;
  /** Targets of the critic, advantage + V(s), `Float32Array [steps, batch]`; 0 where unusable. */
  readonly returns: Float32Array;
} {
  const { batchSize, rewards, values, nextValues, terminated, truncated, usable } = rollout;
  const advantages = new Float32Array(rewards.length);
  const returns = new Float32Array(rewards.length);
  for (let index = rewards.length - 1; index >= 0; index--) {
    if (usable[index] === 0) continue;
    const next = index + batchSize;
    const future = terminated[index] === 1 ? 0 : nextValues[index]!;
    const delta = rewards[index]! + discount * future - values[index]!;
    const runsOn = terminated[index] === 0 && truncated[index] === 0 && next < rewards.length && usable[next] === 1;
    const advantage = delta + (runsOn ? discount * gaeLambda * advantages[next]! : 0);
    advantages[index] = advantage;
    returns[index] = advantage + values[index]!;
  }
  return { advantages, returns };
}

/**
 * Shifts to mean 0 and scales to standard deviation 1 (over the batch), `Float32Array` of the same length. A single
 * advantage becomes 0.
 */
export function normalizeAdvantages(advantages: Float32Array): Float32Array {
  let mean = 0;
  for (const advantage of advantages) mean += advantage / advantages.length;
  let variance = 0;
  for (const advantage of advantages) variance += (advantage - mean) ** 2 / advantages.length;
  // Equal advantages say nothing about the actions: they become 0, not 0 / 0.
  return advantages.map((advantage) => (advantage - mean) / (Math.sqrt(variance) + 1e-8));
}

/**
 * 1 - variance(returns - values) / variance(returns): 1 for a perfect critic, 0 for one as good as a constant, negative
 * for a worse one, NaN where all returns are equal (as in Stable-Baselines3).
 */
export function computeExplainedVariance(values: Float32Array, returns: Float32Array): number {
  const variance = (values: Float32Array): number => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  };
  const spread = variance(returns);
  if (spread === 0) return Number.NaN;
  return 1 - variance(returns.map((value, index) => value - values[index]!)) / spread;
}
