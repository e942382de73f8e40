import type { LearnedUsers } from '../fitted/learned-users.ts';

/** The bipartite graph of users and items, compressed by rows in both directions. Users are its first nodes, items follow. */
export interface InteractionGraph {
  readonly userCount: number;
  readonly itemCount: number;
  /** `Int32Array [nodes + 1]`: node n has the neighbours from `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Int32Array;
  /** Node indices, rising within a node, `Int32Array [2 x interactions]`. */
  readonly neighbours: Int32Array;
  /** 1 / sqrt(neighbours of the node), 0 where it has none, `Float32Array [nodes]`. */
  readonly inverseRoots: Float32Array;
}

/** Builds the graph from rows of items a user; no item may stand twice in one row. */
export function createInteractionGraph({ users, items, starts: userStarts, item }: LearnedUsers): InteractionGraph {
  const userCount = users.length;
  const itemCount = items.length;
  const starts = new Int32Array(userCount + itemCount + 1);
  starts.set(userStarts);
  for (let entry = 0; entry < item.length; entry++) starts[userCount + item[entry]! + 1]!++;
  for (let node = userCount; node < userCount + itemCount; node++) starts[node + 1]! += starts[node]!;
  const neighbours = new Int32Array(2 * item.length);
  const next = starts.slice();
  for (let user = 0; user < userCount; user++) {
    const own = neighbours.subarray(starts[user]!, starts[user + 1]!);
    for (let place = 0; place < own.length; place++) {
      const node = userCount + item[starts[user]! + place]!;
      own[place] = node;
      neighbours[next[node]!++] = user;
    }
    own.sort();
  }
  const inverseRoots = Float32Array.from({ length: userCount + itemCount }, (_, node) => {
    const degree = starts[node + 1]! - starts[node]!;
    return degree === 0 ? 0 : 1 / Math.sqrt(degree);
  });
  return { userCount, itemCount, starts, neighbours, inverseRoots };
}
