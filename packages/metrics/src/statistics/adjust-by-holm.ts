import { computePValueOrder } from './p-value-order.ts';

/**
 * P-values adjusted by Holm's step-down method, `Float64Array` in the order given: rejecting where the adjusted value is
 * at most alpha keeps the chance of any false rejection in the family at alpha, whatever the tests' dependence.
 *
 *   adjusted p_(i) = max over j <= i of min(1, (m - j + 1) p_(j)),   p_(1) <= … <= p_(m)
 *
 * Throws `InvalidArgumentError` for no p-value or one outside [0, 1].
 *
 * Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6(2), 1979.
 */
export function adjustByHolm(pValues: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(pValues.length);
  let largest = 0;
  computePValueOrder(pValues).forEach((index, position) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - position) * pValues[index]!));
    adjusted[index] = largest;
  });
  return adjusted;
}
