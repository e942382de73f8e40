import { InvalidArgumentError, type JudgedTask, type RandomStream, samplePermutation } from '@rppkit/spec';
import { numberUsers, type UserNumbers } from './user-numbers.ts';

/** Users with their tasks, split at random into folds of equal size, give or take one. */
export interface UserFolds extends UserNumbers {
  /** `Int32Array [tasks]`; all tasks of a user are in one fold. */
  readonly foldOf: Int32Array;
}

/** Throws `InvalidArgumentError` for fewer than four users, fewer than 2 folds, or fewer than two users for each. */
export function createUserFolds(tasks: readonly JudgedTask[], folds: number, random: RandomStream): UserFolds {
  const { users, userOf } = numberUsers(tasks);
  if (users.length < 4) {
    const advice = 'Choices are made on some users and scored on others.';
    throw new InvalidArgumentError('tasks', 'of at least four users', users.length, advice);
  }
  if (!Number.isInteger(folds) || folds < 2 || 2 * folds > users.length) {
    throw new InvalidArgumentError('folds', `an integer from 2 to half of the ${users.length} users`, folds);
  }
  const places = samplePermutation(random, users.length);
  return { users, userOf, foldOf: userOf.map((user) => places[user]! % folds) };
}

/** Tasks inside and outside a fold. */
export function splitByFold(
  foldOf: Int32Array,
  fold: number,
): { readonly inside: number[]; readonly outside: number[] } {
  const inside: number[] = [];
  const outside: number[] = [];
  for (let task = 0; task < foldOf.length; task++) (foldOf[task] === fold ? inside : outside).push(task);
  return { inside, outside };
}
