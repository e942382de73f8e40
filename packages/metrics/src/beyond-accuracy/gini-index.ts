import { InvalidArgumentError } from '@rppkit/spec';
import { countRecommendations } from './count-recommendations.ts';
import type { ItemList } from './item-list.ts';

/**
 * Gini index of how often items are recommended: 0 where all items of the catalogue are recommended equally often,
 * (n - 1) / n where one item gets everything.
 *
 *   G = sum over j = 1 … n of (2 j - n - 1) x_(j) / (n * sum of x)
 *
 * x_(j) the recommendation counts in rising order, n the size of the catalogue; items that are never recommended count
 * with 0. This is the population form, half the relative mean absolute difference. The other form in use divides by
 * n - 1 in place of n: multiply by n / (n - 1).
 *
 * Throws `InvalidArgumentError` for no user, only empty lists, an empty or repeating catalogue, repeated items or items
 * outside the catalogue.
 *
 * Sources: Gini, "Variabilità e mutabilità", 1912; for recommendations Fleder and Hosanagar, "Blockbuster culture's next
 * rise or fall", Management Science 55(5), 2009; the n - 1 form: Shani and Gunawardana, "Evaluating recommendation
 * systems", Recommender Systems Handbook, 2011.
 */
export function giniIndex<Item extends string | number>(
  lists: readonly ItemList<Item>[],
  catalogue: Iterable<Item>,
): number {
  const counts = countRecommendations(lists, catalogue).sort();
  let total = 0;
  let weighted = 0;
  for (let index = 0; index < counts.length; index++) {
    total += counts[index]!;
    weighted += (2 * index + 1 - counts.length) * counts[index]!;
  }
  if (total === 0) throw new InvalidArgumentError('lists', 'at least one recommended item', 'empty lists only');
  return weighted / (counts.length * total);
}
