import type { LearnedUsers } from '../fitted/learned-users.ts';

/** The nearest items of each item, in rows of one item after the other. */
export interface ItemNeighbours {
  /** `Int32Array [items + 1]`: item i has the entries from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Int32Array;
  /** Indices of items, most similar first; ties by index. */
  readonly neighbours: Int32Array;
  /** Above 0, at most 1, aligned with `neighbours`. */
  readonly similarities: Float32Array;
}

/** Finds the neighbours of one item after the other. */
export class CosineNeighbours {
  readonly #interactions: LearnedUsers;
  readonly #neighbours: number;
  readonly #shrinkage: number;
  /** Users of each item, rows as in `starts` and `item`. */
  readonly #userStarts: Int32Array;
  readonly #user: Int32Array;
  readonly #rows: { readonly neighbours: Int32Array; readonly similarities: Float32Array }[] = [];
  /** For the item at hand: users that another item shares with it, and the items that share any. */
  readonly #shared: Int32Array;
  readonly #touched: Int32Array;
  /** The best so far as a heap whose root is the worst of them. */
  readonly #heapItem: Int32Array;
  readonly #heapValue: Float32Array;

  constructor(interactions: LearnedUsers, neighbours: number, shrinkage: number) {
    const { items, users, starts, item } = interactions;
    this.#interactions = interactions;
    this.#neighbours = Math.min(neighbours, items.length);
    this.#shrinkage = shrinkage;
    this.#userStarts = new Int32Array(items.length + 1);
    for (let entry = 0; entry < item.length; entry++) this.#userStarts[item[entry]! + 1]!++;
    for (let index = 0; index < items.length; index++) this.#userStarts[index + 1]! += this.#userStarts[index]!;
    this.#user = new Int32Array(item.length);
    const next = this.#userStarts.slice();
    for (let user = 0; user < users.length; user++) {
      for (let entry = starts[user]!; entry < starts[user + 1]!; entry++) this.#user[next[item[entry]!]!++] = user;
    }
    this.#shared = new Int32Array(items.length);
    this.#touched = new Int32Array(items.length);
    this.#heapItem = new Int32Array(this.#neighbours);
    this.#heapValue = new Float32Array(this.#neighbours);
  }

  /** Finds those of the next `count` items. */
  advance(count: number): void {
    const end = Math.min(this.#rows.length + count, this.#interactions.items.length);
    for (let item = this.#rows.length; item < end; item++) this.#rows.push(this.#find(item));
  }

  /** What was found so far; items whose turn is yet to come have no neighbours. */
  collect(): ItemNeighbours {
    const rows = this.#rows;
    const starts = new Int32Array(this.#interactions.items.length + 1);
    for (let item = 0; item + 1 < starts.length; item++) {
      starts[item + 1] = starts[item]! + (rows[item]?.neighbours.length ?? 0);
    }
    const neighbours = new Int32Array(starts.at(-1)!);
    const similarities = new Float32Array(starts.at(-1)!);
    for (let item = 0; item < rows.length; item++) {
      neighbours.set(rows[item]!.neighbours, starts[item]!);
      similarities.set(rows[item]!.similarities, starts[item]!);
    }
    return { starts, neighbours, similarities };
  }

  #find(item: number): { readonly neighbours: Int32Array; readonly similarities: Float32Array } {
    const touched = this.#countShared(item);
    const shared = this.#shared;
    const own = this.#userStarts[item + 1]! - this.#userStarts[item]!;
    let size = 0;
    for (let index = 0; index < touched; index++) {
      const other = this.#touched[index]!;
      const count = shared[other]!;
      shared[other] = 0;
      if (other === item) continue;
      const others = this.#userStarts[other + 1]! - this.#userStarts[other]!;
      size = this.#offer(other, Math.fround(count / (Math.sqrt(own * others) + this.#shrinkage)), size);
    }
    const neighbours = new Int32Array(size);
    const similarities = new Float32Array(size);
    // The root is the worst of what is left: rows fill from their end.
    while (size > 0) {
      size--;
      neighbours[size] = this.#heapItem[0]!;
      similarities[size] = this.#heapValue[0]!;
      this.#sink(this.#heapItem[size]!, this.#heapValue[size]!, size);
    }
    return { neighbours, similarities };
  }

  /** Counts the users that each item shares with this one; returns how many items share any, itself among them. */
  #countShared(item: number): number {
    const { starts, item: items } = this.#interactions;
    const shared = this.#shared;
    const touched = this.#touched;
    let found = 0;
    for (let row = this.#userStarts[item]!; row < this.#userStarts[item + 1]!; row++) {
      const user = this.#user[row]!;
      const end = starts[user + 1]!;
      for (let entry = starts[user]!; entry < end; entry++) {
        const other = items[entry]!;
        if (shared[other]!++ === 0) touched[found++] = other;
      }
    }
    return found;
  }

  /** Puts an item on the heap where it belongs among the best; returns the size of the heap then. */
  #offer(item: number, value: number, size: number): number {
    const heapItem = this.#heapItem;
    const heapValue = this.#heapValue;
    if (size === this.#neighbours) {
      if (!isWorse(heapValue[0]!, heapItem[0]!, value, item)) return size;
      this.#sink(item, value, size);
      return size;
    }
    let at = size;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isWorse(value, item, heapValue[parent]!, heapItem[parent]!)) break;
      heapItem[at] = heapItem[parent]!;
      heapValue[at] = heapValue[parent]!;
      at = parent;
    }
    heapItem[at] = item;
    heapValue[at] = value;
    return size + 1;
  }

  /** Replaces the root of a heap of `size`. */
  #sink(item: number, value: number, size: number): void {
    const heapItem = this.#heapItem;
    const heapValue = this.#heapValue;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && isWorse(heapValue[right]!, heapItem[right]!, heapValue[child]!, heapItem[child]!))
        child = right;
      if (!isWorse(heapValue[child]!, heapItem[child]!, value, item)) break;
      heapItem[at] = heapItem[child]!;
      heapValue[at] = heapValue[child]!;
      at = child;
    }
    heapItem[at] = item;
    heapValue[at] = value;
  }
}

/** Less similar, or as similar with the higher index. */
function isWorse(value: number, item: number, otherValue: number, otherItem: number): boolean {
  return value < otherValue || (value === otherValue && item > otherItem);
}
