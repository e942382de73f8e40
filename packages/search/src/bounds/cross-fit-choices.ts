import { prepareEncoders } from '@rppkit/env';
import { type Encoder, type RandomStream, RppError } from '@rppkit/spec';
import { createContextPolicyFitter } from './context-policy.ts';
import { computeCubeMeans, findBestAction } from './cube-means.ts';
import type { RewardCube } from './reward-cube.ts';
import { createUserFolds, splitByFold, type UserFolds } from './user-folds.ts';

export interface CrossFitChoicesOptions {
  /** What a policy may observe; without any the context oracle is the best fixed prompt. */
  readonly encoders: readonly Encoder[];
  /** Folds of users, at least 2; default 5. */
  readonly folds?: number;
  readonly random: RandomStream;
  readonly signal?: AbortSignal;
}

/** For each task the choices that the users of all other folds make for it. */
export interface CrossFitChoices extends UserFolds {
  readonly folds: number;
  /** Mean rewards, `Float64Array [tasks, actions]`. */
  readonly means: Float64Array;
  /** Index of the best fixed prompt, `Int32Array [tasks]`, one in each fold. */
  readonly fixed: Int32Array;
  /** Index of the context oracle's prompt, `Int32Array [tasks]`. */
  readonly oracle: Int32Array;
}

/**
 * Chooses the best fixed prompt and fits the context policy for each fold on the users of the others. Rejects with `RppError`
 * (`NO_ANSWERS`) where a fold's others have no answer at all.
 */
export async function crossFitChoices(
  cube: RewardCube,
  { encoders, folds = 5, random, signal }: CrossFitChoicesOptions,
): Promise<CrossFitChoices> {
  const userFolds = createUserFolds(cube.tasks, folds, random);
  const contexts = cube.tasks.map(({ task }) => ({ task, round: 0, rounds: 1 }));
  await prepareEncoders(encoders, contexts, signal === undefined ? {} : { signal });
  const means = computeCubeMeans(cube);
  const fitter = createContextPolicyFitter(cube, means, encoders);
  const fixed = new Int32Array(cube.tasks.length);
  const oracle = new Int32Array(cube.tasks.length);
  for (let fold = 0; fold < folds; fold++) {
    signal?.throwIfAborted();
    const { inside, outside } = splitByFold(userFolds.foldOf, fold);
    const best = findBestAction(means, cube.choices.length, outside);
    if (best < 0) {
      throw new RppError(
        'NO_ANSWERS',
        'Expected answers of every fold of users, received only failed calls. Ask again.',
      );
    }
    const chosen = fitter.choose(outside, inside);
    for (const [place, task] of inside.entries()) {
      fixed[task] = best;
      oracle[task] = chosen[place]!;
    }
  }
  return { ...userFolds, folds, means, fixed, oracle };
}
