import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import { assertArrayLike } from '../assert-arguments.ts';
import type { ItemDistance } from './intra-list-diversity.ts';
import { assertMap, lookUpItem } from './item-list.ts';

/**
 * The cosine distance between the vectors of two items, in [0, 2], and in [0, 1] where no component is negative.
 *
 *   1 - a·b / (|a| |b|)
 *
 * The returned function throws `InvalidArgumentError` for an item without a vector, vectors of different lengths,
 * components that are not finite, and a vector of zeros, which has no direction.
 *
 * Source: Salton, Wong and Yang, "A vector space model for automatic indexing", CACM 18(11), 1975.
 */
export function cosineDistance<Item extends string | number>(
  vectors: ReadonlyMap<Item, ArrayLike<number>>,
): ItemDistance<Item> {
  assertMap(vectors, 'vectors');
  return (first, second) => {
    const a = lookUpItem(vectors, first, 'vectors', 'Pass a vector for every listed item.');
    const b = lookUpItem(vectors, second, 'vectors', 'Pass a vector for every listed item.');
    assertArrayLike(`vector of item ${describeValue(first)}`, a);
    assertArrayLike(`vector of item ${describeValue(second)}`, b);
    if (a.length !== b.length) {
      throw new InvalidArgumentError(`vector of item ${describeValue(second)}`, `of length ${a.length}`, b);
    }
    let product = 0;
    let squaresA = 0;
    let squaresB = 0;
    for (let index = 0; index < a.length; index++) {
      product += a[index]! * b[index]!;
      squaresA += a[index]! ** 2;
      squaresB += b[index]! ** 2;
    }
    assertDirection(first, squaresA);
    assertDirection(second, squaresB);
    // Rounding alone can lift the cosine of two parallel vectors above 1.
    return Math.max(0, 1 - product / Math.sqrt(squaresA * squaresB));
  };
}

function assertDirection(item: string | number, squares: number): void {
  if (Number.isFinite(squares) && squares > 0) return;
  const argument = `vector of item ${describeValue(item)}`;
  throw new InvalidArgumentError(argument, 'of finite numbers, not all 0', `a sum of squares of ${squares}`);
}
