/**
 * Linear Thompson sampling.
 *
 * Agrawal, Goyal: "Thompson sampling for contextual bandits with linear payoffs", ICML 2013.
 *
 * Symbols: B = prior + sum of x x' precision, mu = B^-1 sum of x r mean, v scale of the posterior, K draws.
 *
 *   theta_k ~ N(mu, v^2 B^-1), k = 1 ... K, after every fit; a_k = argmax over a of x(a)' theta_k
 *   p(a) = share of the k whose a_k is a
 *
 * Differences from the paper: instead of one draw of theta a round there are K after every fit, and each round takes one of
 * them at random (an ensemble, as in Lu, Van Roy: "Ensemble sampling", NIPS 2017). So the probability of every action is
 * known exactly, which it is not for a fresh draw; an action that none of the K holds best has probability 0, unless
 * `epsilon` mixes in even exploration. v is a constant, the standard deviation of a reward, instead of the paper's bound.
 */
import { expandJointSums } from '@rppkit/policy';
import { solveLowerTransposed } from '@rppkit/regression';
import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import type { Bandit, BanditSpace, RewardModelOptions } from './bandit.ts';
import { computeActionValues, computeWeightPairSums, copyFromParents } from './feature-values.ts';
import { createLinearBandit } from './linear-bandit.ts';

export interface ThompsonOptions extends RewardModelOptions {
  /** Draws the posterior; what `act` draws comes from its own stream. */
  readonly random: RandomStream;
  /** Standard deviation v of the posterior in units of B^-1/2, at least 0; default 0.25, that of one reward. */
  readonly scale?: number;
  /** Draws K of the posterior after every fit, a positive integer; default 64. */
  readonly draws?: number;
  /** Probability of an even draw, in [0, 1]; above 0 every legal joint action can be logged; default 0. */
  readonly epsilon?: number;
}

/** Creates the bandit. Throws `InvalidArgumentError` for a space or options outside their ranges. */
export function createThompsonBandit(
  space: BanditSpace,
  { random, scale = 0.25, draws = 64, epsilon = 0, ...model }: ThompsonOptions,
): Bandit {
  if (!(scale >= 0 && scale < Number.POSITIVE_INFINITY)) throw new InvalidArgumentError('scale', 'at least 0', scale);
  if (!(Number.isInteger(draws) && draws >= 1)) throw new InvalidArgumentError('draws', 'a positive integer', draws);
  if (!(epsilon >= 0 && epsilon <= 1)) throw new InvalidArgumentError('epsilon', 'in [0, 1]', epsilon);
  const posterior = random.split('posterior');
  let thetas: readonly Float64Array[] = [];
  let pairSums: readonly Float64Array[] = [];
  return createLinearBandit(space, model, (layout) => {
    let sums = new Float64Array(layout.joint);
    const keep = (drawn: readonly Float64Array[]): void => {
      thetas = drawn;
      pairSums = layout.pairs.length === 0 ? [] : drawn.map((theta) => computeWeightPairSums(layout, theta));
      if (sums.length !== layout.joint) sums = new Float64Array(layout.joint);
    };
    return {
      name: 'Thompson',
      refit({ weights, factor }) {
        const drawn = Array.from({ length: draws }, () => {
          const theta = Float64Array.from(weights, () => scale * posterior.normal());
          // L L' = B, so L'^-1 z has covariance B^-1.
          solveLowerTransposed(factor, theta, theta.length);
          for (let feature = 0; feature < theta.length; feature++) theta[feature]! += weights[feature]!;
          return theta;
        });
        keep(drawn);
      },
      widen(widened) {
        keep(thetas.map((theta) => copyFromParents(theta, widened)));
      },
      distribute({ context, shares, shareSum }, weights) {
        for (let joint = 0; joint < weights.length; joint++) weights[joint] = (epsilon * shares[joint]!) / shareSum;
        for (let draw = 0; draw < draws; draw++) {
          expandJointSums(computeActionValues(layout, thetas[draw]!, context), sums);
          const extra = pairSums[draw];
          let best = -1;
          let largest = Number.NEGATIVE_INFINITY;
          for (let joint = 0; joint < sums.length; joint++) {
            if (shares[joint] === 0) continue;
            const value = extra === undefined ? sums[joint]! : sums[joint]! + extra[joint]!;
            if (value > largest) {
              largest = value;
              best = joint;
            }
          }
          weights[best]! += (1 - epsilon) / draws;
        }
      },
    };
  });
}
