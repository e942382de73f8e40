import { computePValueOrder } from './p-value-order.ts';

/**
 * P-values adjusted by the step-up method of Benjamini and Hochberg, `Float64Array` in the order given: rejecting where
 * the adjusted value is at most q keeps the expected share of false rejections among all rejections at q, for tests that
 * are independent or positively dependent.
 *
 *   adjusted p_(i) = min over j >= i of min(1, m p_(j) / j),   p_(1) <= … <= p_(m)
 *
 * Throws `InvalidArgumentError` for no p-value or one outside [0, 1].
 *
 * Source: Benjamini and Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57(1),
 * 1995.
 */
export function adjustByBenjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(pValues.length);
  const order = computePValueOrder(pValues);
  let smallest = 1;
  for (let position = order.length - 1; position >= 0; position--) {
    const index = order[position]!;
    smallest = Math.min(smallest, (pValues.length * pValues[index]!) / (position + 1));
    adjusted[index] = smallest;
  }
  return adjusted;
}
