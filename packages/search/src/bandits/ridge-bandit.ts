import { InvalidArgumentError } from '@rppkit/spec';
import type { Bandit, BanditSpace, RewardModelOptions } from './bandit.ts';
import { createLinearBandit } from './linear-bandit.ts';

export interface RidgeBanditOptions extends RewardModelOptions {
  /** Rows of even exploration before it turns greedy, at least 0; default Infinity: greedy only when deterministic. */
  readonly exploration?: number;
}

/**
 * The ridge reward model as a policy: explores evenly, then takes what it holds best. Its rows are what
 * off-policy evaluation likes best, and nothing in it adapts to what was earned. Throws `InvalidArgumentError` for a space
 * or options outside their ranges.
 */
export function createRidgeBandit(
  space: BanditSpace,
  { exploration = Number.POSITIVE_INFINITY, ...model }: RidgeBanditOptions = {},
): Bandit {
  if (!(exploration >= 0)) throw new InvalidArgumentError('exploration', 'at least 0', exploration);
  return createLinearBandit(space, model, () => ({
    name: 'ridge',
    distribute({ shares, greedy, rows }, weights) {
      if (rows < exploration) weights.set(shares);
      else weights[greedy] = 1;
    },
  }));
}
