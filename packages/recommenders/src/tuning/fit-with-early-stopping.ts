import { InvalidArgumentError } from '@rppkit/spec';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import { assertPositiveIntegers } from '../options/number-checks.ts';
import type { FitOptions, FittedRecommender, Recommender } from '../recommender.ts';

/** How a fit is evaluated and ended. */
export interface EarlyStoppingOptions extends FitOptions {
  /** What is to be large, such as the mean NDCG@10 on validation items; never on test items. */
  readonly evaluate: (fitted: FittedRecommender) => number;
  /** Epochs from one evaluation to the next; default 1. */
  readonly every?: number;
  /** Evaluations in a row without a better value after which the fit ends; default 5. */
  readonly patience?: number;
}

/** The best of a fit. */
export interface EarlyStoppedFit {
  /** As it was at the best evaluation. */
  readonly fitted: FittedRecommender;
  readonly value: number;
  /**
   * Epochs until then; 0 where the algorithm reports no progress. A fit of exactly so many gives the same, but for algorithms
   * whose schedule depends on their number, such as BPR.
   */
  readonly epochs: number;
}

/**
 * Fits until `evaluate` has not risen for `patience` evaluations, and gives back the best. An algorithm without epochs is
 * evaluated once, after its fit, and so is one whose steps make up one pass. Throws `InvalidArgumentError` for `every` and
 * `patience` that are no positive integers, and for a value that is not a number.
 */
export async function fitWithEarlyStopping(
  recommender: Recommender,
  interactions: TrainingInteractions,
  { evaluate, every = 1, patience = 5, onProgress, ...options }: EarlyStoppingOptions,
): Promise<EarlyStoppedFit> {
  assertPositiveIntegers({ every, patience });
  const measure = (fitted: FittedRecommender): number => {
    const value = evaluate(fitted);
    if (typeof value === 'number' && !Number.isNaN(value)) return value;
    throw new InvalidArgumentError('what evaluate returns', 'a number', value, 'Is anyone left to evaluate?');
  };
  let best: EarlyStoppedFit | undefined;
  let worse = 0;
  let epochs = 0;
  const last = await recommender.fit(interactions, {
    ...options,
    async onProgress(progress) {
      epochs = progress.done;
      if ((await onProgress?.(progress)) === 'stop') return 'stop';
      const isDue = progress.done % every === 0 && progress.onePass !== true;
      if (!isDue && progress.done !== progress.total) return;
      const fitted = progress.snapshot();
      const value = measure(fitted);
      if (best === undefined || value > best.value) {
        best = { fitted, value, epochs: progress.done };
        worse = 0;
      } else worse++;
      return worse >= patience ? 'stop' : undefined;
    },
  });
  // A caller may stop before the first evaluation.
  return best ?? { fitted: last, value: measure(last), epochs };
}
