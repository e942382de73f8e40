/**
 * One step of matrix factorisation on pairs.
 * S. Rendle, C. Freudenthaler, Z. Gantner, L. Schmidt-Thieme: "BPR: Bayesian personalized ranking from implicit feedback",
 * UAI 2009.
 *
 * Symbols: user u has item i and not item j; p_u, q_i, q_j their vectors; b_i, b_j the items' biases (0 where there are
 * none); x_uij = p_u'(q_i - q_j) + b_i - b_j; sigma the logistic function; lambda the regularization.
 * Maximised for each triple: ln sigma(x_uij) - lambda / 2 (|p_u|^2 + |q_i|^2 + |q_j|^2 + b_i^2 + b_j^2).
 *
 * Differences from the paper: one lambda for users, liked items and other items, where the paper allows three; biases are
 * offered beside the vectors; the learning rate falls evenly over the epochs (`bpr.ts`), because steps of one size keep the
 * vectors moving about the optimum. Samples are drawn as in the paper, evenly and with replacement.
 */

/** What BPR learns. */
export interface BprParameters {
  /** Length of a vector. */
  readonly dimensions: number;
  /** `Float32Array [users, dimensions]`. */
  readonly users: Float32Array;
  /** `Float32Array [items, dimensions]`. */
  readonly items: Float32Array;
  /** `Float32Array [items]`; absent: no biases. */
  readonly itemBiases?: Float32Array;
}

/** How far a step goes. */
export interface StepRates {
  /** Step size, above 0. */
  readonly learningRate: number;
  /** lambda, at least 0. */
  readonly regularization: number;
  /** True: only the user's vector moves, as for a new user; default false. */
  readonly fixedItems?: boolean;
}

/** Moves the parameters of a triple one step up the gradient; returns -ln sigma(x_uij) from before the step. */
export function stepPair(
  { dimensions, users, items, itemBiases }: BprParameters,
  user: number,
  liked: number,
  other: number,
  { learningRate, regularization, fixedItems = false }: StepRates,
): number {
  const userStart = user * dimensions;
  const likedStart = liked * dimensions;
  const otherStart = other * dimensions;
  let difference = itemBiases === undefined ? 0 : itemBiases[liked]! - itemBiases[other]!;
  for (let d = 0; d < dimensions; d++) {
    difference += users[userStart + d]! * (items[likedStart + d]! - items[otherStart + d]!);
  }
  const small = Math.exp(-Math.abs(difference));
  // sigma(-x_uij), without overflow for either sign.
  const weight = learningRate * ((difference > 0 ? small : 1) / (1 + small));
  const decay = learningRate * regularization;
  for (let d = 0; d < dimensions; d++) {
    const u = users[userStart + d]!;
    const i = items[likedStart + d]!;
    const j = items[otherStart + d]!;
    users[userStart + d] = u + weight * (i - j) - decay * u;
    if (fixedItems) continue;
    items[likedStart + d] = i + weight * u - decay * i;
    items[otherStart + d] = j - weight * u - decay * j;
  }
  if (itemBiases !== undefined && !fixedItems) {
    itemBiases[liked]! += weight - decay * itemBiases[liked]!;
    itemBiases[other]! -= weight + decay * itemBiases[other]!;
  }
  return Math.log1p(small) + Math.max(0, -difference);
}
