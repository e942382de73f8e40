import type { Dataset } from '@rppkit/datasets';
import { InvalidArgumentError, type Item } from '@rppkit/spec';

/** What a simulated model remembers of an item. */
export interface KnownItem {
  /** Numbers of its genres in [0, genreNames.length), ascending. */
  readonly genres: Int32Array;
  /** Quantile of its popularity among all items, in [0, 1]; ties share their mean. 0 is the least popular. */
  readonly popularity: number;
}

/** What a simulated model knows of the world: genres and popularity by title. It holds no ids and no sequences. */
export interface Knowledge {
  readonly genreNames: readonly string[];
  /** Looks a title up as a prompt shows it; letter case and runs of blanks do not matter. Undefined for an unknown title. */
  find(title: string): KnownItem | undefined;
}

export interface KnowledgeOptions {
  /**
   * Indices into `log.users` whose interactions are counted as popularity. Keep evaluated users out, their targets would be
   * counted; `all` is for data on which nobody is evaluated.
   */
  readonly users: Int32Array | 'all';
  /** The item attribute that serves as genres; default 'genres'. Items without it are known by their popularity alone. */
  readonly attribute?: string;
}

/**
 * Knowledge from a data set's items and from how often the given users chose them. Items that share a title are one item to
 * the model: their genres are united and their counts added. Throws `InvalidArgumentError` for a user that does not exist
 * and where it is not said whose interactions count.
 */
export function createKnowledge({ log }: Dataset, { users, attribute = 'genres' }: KnowledgeOptions): Knowledge {
  if (users !== 'all' && !(users instanceof Int32Array)) {
    throw new InvalidArgumentError('users', 'an Int32Array of user indices or "all"', users);
  }
  const counted = new Uint8Array(log.users.length).fill(users === 'all' ? 1 : 0);
  for (const user of users === 'all' ? [] : users) {
    if (user < 0 || user >= counted.length) throw new InvalidArgumentError('users', `below ${counted.length}`, user);
    counted[user] = 1;
  }
  const counts = new Float64Array(log.items.length);
  for (let row = 0; row < log.user.length; row++) if (counted[log.user[row]!] === 1) counts[log.item[row]!]! += 1;

  const genreNumbers = new Map<string, number>();
  const merged = new Map<string, { readonly genres: Set<number>; count: number }>();
  log.items.forEach((item, index) => {
    const key = computeTitleKey(item.title);
    let entry = merged.get(key);
    if (entry === undefined) {
      entry = { genres: new Set(), count: 0 };
      merged.set(key, entry);
    }
    entry.count += counts[index]!;
    for (const name of readGenres(item, attribute)) {
      if (!genreNumbers.has(name)) genreNumbers.set(name, genreNumbers.size);
      entry.genres.add(genreNumbers.get(name)!);
    }
  });

  const quantiles = computeQuantiles(Float64Array.from(merged.values(), ({ count }) => count));
  const known = new Map<string, KnownItem>();
  let place = 0;
  for (const [key, { genres }] of merged) {
    known.set(key, { genres: Int32Array.from(genres).sort(), popularity: quantiles[place++]! });
  }
  // Titles as they stand in the data are found without building a key.
  for (const { title } of log.items) known.set(title, known.get(computeTitleKey(title))!);
  return {
    genreNames: [...genreNumbers.keys()],
    find: (title) => known.get(title) ?? known.get(computeTitleKey(title)),
  };
}

function computeTitleKey(title: string): string {
  return title.replace(/\s+/g, ' ').trim().toLowerCase();
}

function readGenres(item: Item, attribute: string): readonly string[] {
  const value = item.attributes?.[attribute] ?? [];
  return typeof value === 'string' ? [value] : value;
}

/** Mid-ranks scaled to [0, 1]. */
function computeQuantiles(counts: Float64Array): Float64Array {
  const order = Int32Array.from(counts, (_, index) => index).sort((left, right) => counts[left]! - counts[right]!);
  const quantiles = new Float64Array(counts.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && counts[order[end]!] === counts[order[start]!]) end++;
    for (let rank = start; rank < end; rank++) {
      quantiles[order[rank]!] = order.length === 1 ? 0.5 : (start + end - 1) / 2 / (order.length - 1);
    }
    start = end;
  }
  return quantiles;
}
