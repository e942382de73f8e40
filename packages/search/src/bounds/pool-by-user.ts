import type { UserFolds } from './user-folds.ts';

/** The mean over each user's tasks, `Float64Array [users]`; NaN where one of them has no value. */
export function poolByUser(values: Float64Array, { users, userOf }: Pick<UserFolds, 'users' | 'userOf'>): Float64Array {
  const sums = new Float64Array(users.length);
  const counts = new Float64Array(users.length);
  for (let task = 0; task < values.length; task++) {
    sums[userOf[task]!]! += values[task]!;
    counts[userOf[task]!]!++;
  }
  return sums.map((sum, user) => sum / counts[user]!);
}
