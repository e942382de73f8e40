/**
 * The clipped surrogate objective of one agent.
 * Schulman, Wolski, Dhariwal, Radford, Klimov: "Proximal policy optimization algorithms", arXiv 1707.06347, 2017, Eq. 7.
 * The estimate of the divergence is that of Schulman: "Approximating KL divergence", 2020, joschu.net/blog/kl-approx.html.
 *
 * Symbols: rho = exp(log pi(a | o) - log pi_old(a | o)) ratio, A advantage, epsilon clip range, N rows.
 *
 *   Eq. 1  loss          = -1/N sum_rows min(rho A, clip(rho, 1 - epsilon, 1 + epsilon) A)
 *   Eq. 2  approx. KL    =  1/N sum_rows [ (rho - 1) - log rho ]
 *   Eq. 3  clip fraction =  share of the rows with |rho - 1| > epsilon
 *
 * Differences from the paper: none. A row whose clipped term is the smaller one is a constant, so that its ratio may
 * overflow without harm.
 */
import * as tf from '@tensorflow/tfjs';

/** Eq. 1 to 3, scalars. Only `loss` has a gradient. */
export interface ClippedSurrogate {
  readonly loss: tf.Scalar;
  /** In nats. */
  readonly approxKl: tf.Scalar;
  /** In [0, 1], of rows on either side of the range, whether or not their advantage lets them be clipped. */
  readonly clipFraction: tf.Scalar;
}

/** Of one agent's log-probabilities of the chosen actions now, `[rows]`, with a gradient; `clipRange`: epsilon, above 0. */
export function computeClippedSurrogate(
  logChosen: tf.Tensor1D,
  rows: {
    /** What the policy that acted gave the actions, `Float32Array [rows]`. */
    readonly oldLogChosen: Float32Array;
    /** `Float32Array [rows]`. */
    readonly advantages: Float32Array;
  },
  clipRange: number,
): ClippedSurrogate {
  const { oldLogChosen, advantages } = rows;
  const logRatio = logChosen.sub<tf.Tensor1D>(tf.tensor1d(oldLogChosen));
  const open = new Float32Array(advantages.length);
  const clipped = new Float32Array(advantages.length);
  let divergence = 0;
  let outside = 0;
  for (const [row, value] of logRatio.dataSync<'float32'>().entries()) {
    const change = Math.expm1(value);
    const A = advantages[row]!;
    divergence += change - value; // Eq. 2
    outside += Math.abs(change) > clipRange ? 1 : 0; // Eq. 3
    const isClipped = A >= 0 ? change > clipRange : change < -clipRange;
    if (isClipped) clipped[row] = A >= 0 ? (1 + clipRange) * A : (1 - clipRange) * A;
    else open[row] = 1;
  }
  // Eq. 1. The mask inside the exponential keeps an infinite ratio away from the 0 that it would be multiplied with.
  const weights = advantages.map((A, row) => A * open[row]!);
  const surrogate = logRatio.mul(tf.tensor1d(open)).exp().mul(tf.tensor1d(weights)).add(tf.tensor1d(clipped));
  return {
    loss: surrogate.mean<tf.Scalar>().neg(),
    approxKl: tf.scalar(divergence / advantages.length),
    clipFraction: tf.scalar(outside / advantages.length),
  };
}
