import { assertSample } from './sample-moments.ts';

/**
 * Probability that a random value of `a` exceeds a random value of `b`, ties counted half, in [0, 1]:
 *
 *   P = sum over all pairs of (1 if a_i > b_j, 1/2 if equal, else 0) / (n m)
 *
 * The samples are not paired and may differ in length: for instance final rewards of the seeds of two learners on one
 * task. Over several tasks rliable takes the mean of the tasks' values. Equal means equal as floating-point numbers.
 * Throws `InvalidArgumentError` for an empty sample or a value that is not finite.
 *
 * Source: Agarwal, Schwarzer, Castro, Courville, Bellemare, "Deep reinforcement learning at the edge of the statistical
 * precipice", NeurIPS 2021, section 4.3. It is the Mann-Whitney statistic U by n m.
 */
export function probabilityOfImprovement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertSample('a', a, 1);
  assertSample('b', b, 1);
  const left = Float64Array.from(a).sort();
  const right = Float64Array.from(b).sort();
  let smaller = 0;
  let notGreater = 0;
  let twiceWins = 0;
  for (const value of left) {
    while (smaller < right.length && right[smaller]! < value) smaller++;
    while (notGreater < right.length && right[notGreater]! <= value) notGreater++;
    twiceWins += smaller + notGreater;
  }
  return twiceWins / (2 * left.length * right.length);
}
