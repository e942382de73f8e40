/**
 * LinUCB: the joint action with the highest upper confidence bound of a linear model.
 *
 * Li, Chu, Langford, Schapire: "A contextual-bandit approach to personalized news article recommendation", WWW 2010.
 *
 * Symbols: A = prior + sum of x x', theta = A^-1 sum of x r, x(a) features of a joint action, alpha width of the bound.
 *
 *   a = argmax of x(a)' theta + alpha sqrt(x(a)' A^-1 x(a))
 *
 * Differences from the paper: one model for all joint actions, whose features are those of its expressions, instead of one
 * model an arm (its hybrid model comes closest); A^-1 is that of the last fit, so that a batch of contexts is chosen for
 * with one A.
 */

import { invertFromCholesky } from '@rppkit/regression';
import { InvalidArgumentError } from '@rppkit/spec';
import type { Bandit, BanditSpace, RewardModelOptions } from './bandit.ts';
import type { WidenedFeatures } from './feature-layout.ts';
import { copyFromParents } from './feature-values.ts';
import { createJointWidths } from './joint-widths.ts';
import { createLinearBandit } from './linear-bandit.ts';

export interface LinUcbOptions extends RewardModelOptions {
  /** Width of the bound in standard deviations of A^-1, in units of reward; at least 0; default 0.25. */
  readonly alpha?: number;
}

/**
 * Creates the bandit. It draws nothing: every log-probability is 0, so its rows support no off-policy evaluation of other
 * joint actions. Throws `InvalidArgumentError` for a space or options outside their ranges.
 */
export function createLinUcbBandit(space: BanditSpace, { alpha = 0.25, ...model }: LinUcbOptions = {}): Bandit {
  if (!(alpha >= 0 && alpha < Number.POSITIVE_INFINITY)) throw new InvalidArgumentError('alpha', 'at least 0', alpha);
  return createLinearBandit(space, model, (layout) => {
    let inverse: Float64Array;
    let computeWidths: (context: Float64Array) => Float64Array;
    return {
      name: 'LinUCB',
      refit({ factor, weights }) {
        inverse = invertFromCholesky(factor, weights.length);
        computeWidths = createJointWidths(layout, inverse);
      },
      widen(widened) {
        inverse = copyRowsFromParents(inverse, widened);
        computeWidths = createJointWidths(layout, inverse);
      },
      distribute({ context, scores }, weights) {
        const squares = computeWidths(context);
        let best = -1;
        let largest = Number.NEGATIVE_INFINITY;
        for (let joint = 0; joint < scores.length; joint++) {
          const bound = scores[joint]! + alpha * Math.sqrt(Math.max(0, squares[joint]!));
          if (bound > largest) {
            largest = bound;
            best = joint;
          }
        }
        weights[best] = 1;
      },
    };
  });
}

/** The inverse for new features that move with their parents. */
function copyRowsFromParents(inverse: Float64Array, widened: WidenedFeatures): Float64Array {
  const size = Math.sqrt(inverse.length);
  const grown = size + widened.source.length;
  const copied = new Float64Array(grown * grown);
  for (let row = 0; row < grown; row++) {
    const from = row < size ? row : widened.source[row - size]!;
    copied.set(copyFromParents(inverse.subarray(from * size, (from + 1) * size), widened), row * grown);
  }
  return copied;
}
