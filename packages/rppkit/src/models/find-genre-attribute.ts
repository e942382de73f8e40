import type { Item } from '@rppkit/spec';

/**
 * The attribute that says of what kind items are: the list attribute that most of them have, such as `genres` or `class`; the
 * first one among equals, `genres` where there is none.
 */
export function findGenreAttribute(items: readonly Item[]): string {
  const counts = new Map<string, number>();
  for (const { attributes = {} } of items) {
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value !== 'string') counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  let best = 'genres';
  for (const [name, count] of counts) if (count > (counts.get(best) ?? 0)) best = name;
  return best;
}
