import type { Dataset, InteractionSplit } from '@rppkit/datasets';
import { InvalidArgumentError } from '@rppkit/spec';
import type { TrainingInteractions } from './training-interactions.ts';

/** The part of a split that a recommender learns from. */
export type SplitPart = 'train' | 'train-and-validation';

/**
 * What a split of the data set leaves to learn from: `train` to choose hyper-parameters by the validation items,
 * `train-and-validation` for a last fit before the test. Throws `InvalidArgumentError` for a split of another log and for
 * one that keeps repeats.
 */
export function createSplitInteractions(
  dataset: Dataset,
  split: InteractionSplit,
  part: SplitPart,
): TrainingInteractions {
  if (split.log !== dataset.log) throw new InvalidArgumentError('split', 'a split of this data set', split);
  if (split.repeats === 'keep') {
    throw new InvalidArgumentError('split.repeats', '"first" or "last"', split.repeats, 'No item may stand twice.');
  }
  if (part !== 'train' && part !== 'train-and-validation') {
    throw new InvalidArgumentError('part', '"train" or "train-and-validation"', part);
  }
  const ends = part === 'train' ? split.validationStart : split.testStart;
  const { log, order } = dataset;
  const starts = new Int32Array(log.users.length + 1);
  for (let user = 0; user < log.users.length; user++) starts[user + 1] = starts[user]! + ends[user]!;
  const rows = new Int32Array(starts.at(-1)!);
  for (let user = 0; user < log.users.length; user++) {
    rows.set(split.sequences.rows(user).subarray(0, ends[user]!), starts[user]!);
  }
  const { time } = log;
  return {
    users: log.users,
    items: log.items,
    starts,
    item: Int32Array.from(rows, (row) => log.item[row]!),
    ...(time !== undefined && { time: Float64Array.from(rows, (row) => time[row]!) }),
    order,
  };
}
