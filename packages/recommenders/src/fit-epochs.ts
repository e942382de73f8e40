import { InvalidArgumentError } from '@rppkit/spec';
import type { FitOptions, FittedRecommender } from './recommender.ts';

export interface EpochPlan {
  readonly epochs: number;
  /** Learns for one epoch, from 0; returns its mean loss, where there is one. */
  run(epoch: number): number | undefined | Promise<number | undefined>;
  /** What was learned so far, in arrays of its own. */
  snapshot(): FittedRecommender;
}

/** Runs the epochs with progress and cancellation; other work of the process gets its turn between two epochs. */
export async function fitEpochs(
  { signal, onProgress }: FitOptions,
  { epochs, run, snapshot }: EpochPlan,
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
    const decision = onProgress?.({ done: epoch + 1, total: epochs, ...(loss !== undefined && { loss }), snapshot });
    signal?.throwIfAborted();
    if (decision === 'stop') break;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  }
  return snapshot();
}
