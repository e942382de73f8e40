import { createRandomStream } from '@rppkit/spec';
import { sampleAbsentItem } from '../sampling/absent-item.ts';
import type { PairwiseSamples } from '../sampling/pairwise-samples.ts';
import { type BprParameters, type StepRates, stepPair } from './step-pair.ts';

/** How a new user's vector is learned. */
export interface FoldInSettings extends Omit<StepRates, 'fixedItems'> {
  /** Seed of the draws. */
  readonly key: number;
}

/** Rounds of one sample an item of the history; the vector is the mean over the second half of them. */
const rounds = 40;

/**
 * The vector of a new user, `[dimensions]`, from indices of known items: the training's own steps with items
 * fixed, from `start` (the mean user, which an empty history keeps). With items fixed the objective is concave, so that few
 * rounds come close to what training would have learned. Depends on the set of items and the key alone.
 */
export function foldInUser(
  { dimensions, items, itemBiases }: Omit<BprParameters, 'users'>,
  start: Float32Array,
  history: Int32Array,
  { key, learningRate, regularization }: FoldInSettings,
): Float32Array | Float64Array {
  const itemCount = items.length / dimensions;
  if (history.length === 0 || history.length === itemCount) return start;
  const item = history.slice().sort();
  const samples: PairwiseSamples = {
    itemCount,
    starts: Int32Array.of(0, item.length),
    item,
    user: new Int32Array(item.length),
  };
  const users = start.slice();
  const parameters: BprParameters = { dimensions, users, items, ...(itemBiases !== undefined && { itemBiases }) };
  const rates: StepRates = { learningRate, regularization, fixedItems: true };
  const random = createRandomStream(key);
  const mean = new Float64Array(dimensions);
  const averaged = rounds / 2;
  for (let round = 0; round < rounds; round++) {
    for (let entry = 0; entry < item.length; entry++) {
      stepPair(parameters, 0, item[entry]!, sampleAbsentItem(samples, 0, random), rates);
    }
    if (round < rounds - averaged) continue;
    for (let d = 0; d < dimensions; d++) mean[d]! += users[d]! / averaged;
  }
  return mean;
}
