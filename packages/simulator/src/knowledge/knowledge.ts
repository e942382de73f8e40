import type { Dataset, InteractionLog } from '@rppkit/datasets';
import { InvalidArgumentError, type Item } from '@rppkit/spec';
import { computeAssociationVectors } from './association-vectors.ts';
import { computeKnowledgeId } from './knowledge-id.ts';
import { createTitleRecords } from './title-records.ts';

/** What a simulated model remembers of an item. */
export interface KnownItem {
  /** Numbers of its genres in [0, genreNames.length), ascending. */
  readonly genres: Int32Array;
  /** Quantile of its popularity among all items, in [0, 1]; ties share their mean. 0 is the least popular. */
  readonly popularity: number;
  /**
   * Its place among the associations, `Float32Array [dimensions]`, of a length in [0, 1) that grows with the number of people
   * who chose it; absent where associations are not known or nobody chose it.
   */
  readonly vector?: Float32Array;
}

/** What a simulated model knows of the world: genres, popularity and associations by title. It holds no ids and no sequences. */
export interface Knowledge {
  /** Equal for equal knowledge, another for any other; a part of the keys under which answers are kept. */
  readonly id: string;
  readonly genreNames: readonly string[];
  /** Looks a title up as a prompt shows it; letter case and runs of blanks do not matter. Undefined for an unknown title. */
  find(title: string): KnownItem | undefined;
}

export interface KnowledgeOptions {
  /**
   * Indices into `log.users` whose interactions are known. Keep evaluated users out, their targets would be known; `all` is
   * for data on which nobody is evaluated.
   */
  readonly users: Int32Array | 'all';
  /**
   * The item attribute that serves as genres, a text or a list of them; default 'genres'. Items without it, or whose texts are
   * blank, are known by their popularity alone.
   */
  readonly attribute?: string;
  /**
   * Whether the model knows which titles the same people choose, for real data. Worlds are known by their attributes alone.
   * Default false.
   */
  readonly associations?: AssociationOptions | false;
}

export interface AssociationOptions {
  /** Length of the vectors, an integer in [1, 256]; default 32. */
  readonly dimensions?: number;
}

/**
 * Knowledge from a data set's items and from what the given users chose; of other users nothing is read. Items that share a
 * title are one item to the model: their genres are united and their counts added. Equal items and equal interactions of these
 * users give equal knowledge, to the bit. No users (an empty array) leave every title as popular as any other, 0.5. Throws
 * `InvalidArgumentError` for a user that does not exist, where it is not said whose interactions count, for an attribute that
 * holds anything but texts, and for dimensions out of range.
 */
export function createKnowledge(
  { log }: Dataset,
  { users, attribute = 'genres', associations = false }: KnowledgeOptions,
): Knowledge {
  const counted = markUsers(users, log.users.length);
  const genreNumbers = new Map<string, number>();
  const merged = new Map<string, Set<number>>();
  for (const item of log.items) {
    const key = computeTitleKey(item.title);
    let genres = merged.get(key);
    if (genres === undefined) {
      genres = new Set();
      merged.set(key, genres);
    }
    for (const name of readGenres(item, attribute)) {
      if (!genreNumbers.has(name)) genreNumbers.set(name, genreNumbers.size);
      genres.add(genreNumbers.get(name)!);
    }
  }

  // In alphabetical order, so that numbers do not depend on the order of the items.
  const keys = [...merged.keys()].sort();
  const numbers = new Map(keys.map((key, number) => [key, number]));
  const titleOf = Int32Array.from(log.items, ({ title }) => numbers.get(computeTitleKey(title))!);
  const quantiles = computeQuantiles(countTitles(log, counted, titleOf));
  const vectors = associations === false ? undefined : listVectors(log, counted, titleOf, associations);

  const known = new Map<string, KnownItem>();
  for (const [number, key] of keys.entries()) {
    const vector = vectors?.[number];
    known.set(key, {
      genres: Int32Array.from(merged.get(key)!).sort(),
      popularity: quantiles[number]!,
      ...(vector !== undefined && { vector }),
    });
  }
  const genreNames = [...genreNumbers.keys()];
  const id = computeKnowledgeId(genreNames, known);
  // Titles as they stand in the data are found without building a key.
  for (const { title } of log.items) known.set(title, known.get(computeTitleKey(title))!);
  return {
    id,
    genreNames,
    find: createFinder(known),
  };
}

/** Longest text and number of texts that are remembered as no titles: instructions recur in every prompt. */
const longestMiss = 500;
const mostMisses = 4096;

function createFinder(known: ReadonlyMap<string, KnownItem>): Knowledge['find'] {
  const misses = new Set<string>();
  return (title) => {
    const exact = known.get(title);
    if (exact !== undefined || misses.has(title)) return exact;
    const found = known.get(computeTitleKey(title));
    if (found === undefined && title.length <= longestMiss) {
      if (misses.size >= mostMisses) misses.clear();
      misses.add(title);
    }
    return found;
  };
}

/** 1 for each user whose interactions are known, `Uint8Array [users]`. */
function markUsers(users: KnowledgeOptions['users'], count: number): Uint8Array {
  if (users !== 'all' && !(users instanceof Int32Array)) {
    throw new InvalidArgumentError('users', 'an Int32Array of user indices or "all"', users);
  }
  const counted = new Uint8Array(count).fill(users === 'all' ? 1 : 0);
  for (const user of users === 'all' ? [] : users) {
    if (user < 0 || user >= count) {
      throw new InvalidArgumentError('users', `indices into the ${count} users of the log`, user);
    }
    counted[user] = 1;
  }
  return counted;
}

/** How often each title was chosen, repeats counted, `Float64Array [titles]`. */
function countTitles(log: InteractionLog, counted: Uint8Array, titleOf: Int32Array): Float64Array {
  const counts = new Float64Array(titleOf.reduce((most, title) => Math.max(most, title + 1), 0));
  for (let row = 0; row < log.user.length; row++)
    if (counted[log.user[row]!] === 1) counts[titleOf[log.item[row]!]!]! += 1;
  return counts;
}

/** By number of title; undefined for one that nobody chose. */
function listVectors(
  log: InteractionLog,
  counted: Uint8Array,
  titleOf: Int32Array,
  { dimensions = 32 }: AssociationOptions,
): (Float32Array | undefined)[] {
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > 256) {
    throw new InvalidArgumentError('associations.dimensions', 'an integer in [1, 256]', dimensions);
  }
  const records = createTitleRecords(log, counted, titleOf);
  const vectors = computeAssociationVectors(records, dimensions);
  return Array.from(records.counts, (count, title) =>
    count === 0 ? undefined : Float32Array.from(vectors.subarray(title * dimensions, (title + 1) * dimensions)),
  );
}

function computeTitleKey(title: string): string {
  return title.replace(/\s+/g, ' ').trim().toLowerCase();
}

function readGenres({ id, attributes = {} }: Item, attribute: string): readonly string[] {
  // Every object has a "constructor".
  const value: unknown = Object.hasOwn(attributes, attribute) ? attributes[attribute] : [];
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  return names.filter((name) => {
    if (typeof name === 'string') return name.trim() !== '';
    const argument = `the attribute ${JSON.stringify(attribute)} of item ${JSON.stringify(id)}`;
    throw new InvalidArgumentError(argument, 'a text or a list of texts', value);
  }) as string[];
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
