/**
 * Gini index of counts in rising order, population form: the sum over j = 1 … n of (2 j - n - 1) x_(j), divided by n times
 * the sum of x. 0 where all counts are equal, (n - 1) / n where one has everything; 0 where all counts are 0 or there are none.
 *
 * Source: Gini, "Variabilità e mutabilità", 1912.
 */
export function computeGini(ascending: Float64Array): number {
  const size = ascending.length;
  let total = 0;
  let weighted = 0;
  for (let index = 0; index < size; index++) {
    total += ascending[index]!;
    weighted += (2 * index + 1 - size) * ascending[index]!;
  }
  return total === 0 ? 0 : weighted / (size * total);
}

/**
 * What the greatest `part` (in (0, 1]) of counts in rising order has of their sum, in [0, 1]; how many are taken is rounded
 * up. 0 where all counts are 0 or there are none.
 */
export function computeTopShare(ascending: Float64Array, part: number): number {
  const first = ascending.length - Math.ceil(ascending.length * part);
  let total = 0;
  let top = 0;
  for (let index = 0; index < ascending.length; index++) {
    total += ascending[index]!;
    if (index >= first) top += ascending[index]!;
  }
  return total === 0 ? 0 : top / total;
}
