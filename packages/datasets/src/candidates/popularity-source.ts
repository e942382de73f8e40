import { InvalidArgumentError, sampleIndex } from '@rppkit/spec';
import { assertMask } from '../filters/assert-mask.ts';
import type { InteractionLog } from '../interaction-log.ts';
import { hasItem } from './ascending-items.ts';
import { assertItemsOf, type CandidateRequest, type CandidateSource, createShortageError } from './candidate-source.ts';

export interface PopularitySourceOptions {
  /** What counts are raised to: finite and not negative, default 1; 0 draws all items with an interaction alike. */
  readonly exponent?: number;
  /**
   * Rows that count, `Uint8Array [interactions]`, 1 where one does and 0 where not; default all, those of targets too. Training
   * rows alone: `computeRowRoles(dataset, split).map((role) => Number(role === rowRoles.train))`.
   */
  readonly rows?: Uint8Array;
}

/** Draws that may miss, a wanted item, before a request is finished by going through all items. */
const missesPerItem = 32;

/**
 * Draws popular items more often. An item's weight is its number of interactions, repeats included, to the power of
 * `exponent`; items without an interaction are never drawn. Successive sampling: each draw takes one of the items that are
 * neither excluded nor drawn yet, with probability weight / sum of the weights of these items.
 *
 * Throws `InvalidArgumentError` for an exponent out of range or so large that weights overflow, and for a mask of another length
 * or with other entries; `sample` throws it for a data set with other items.
 */
export function createPopularitySource(
  log: InteractionLog,
  { exponent = 1, rows }: PopularitySourceOptions = {},
): CandidateSource {
  if (!(exponent >= 0 && exponent < Infinity)) {
    throw new InvalidArgumentError('exponent', 'finite and not negative', exponent);
  }
  if (rows !== undefined) assertMask('rows', rows, log.item.length);
  const weights = new Float64Array(log.items.length);
  for (let row = 0; row < log.item.length; row++) {
    if (rows === undefined || rows[row] !== 0) weights[log.item[row]!]! += 1;
  }
  // An exponent of 0 must not give items without an interaction a weight of 1.
  for (let item = 0; item < weights.length; item++) if (weights[item]! > 0) weights[item] = weights[item]! ** exponent;
  const { items, bounds } = accumulate(weights);
  const total = bounds.at(-1) ?? 0;
  if (total === Infinity)
    throw new InvalidArgumentError('exponent', 'small enough for a finite sum of weights', exponent);
  const name = 'popularity';
  return {
    name,
    sample: (request) => {
      const { dataset, excluded, count, random } = request;
      assertItemsOf(log, dataset.log);
      let available = items.length;
      for (const item of excluded) if (weights[item]! > 0) available--;
      if (available < count) throw createShortageError(name, request, available);
      const drawn = new Set<number>();
      // Drawing among all items and rejecting those that may not be drawn leaves the weights of the others as they are.
      for (let misses = 0; drawn.size < count && misses < missesPerItem * count; ) {
        const item = items[findBound(bounds, random.uniform() * total)]!;
        if (drawn.has(item) || hasItem(excluded, item)) misses++;
        else drawn.add(item);
      }
      return drawn.size === count ? Int32Array.from(drawn) : completeDraws(request, weights, drawn);
    },
  };
}

/** Items with a weight, and the sum of weights up to and including each of them. */
function accumulate(weights: Float64Array): { items: Int32Array; bounds: Float64Array } {
  const items = Int32Array.from(weights.keys()).filter((item) => weights[item]! > 0);
  let sum = 0;
  const bounds = Float64Array.from(items, (item) => {
    sum += weights[item]!;
    return sum;
  });
  return { items, bounds };
}

/** The first position whose bound is above `value`. */
function findBound(bounds: Float64Array, value: number): number {
  let from = 0;
  let to = bounds.length - 1;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (bounds[middle]! <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The same distribution where what may still be drawn has little of the weight: each draw goes through all items. */
function completeDraws(
  { excluded, count, random }: CandidateRequest,
  weights: Float64Array,
  drawn: ReadonlySet<number>,
): Int32Array {
  const all = [...drawn];
  const left = weights.slice();
  for (const item of [...excluded, ...all]) left[item] = 0;
  while (all.length < count) {
    const item = sampleIndex(random, left);
    left[item] = 0;
    all.push(item);
  }
  return Int32Array.from(all);
}
