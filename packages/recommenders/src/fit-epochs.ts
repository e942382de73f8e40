import { InvalidArgumentError } from '@rppkit/spec';
import { createFittedRecommender } from './fitted/create-fitted-recommender.ts';
import type { LearnedUsers } from './fitted/learned-users.ts';
import type { RecommenderModel } from './fitted/recommender-model.ts';
import { assertPositiveIntegers } from './options/number-checks.ts';
import type { FitOptions, FittedRecommender } from './recommender.ts';

/** What `fitEpochs` runs. */
export interface EpochPlan {
  /** Of the algorithm. */
  readonly name: string;
  readonly learned: LearnedUsers;
  readonly epochs: number;
  /** See `FitProgress`; default false. */
  readonly onePass?: boolean;
  /** What to do where training diverges, a sentence. */
  readonly divergenceAdvice?: string;
  /** Learns for one epoch, from 0; returns its mean loss, where there is one. */
  run(epoch: number): number | undefined | Promise<number | undefined>;
  /** What was learned so far, in arrays of its own. */
  createModel(): RecommenderModel;
}

/**
 * Runs the epochs with progress and cancellation; other work of the process gets its turn between two epochs. Rejects with
 * `InvalidArgumentError` for a loss that is not finite, and for such numbers in what is handed out.
 */
export async function fitEpochs(
  { signal, onProgress }: FitOptions,
  { name, learned, epochs, onePass = false, divergenceAdvice, run, createModel }: EpochPlan,
): Promise<FittedRecommender> {
  assertPositiveIntegers({ epochs });
  const snapshot = (): FittedRecommender => {
    const model = createModel();
    // The loss of an epoch is measured before its last steps.
    assertFinite(model, divergenceAdvice);
    return createFittedRecommender(name, learned, model);
  };
  signal?.throwIfAborted();
  for (let epoch = 0; epoch < epochs; epoch++) {
    const loss = await run(epoch);
    if (loss !== undefined && !Number.isFinite(loss)) {
      throw new InvalidArgumentError(`the loss of epoch ${epoch + 1}`, 'finite', loss, divergenceAdvice);
    }
    const decision = await onProgress?.({
      done: epoch + 1,
      total: epochs,
      ...(loss !== undefined && { loss }),
      ...(onePass && { onePass }),
      snapshot,
    });
    signal?.throwIfAborted();
    if (decision === 'stop') break;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  }
  return snapshot();
}

function assertFinite({ arrays }: RecommenderModel, advice: string | undefined): void {
  for (const [name, array] of Object.entries(arrays)) {
    for (let index = 0; index < array.length; index++) {
      if (Number.isFinite(array[index])) continue;
      throw new InvalidArgumentError(`${name}[${index}] of what was learned`, 'finite', array[index], advice);
    }
  }
}
