import { InvalidArgumentError, type Item, type RankingTask } from '@rppkit/spec';
import type { Person } from './recommender-model.ts';

/** Users, items and interactions that a recommender learned from, by id. */
export interface LearnedUsers {
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly starts: Int32Array;
  readonly item: Int32Array;
}

/** Finds people and items of requests among what was learned from. */
export class LearnedIndex {
  readonly #learned: LearnedUsers;
  readonly #users: ReadonlyMap<string, number>;
  readonly #items: ReadonlyMap<string, number>;
  /** One an item: the person who was looked up last and has it. */
  readonly #marks: Int32Array;
  #mark = 0;

  constructor(learned: LearnedUsers) {
    this.#learned = learned;
    this.#users = new Map(learned.users.map((id, user) => [id, user]));
    this.#items = new Map(learned.items.map((id, item) => [id, item]));
    this.#marks = new Int32Array(learned.items.length);
  }

  /** Index of an item, -1 for one never learned from. */
  findItem(id: string): number {
    return this.#items.get(id) ?? -1;
  }

  /** Index of a user, -1 for one never learned from. */
  findUser(id: string): number {
    return this.#users.get(id) ?? -1;
  }

  /** Items that a user was learned from with. */
  getItems(user: number): Int32Array {
    const { starts, item } = this.#learned;
    return item.subarray(starts[user]!, starts[user + 1]!);
  }

  /** Someone with a history, in indices. */
  createPerson(userId: string | undefined, entries: readonly { readonly item: Item }[]): Person {
    const mark = ++this.#mark;
    const unknown = new Map<string, Item>();
    // Of repeats the last counts: it is what happened most recently.
    const reversed: number[] = [];
    for (let entry = entries.length - 1; entry >= 0; entry--) {
      const { item } = entries[entry]!;
      const index = this.findItem(item.id);
      if (index < 0) {
        if (!unknown.has(item.id)) unknown.set(item.id, item);
      } else if (this.#marks[index] !== mark) {
        this.#marks[index] = mark;
        reversed.push(index);
      }
    }
    const user = userId === undefined ? -1 : this.findUser(userId);
    const history = Int32Array.from(reversed).reverse();
    return { user: this.#wasLearnedWith(user, history) ? user : -1, history, unknown: [...unknown.values()].reverse() };
  }

  /** Throws for a candidate that was learned from as an item of this user and is not in the history. */
  assertNotLearned({ id, user, history, candidates }: RankingTask): void {
    const learned = this.#users.get(user);
    if (learned === undefined) return;
    const own = this.getItems(learned);
    const leaked = candidates.find(
      (candidate) => own.includes(this.findItem(candidate.id)) && history.every(({ item }) => item.id !== candidate.id),
    );
    if (leaked === undefined) return;
    const advice =
      'Fit on interactions that end before the target, as createTaskInteractions and createSplitInteractions do.';
    throw new InvalidArgumentError(
      'task',
      `one whose user was not learned from with candidate ${JSON.stringify(leaked.id)}`,
      id,
      advice,
    );
  }

  /** True where the history is the one that the user was learned from with. Of a user without any nothing was learned. */
  #wasLearnedWith(user: number, history: Int32Array): boolean {
    if (user < 0 || history.length === 0) return false;
    const own = this.getItems(user);
    return own.length === history.length && own.every((item, place) => history[place] === item);
  }
}
