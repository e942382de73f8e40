import type { LearnedUsers } from '../fitted/learned-users.ts';

/** D_u^-1/2 R D_i^-1/2 as products: R is 1 where a user had an item, D_u and D_i count the entries of its rows and columns. */
export interface NormalisedAdjacency {
  readonly users: number;
  readonly items: number;
  /** D_i^-1/2, 0 for an item that nobody had, `Float64Array [items]`. */
  readonly itemWeights: Float64Array;
  /** The matrix times `right`, `Float64Array [items, columns]`: `Float64Array [users, columns]`. */
  multiply(right: Float64Array, columns: number): Float64Array;
  /** Its transpose times `right`, `Float64Array [users, columns]`: `Float64Array [items, columns]`. */
  multiplyTransposed(right: Float64Array, columns: number): Float64Array;
}

/** The products walk over the interactions, which must not change meanwhile. */
export function createNormalisedAdjacency(interactions: LearnedUsers): NormalisedAdjacency {
  const { starts, item } = interactions;
  const users = interactions.users.length;
  const items = interactions.items.length;
  const itemWeights = computeItemWeights(interactions);
  return {
    users,
    items,
    itemWeights,
    multiply(right, columns) {
      const product = new Float64Array(users * columns);
      for (let user = 0; user < users; user++) {
        const start = starts[user]!;
        const end = starts[user + 1]!;
        const userWeight = computeWeight(end - start);
        const target = user * columns;
        for (let entry = start; entry < end; entry++) {
          const weight = userWeight * itemWeights[item[entry]!]!;
          const source = item[entry]! * columns;
          for (let column = 0; column < columns; column++)
            product[target + column]! += weight * right[source + column]!;
        }
      }
      return product;
    },
    multiplyTransposed(right, columns) {
      const product = new Float64Array(items * columns);
      for (let user = 0; user < users; user++) {
        const start = starts[user]!;
        const end = starts[user + 1]!;
        const userWeight = computeWeight(end - start);
        const source = user * columns;
        for (let entry = start; entry < end; entry++) {
          const weight = userWeight * itemWeights[item[entry]!]!;
          const target = item[entry]! * columns;
          for (let column = 0; column < columns; column++)
            product[target + column]! += weight * right[source + column]!;
        }
      }
      return product;
    },
  };
}

/** D_i^-1/2, 0 for an item that nobody had, `Float64Array [items]`. */
export function computeItemWeights({ items, item }: LearnedUsers): Float64Array {
  const counts = new Float64Array(items.length);
  for (let entry = 0; entry < item.length; entry++) counts[item[entry]!]!++;
  return counts.map(computeWeight);
}

function computeWeight(count: number): number {
  return count === 0 ? 0 : 1 / Math.sqrt(count);
}
