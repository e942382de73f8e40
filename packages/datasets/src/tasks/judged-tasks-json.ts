import { describeValue, type HistoryEntry, InvalidArgumentError, type Item, type JudgedTask } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import type { DataFile } from '../files/data-file.ts';
import { readLines } from '../files/read-lines.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';

/**
 * Judged tasks as JSON Lines, to freeze and publish an evaluation set: one line a task, with its line feed, of the form
 * `{"id", "user", "history": [{"item", "rating"?, "time"?}], "candidates": [item], "relevance": {"item id": gain}}`, where an
 * item is `{"id", "title", "attributes"?}`. Throws `InvalidArgumentError` for an id that an earlier task had and for numbers
 * that JSON cannot hold.
 */
export function* renderJudgedTasks(tasks: Iterable<JudgedTask>): Generator<string> {
  const ids = new Set<string>();
  for (const { task, relevance } of tasks) {
    const { id, user, history, candidates } = task;
    if (ids.has(id)) throw new InvalidArgumentError('tasks', 'tasks with distinct ids', id);
    ids.add(id);
    const line = {
      id,
      user,
      history: history.map(({ item, rating, time }) => ({ item: selectItemFields(item), rating, time })),
      candidates: candidates.map(selectItemFields),
      relevance: Object.fromEntries(relevance),
    };
    yield `${JSON.stringify(line, refuseNonFinite)}\n`;
  }
}

/**
 * The tasks that `renderJudgedTasks` wrote, read as a stream; the order of entries in a relevance is not kept. Empty lines
 * and a byte order mark are passed over. Throws `DatasetError` with file and line for what is no such task, for repeated
 * candidates and ids, for a file without tasks, and as all readers of lines do.
 */
export async function readJudgedTasks(file: DataFile, options: ReadOptions = {}): Promise<JudgedTask[]> {
  const tasks: JudgedTask[] = [];
  const ids = new Set<string>();
  for await (const { text, line } of readLines(file, options)) {
    try {
      const judged = readTask(text, (expected, received) => {
        throw new DatasetError(file.name, expected, describeValue(received), { line });
      });
      const { id } = judged.task;
      if (ids.has(id)) throw new DatasetError(file.name, 'tasks with distinct ids', describeValue(id), { line });
      ids.add(id);
      tasks.push(judged);
    } catch (error) {
      if (!DatasetError.isInstance(error)) throw error;
      refuseLine(error, options);
    }
  }
  if (tasks.length === 0) throw new DatasetError(file.name, 'a task a line', 'none');
  return tasks;
}

/** Throws with what was expected and received. */
type Refuse = (expected: string, received: unknown) => never;

function readTask(line: string, refuse: Refuse): JudgedTask {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return refuse('JSON', line);
  }
  const { id, user, history, candidates, relevance } = readObject(parsed, 'the task', refuse);
  const items = readArray(candidates, '"candidates"', refuse).map((item) => readItem(item, '"candidates"', refuse));
  const seen = new Set<string>();
  for (const item of items) {
    if (seen.has(item.id)) refuse('different candidates', item.id);
    seen.add(item.id);
  }
  return {
    task: {
      id: readText(id, '"id"', refuse),
      user: readText(user, '"user"', refuse),
      history: readArray(history, '"history"', refuse).map((entry) => readHistoryEntry(entry, refuse)),
      candidates: items,
    },
    relevance: new Map(
      Object.entries(readObject(relevance, '"relevance"', refuse)).map(([item, gain]) => [
        item,
        readNumber(gain, '"relevance"', refuse),
      ]),
    ),
  };
}

function readHistoryEntry(value: unknown, refuse: Refuse): HistoryEntry {
  const { item, rating, time } = readObject(value, 'an entry of "history"', refuse);
  return {
    item: readItem(item, '"history"', refuse),
    ...(rating !== undefined && { rating: readNumber(rating, '"rating"', refuse) }),
    ...(time !== undefined && { time: readNumber(time, '"time"', refuse) }),
  };
}

function readItem(value: unknown, place: string, refuse: Refuse): Item {
  const { id, title, attributes } = readObject(value, `an item of ${place}`, refuse);
  return {
    id: readText(id, `"id" of an item of ${place}`, refuse),
    title: readText(title, `"title" of an item of ${place}`, refuse),
    ...(attributes !== undefined && { attributes: readAttributes(attributes, refuse) }),
  };
}

function readAttributes(value: unknown, refuse: Refuse): NonNullable<Item['attributes']> {
  const attributes = readObject(value, '"attributes"', refuse);
  for (const attribute of Object.values(attributes)) {
    const texts = Array.isArray(attribute) ? attribute : [attribute];
    if (!texts.every((text) => typeof text === 'string')) refuse('"attributes" of text or lists of text', attribute);
  }
  return attributes as NonNullable<Item['attributes']>;
}

function readObject(value: unknown, place: string, refuse: Refuse): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(`${place} to be an object`, value);
  return value as Record<string, unknown>;
}

function readArray(value: unknown, place: string, refuse: Refuse): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(`${place} to be a list`, value);
}

function readText(value: unknown, place: string, refuse: Refuse): string {
  return typeof value === 'string' ? value : refuse(`${place} to be text`, value);
}

function readNumber(value: unknown, place: string, refuse: Refuse): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : refuse(`${place} to be a number`, value);
}

/** JSON has no place for a field that is undefined, so it is left out there. */
function selectItemFields({ id, title, attributes }: Item): Readonly<Record<keyof Item, unknown>> {
  return { id, title, attributes };
}

function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new InvalidArgumentError(key, 'a finite number', value);
  return value;
}
