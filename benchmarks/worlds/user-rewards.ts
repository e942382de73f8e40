/** The mean reward of each user, `Float64Array [users]`, from `rewards [users, draws]`. */
export function computeUserMeans(rewards: Float64Array, draws: number): Float64Array {
  return Float64Array.from({ length: rewards.length / draws }, (_, user) =>
    computeMean(rewards.subarray(user * draws, (user + 1) * draws)),
  );
}

/** Standard deviation of a draw within a user: the root of the users' mean variance. From `rewards [users, draws]`. */
export function computeWithinUser(rewards: Float64Array, draws: number): number {
  const users = rewards.length / draws;
  let sum = 0;
  for (let user = 0; user < users; user++) sum += computeVariance(rewards.subarray(user * draws, (user + 1) * draws));
  return Math.sqrt(sum / users);
}

export function computeMean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
}

/** Of a sample: divided by n - 1. */
export function computeVariance(values: ArrayLike<number>): number {
  const mean = computeMean(values);
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index]! - mean) ** 2;
  return sum / (values.length - 1);
}
