import { InvalidArgumentError } from '@rppkit/spec';
import { assertArrayLike, isIdentifier } from '../assert-arguments.ts';
import type { CandidateRanking } from '../candidate-ranking.ts';

/** Rankings of named items in one numbering. */
export interface IndexedRankings<Item> {
  /** Candidate index → item, in order of first mention. */
  readonly items: readonly Item[];
  /** One for each list, without ties; items that a list leaves out are absent from its ranking. */
  readonly rankings: readonly CandidateRanking[];
}

/**
 * Numbers the items of several lists (best first), so that rankings of names can be compared and fused. Pass
 * `candidates: items.length` on.
 * Throws `InvalidArgumentError` for no list, another thing in place of a list, an item that is neither a text nor a finite
 * number, or one that stands twice in one list.
 */
export function indexRankings<Item extends string | number>(lists: readonly ArrayLike<Item>[]): IndexedRankings<Item> {
  if (!Array.isArray(lists) || lists.length === 0) {
    throw new InvalidArgumentError('lists', 'an array of at least one list', lists);
  }
  const indices = new Map<Item, number>();
  const rankings = (lists as readonly ArrayLike<Item>[]).map((list, index) => {
    assertArrayLike(`lists[${index}]`, list);
    const order = Int32Array.from(list, (item, position) => {
      if (!isIdentifier(item)) {
        throw new InvalidArgumentError(`lists[${index}][${position}]`, 'a text or a finite number', item);
      }
      const known = indices.get(item) ?? indices.size;
      indices.set(item, known);
      return known;
    });
    if (new Set(order).size < order.length) {
      const repeated = order.findIndex((candidate, position) => order.indexOf(candidate) < position);
      throw new InvalidArgumentError(`lists[${index}]`, 'without repeated items', list[repeated]);
    }
    return { order, groups: Int32Array.from(order, (_, position) => position) };
  });
  return { items: [...indices.keys()], rankings };
}
