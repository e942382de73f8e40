/**
 * SquareCB: inverse-gap weighting of a regression of the reward.
 *
 * Foster, Rakhlin: "Beyond UCB: optimal and efficient contextual bandits with regression oracles", ICML 2020.
 *
 * Symbols: y(a) estimated reward, a* the action with the highest, K actions, mu = K, gamma learning rate, t rows so far.
 *
 *   p(a) = 1 / (mu + gamma (y(a*) - y(a))) for a other than a*, and the rest for a*
 *
 * Differences from the paper: the oracle is a ridge regression, fitted again from time to time; the actions are joint
 * actions, K being the legal ones of the task (children count as part of their family); gamma = gammaScale K sqrt(t), where
 * the paper's sqrt(K t / regret) takes a horizon and the regret of the oracle, and treats actions as unrelated. Actions
 * that share their expressions tell of each other, so far fewer than K explorations are needed.
 */
import { InvalidArgumentError } from '@rppkit/spec';
import type { Bandit, BanditSpace, RewardModelOptions } from './bandit.ts';
import { createLinearBandit } from './linear-bandit.ts';

export interface SquareCbOptions extends RewardModelOptions {
  /** gamma = gammaScale K sqrt(rows), per unit of reward; above 0; default 1. */
  readonly gammaScale?: number;
}

/** Creates the bandit. Throws `InvalidArgumentError` for a space or options outside their ranges. */
export function createSquareCbBandit(space: BanditSpace, { gammaScale = 1, ...model }: SquareCbOptions = {}): Bandit {
  if (!(gammaScale > 0 && gammaScale < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError('gammaScale', 'a positive number', gammaScale);
  }
  return createLinearBandit(space, model, () => ({
    name: 'SquareCB',
    distribute({ scores, shares, shareSum, greedy, rows }, weights) {
      const gamma = gammaScale * shareSum * Math.sqrt(rows);
      const best = scores[greedy]!;
      let rest = 1;
      for (let joint = 0; joint < weights.length; joint++) {
        if (shares[joint] === 0 || joint === greedy) continue;
        weights[joint] = shares[joint]! / (shareSum + gamma * (best - scores[joint]!));
        rest -= weights[joint]!;
      }
      weights[greedy] = rest;
    },
  }));
}
