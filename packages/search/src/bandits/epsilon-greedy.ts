/**
 * Epsilon-greedy exploration: with probability epsilon an evenly drawn joint action, else the one held best.
 *
 * Langford, Zhang: "The epoch-greedy algorithm for multi-armed bandits with side information", NIPS 2007, is the contextual
 * form with exploration of its own rounds; Sutton, Barto: "Reinforcement learning: an introduction", 2nd edition, 2018,
 * section 2.2.
 *
 * Symbols: epsilon probability of exploring, u even distribution over the legal joint actions, a* the greedy one.
 *
 *   p(a) = (1 - epsilon) 1[a = a*] + epsilon u(a)
 *
 * Differences: the rewards of greedy rounds are learned from too; actions are joint actions of several agents.
 */
import { InvalidArgumentError } from '@rppkit/spec';
import type { Bandit, BanditSpace, RewardModelOptions } from './bandit.ts';
import { createLinearBandit } from './linear-bandit.ts';

export interface EpsilonGreedyOptions extends RewardModelOptions {
  /** Probability of an even draw, in [0, 1]; default 0.2. */
  readonly epsilon?: number;
}

/** Creates the bandit. Throws `InvalidArgumentError` for a space or options outside their ranges. */
export function createEpsilonGreedyBandit(
  space: BanditSpace,
  { epsilon = 0.2, ...model }: EpsilonGreedyOptions = {},
): Bandit {
  if (!(epsilon >= 0 && epsilon <= 1)) throw new InvalidArgumentError('epsilon', 'in [0, 1]', epsilon);
  return createLinearBandit(space, model, () => ({
    name: 'epsilon-greedy',
    distribute({ shares, shareSum, greedy }, weights) {
      const even = epsilon / shareSum;
      for (let joint = 0; joint < weights.length; joint++) weights[joint] = even * shares[joint]!;
      weights[greedy]! += 1 - epsilon;
    },
  }));
}
