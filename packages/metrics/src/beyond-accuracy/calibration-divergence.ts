import { InvalidArgumentError } from '@rppkit/spec';
import { computeCategoryDistribution } from './category-distribution.ts';
import { assertFilledItemList, assertHistory, type ItemList } from './item-list.ts';

export interface CalibrationDivergenceOptions {
  /** Weight of the history's distribution in the smoothed one of the list, in (0, 1), default 0.01. */
  readonly alpha?: number;
  /** `[items]`, finite and at least 0: how much each place of the list counts; default all 1. */
  readonly listWeights?: ArrayLike<number>;
  /** `[history]`, finite and at least 0: how much each interaction counts, such as its recency; default all 1. */
  readonly historyWeights?: ArrayLike<number>;
}

/**
 * Miscalibration of one list against the user's history: the Kullback-Leibler divergence, in nats, between the shares of
 * the categories (genres). 0 means that the list mirrors the history; more is worse.
 *
 *   C_KL(p, q) = sum over categories g of p(g) ln( p(g) / q~(g) ),   q~(g) = (1 - alpha) q(g) + alpha p(g)
 *
 * p the shares in the history, q those in the list, both weighted means of p(g | i), where an item with m categories
 * gives 1 / m to each. The smoothing keeps the value finite where the list lacks a category: it lies in
 * [0, ln(1 / alpha)]. The history may hold an item more than once (each counts).
 *
 * Throws `InvalidArgumentError` for an empty list or history, a repeated item in the list, an item without category, and
 * wrong weights or alpha.
 *
 * Source: Steck, "Calibrated recommendations", RecSys 2018, whose alpha is 0.01.
 */
export function calibrationDivergence<Item extends string | number>(
  items: ItemList<Item>,
  history: ItemList<Item>,
  categories: ReadonlyMap<Item, readonly string[]>,
  { alpha = 0.01, listWeights, historyWeights }: CalibrationDivergenceOptions = {},
): number {
  assertFilledItemList(items, 'items');
  assertHistory(history, 'history');
  if (!(alpha > 0 && alpha < 1)) throw new InvalidArgumentError('alpha', 'between 0 and 1, both excluded', alpha);
  const target = computeCategoryDistribution(
    history,
    categories,
    historyWeights && { argument: 'historyWeights', values: historyWeights },
  );
  const shown = computeCategoryDistribution(
    items,
    categories,
    listWeights && { argument: 'listWeights', values: listWeights },
  );
  let divergence = 0;
  for (const [category, share] of target) {
    if (share === 0) continue;
    divergence += share * Math.log(share / ((1 - alpha) * (shown.get(category) ?? 0) + alpha * share));
  }
  // Rounding alone can push the divergence of equal distributions below 0.
  return Math.max(0, divergence);
}
