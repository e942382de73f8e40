import { InvalidArgumentError } from '@rppkit/spec';
import { assertPositiveInteger, isTagged, largestCount } from '../assert-arguments.ts';

/** Rankings and binary relevance of many users in flat arrays; users are the rows 0 … users - 1. */
export interface ArrayRankings {
  /** `Int32Array [users, depth]`: item numbers, best first, row after row; -1 ends a list that is shorter than depth. */
  readonly ranked: Int32Array;
  /** Length of a row of `ranked`, a positive integer. */
  readonly depth: number;
  /** `Int32Array`: numbers of the relevant items, user after user, in any order, none twice for a user. */
  readonly relevant: Int32Array;
  /** `Int32Array [users + 1]`: user u's relevant items are `relevant[offsets[u]]` to `relevant[offsets[u + 1] - 1]`. */
  readonly offsets: Int32Array;
  /** Number of items of the catalogue, below 2^31; item numbers lie in [0, items). */
  readonly items: number;
}

/** Throws `InvalidArgumentError` for arrays of another type and where lengths do not fit together. */
export function assertArrayRankings({ ranked, depth, relevant, offsets, items }: ArrayRankings): void {
  assertPositiveInteger('depth', depth);
  assertPositiveInteger('items', items, largestCount);
  for (const [argument, values] of Object.entries({ ranked, relevant, offsets })) {
    if (isTagged(values, 'Int32Array')) continue;
    throw new InvalidArgumentError(argument, 'an Int32Array', values, 'Convert arrays with Int32Array.from.');
  }
  const users = offsets.length - 1;
  if (users < 1 || ranked.length !== users * depth) {
    throw new InvalidArgumentError('ranked', `of length ${depth} (depth) times users, at least one`, ranked);
  }
  let rising = offsets[0] === 0 && offsets[users] === relevant.length;
  for (let user = 0; user < users; user++) if (offsets[user]! > offsets[user + 1]!) rising = false;
  if (!rising)
    throw new InvalidArgumentError('offsets', `rising from 0 to ${relevant.length}`, offsets.join().slice(0, 60));
}

/**
 * Writes the ranks (from 0) of the relevant items of row `user` among its first `ranks` into `hitRanks`, rising, and
 * returns their number. `marks`, `Int32Array [items]`, is shared by calls with rising users and starts at 0: it holds
 * 2 u + 1 for an item that is relevant to user u, and 2 u + 2 once it was met in the ranking.
 */
export function findHitRanks(
  { ranked, depth, relevant, offsets, items }: ArrayRankings,
  user: number,
  ranks: number,
  marks: Int32Array,
  hitRanks: Int32Array,
): number {
  const relevantMark = 2 * user + 1;
  const metMark = relevantMark + 1;
  for (let entry = offsets[user]!; entry < offsets[user + 1]!; entry++) {
    const item = relevant[entry]!;
    if (!(item >= 0 && item < items) || marks[item] === relevantMark) throw wrongItem('relevant', entry, items, item);
    marks[item] = relevantMark;
  }
  let hits = 0;
  const first = user * depth;
  for (let rank = 0; rank < ranks; rank++) {
    const item = ranked[first + rank]!;
    if (item === -1) break;
    if (!(item >= 0 && item < items)) throw wrongItem('ranked', first + rank, items, item);
    const mark = marks[item]!;
    if (mark === relevantMark) hitRanks[hits++] = rank;
    else if (mark === metMark) throw wrongItem('ranked', first + rank, items, item);
    marks[item] = metMark;
  }
  return hits;
}

function wrongItem(argument: string, index: number, items: number, item: number): InvalidArgumentError {
  const expected = `an item number from 0 to ${items - 1} that the user does not have before`;
  return new InvalidArgumentError(`${argument}[${index}]`, expected, item);
}
