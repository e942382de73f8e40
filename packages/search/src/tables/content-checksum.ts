import type { PatternSpace } from '@rppkit/patterns';
import type { Item, RankingTask } from '@rppkit/spec';
import { computeCrc32 } from './crc32.ts';

/** Eight hexadecimal digits that change with the history and the candidates of a task; id and user are no part of it. */
export function computeTaskChecksum({ history, candidates }: RankingTask): string {
  const listItem = ({ id, title, attributes = {} }: Item): unknown => [id, title, attributes];
  return computeChecksum([
    history.map(({ item, rating = null, time = null }) => [listItem(item), rating, time]),
    candidates.map(listItem),
  ]);
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
