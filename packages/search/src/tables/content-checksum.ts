import type { PatternSpace, TaskWithExamples } from '@rppkit/patterns';
import type { HistoryEntry, Item } from '@rppkit/spec';
import { computeCrc32 } from './crc32.ts';

/**
 * Eight hexadecimal digits that change with the history, the candidates and the examples of a task; id and user are no part
 * of it.
 */
export function computeTaskChecksum({ history, candidates, examples }: TaskWithExamples): string {
  const shown = [listHistory(history), candidates.map(listItem)];
  if (examples === undefined) return computeChecksum(shown);
  return computeChecksum([
    ...shown,
    examples.map((example) => [listHistory(example.history), listItem(example.chosen)]),
  ]);
}

function listHistory(history: readonly HistoryEntry[]): unknown {
  return history.map(({ item, rating = null, time = null }) => [listItem(item), rating, time]);
}

function listItem({ id, title, attributes = {} }: Item): unknown {
  return [id, title, attributes];
}

/** Eight hexadecimal digits that change with any sentence, domain or layout of a space. */
export function computeSpaceChecksum(space: PatternSpace): string {
  return computeChecksum(space);
}

/** The CRC-32 of the value as JSON without blanks, the keys of every object sorted, in UTF-8. */
function computeChecksum(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)));
  });
  return computeCrc32(new TextEncoder().encode(text)).toString(16).padStart(8, '0');
}
