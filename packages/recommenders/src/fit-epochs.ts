import { InvalidArgumentError } from '@rppkit/spec';
import type { FitOptions, FittedRecommender } from './recommender.ts';

/** What `fitEpochs` runs. */
export interface EpochPlan {
  readonly epochs: number;
  /** See `FitProgress`; default false. */
  readonly onePass?: boolean;
  /** Learns for one epoch, from 0; returns its mean loss, where there is one. */
  run(epoch: number): number | undefined | Promise<number | undefined>;
  /** What was learned so far, in arrays of its own. */
  snapshot(): FittedRecommender;
}

/** Runs the epochs with progress and cancellation; other work of the process gets its turn between two epochs. */
export async function fitEpochs(
  { signal, onProgress }: FitOptions,
  { epochs, onePass = false, run, snapshot }: EpochPlan,
): Promise<FittedRecommender> {
  if (!Number.isSafeInteger(epochs) || epochs < 1) {
    throw new InvalidArgumentError('epochs', 'a positive integer', epochs);
  }
  signal?.throwIfAborted();
  for (let epoch = 0; epoch < epochs; epoch++) {
    const loss = await run(epoch);
    if (loss !== undefined && !Number.isFinite(loss)) {
      const advice = 'Training diverged: lower the learning rate.';
      throw new InvalidArgumentError(`the loss of epoch ${epoch + 1}`, 'finite', loss, advice);
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
