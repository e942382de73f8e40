import type { Item } from '@rppkit/spec';

/** How the list attributes of a history's items are spread; undefined where there is too little to say. */
export interface AttributeStatistics {
  /** Of the shares of all values, in nats. */
  readonly entropy: number | undefined;
  /** The largest share. */
  readonly topShare: number | undefined;
  /** 1 - cosine between the shares of the recent and of the earlier items. */
  readonly drift: number | undefined;
  /** Mean Jaccard overlap of items and the ones after them. */
  readonly neighbourOverlap: number | undefined;
  /** Mean Jaccard overlap of pairs of recent items. */
  readonly recentOverlap: number | undefined;
}

/** `items` oldest first; recent are those from `recentStart` on. */
export function computeAttributeStatistics(items: readonly Item[], recentStart: number): AttributeStatistics {
  // Values become numbers in the order in which they first appear: comparing texts takes most of the time otherwise.
  const numbers = new Map<string, number>();
  const lists = items.map((item) =>
    getAttributeValues(item).map((value) => {
      const number = numbers.get(value) ?? numbers.size;
      if (number === numbers.size) numbers.set(value, number);
      return number;
    }),
  );
  const recent = countValues(lists.slice(recentStart), numbers.size);
  const earlier = countValues(lists.slice(0, recentStart), numbers.size);
  const total = recent.total + earlier.total;

  let entropy = 0;
  let topShare = 0;
  for (let value = 0; value < numbers.size; value++) {
    const share = (recent.counts[value]! + earlier.counts[value]!) / total;
    entropy -= share * Math.log(share);
    if (share > topShare) topShare = share;
  }
  return {
    entropy: total > 0 ? entropy : undefined,
    topShare: total > 0 ? topShare : undefined,
    drift: recent.total > 0 && earlier.total > 0 ? 1 - computeCosine(recent, earlier) : undefined,
    ...computeOverlaps(lists, recentStart),
  };
}

interface ValueCounts {
  /** By value. */
  readonly counts: Int32Array;
  /** Values with a count, as they first appear. */
  readonly seen: readonly number[];
  readonly total: number;
}

function countValues(lists: readonly (readonly number[])[], size: number): ValueCounts {
  const counts = new Int32Array(size);
  const seen: number[] = [];
  let total = 0;
  for (const list of lists) {
    for (const value of list) {
      if (counts[value] === 0) seen.push(value);
      counts[value]!++;
      total++;
    }
  }
  return { counts, seen, total };
}

/** Between the shares, both not empty. */
function computeCosine(left: ValueCounts, right: ValueCounts): number {
  let product = 0;
  let leftSquare = 0;
  let rightSquare = 0;
  for (const value of left.seen) {
    const share = left.counts[value]! / left.total;
    product += share * (right.counts[value]! / right.total);
    leftSquare += share * share;
  }
  for (const value of right.seen) {
    const share = right.counts[value]! / right.total;
    rightSquare += share * share;
  }
  return product / Math.sqrt(leftSquare * rightSquare);
}

function computeOverlaps(
  lists: readonly (readonly number[])[],
  recentStart: number,
): Pick<AttributeStatistics, 'neighbourOverlap' | 'recentOverlap'> {
  let neighbours = 0;
  for (let index = 1; index < lists.length; index++) neighbours += computeJaccard(lists[index - 1]!, lists[index]!);
  let pairs = 0;
  let pairSum = 0;
  for (let left = recentStart; left < lists.length; left++) {
    for (let right = left + 1; right < lists.length; right++) {
      pairSum += computeJaccard(lists[left]!, lists[right]!);
      pairs++;
    }
  }
  return {
    neighbourOverlap: lists.length > 1 ? neighbours / (lists.length - 1) : undefined,
    recentOverlap: pairs > 0 ? pairSum / pairs : undefined,
  };
}

function computeJaccard(left: readonly number[], right: readonly number[]): number {
  let shared = 0;
  for (const value of left) if (right.includes(value)) shared++;
  const union = left.length + right.length - shared;
  return union === 0 ? 0 : shared / union;
}

const valuesOfItems = new WeakMap<Item, readonly string[]>();

/** The values of an item's list attributes (genres, tags), with the attribute's name in front. */
function getAttributeValues(item: Item): readonly string[] {
  let values = valuesOfItems.get(item);
  if (values === undefined) {
    values = Object.entries(item.attributes ?? {}).flatMap(([name, value]) =>
      typeof value === 'string' ? [] : [...new Set(value)].map((part) => `${name}=${part}`),
    );
    valuesOfItems.set(item, values);
  }
  return values;
}
