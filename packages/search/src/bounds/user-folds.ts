import { InvalidArgumentError, type JudgedTask, type RandomStream, samplePermutation } from '@rppkit/spec';

/** Users with their tasks, split at random into folds of equal size, give or take one. */
export interface UserFolds {
  /** In order of first occurrence. */
  readonly users: readonly string[];
  /** Index into `users`, `Int32Array [tasks]`. */
  readonly userOf: Int32Array;
  /** `Int32Array [tasks]`; all tasks of a user are in one fold. */
  readonly foldOf: Int32Array;
}

/** Throws `InvalidArgumentError` for fewer than 2 folds, or fewer than two users for each. */
export function createUserFolds(tasks: readonly JudgedTask[], folds: number, random: RandomStream): UserFolds {
  const numbers = new Map<string, number>();
  const userOf = Int32Array.from(tasks, ({ task }) => {
    const known = numbers.get(task.user);
    if (known !== undefined) return known;
    numbers.set(task.user, numbers.size);
    return numbers.size - 1;
  });
  if (!Number.isInteger(folds) || folds < 2 || 2 * folds > numbers.size) {
    throw new InvalidArgumentError('folds', `an integer from 2 to half of the ${numbers.size} users`, folds);
  }
  const places = samplePermutation(random, numbers.size);
  return { users: [...numbers.keys()], userOf, foldOf: userOf.map((user) => places[user]! % folds) };
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
