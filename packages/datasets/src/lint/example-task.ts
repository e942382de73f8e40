import type { Item, JudgedTask } from '@rppkit/spec';

/** What a test gives of a task; items are named by id. */
export interface ExampleTask {
  readonly id?: string;
  readonly user?: string;
  readonly history?: readonly string[];
  readonly candidates?: readonly string[];
  /** Ids of gain 1, or gains by id. */
  readonly relevant?: readonly string[] | Readonly<Record<string, number>>;
  /** Titles by id; default `Title of ID`. */
  readonly titles?: Readonly<Record<string, string>>;
}

/** A task for tests of single checks; by default a clean one of user `u` that ranks `c` and `d` after `a` and `b`. */
export function createExampleTask({
  user = 'u',
  id = `task of ${user}`,
  history = ['a', 'b'],
  candidates = ['c', 'd'],
  relevant = candidates.slice(0, 1),
  titles = {},
}: ExampleTask = {}): JudgedTask {
  const createItem = (itemId: string): Item => ({ id: itemId, title: titles[itemId] ?? `Title of ${itemId}` });
  const task = {
    id,
    user,
    history: history.map((itemId) => ({ item: createItem(itemId) })),
    candidates: candidates.map(createItem),
  };
  const gains = Array.isArray(relevant)
    ? relevant.map((itemId): [string, number] => [itemId, 1])
    : Object.entries(relevant);
  return { task, relevance: new Map(gains) };
}
