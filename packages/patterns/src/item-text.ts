import type { Item } from '@rppkit/spec';

/** Longest title that a prompt shows, in UTF-16 code units; longer ones end in an ellipsis. */
export const maximumTitleLength = 120;

/** An item's title as one line of a list: data, not instructions. Control characters and line breaks become blanks. */
export function renderItemTitle(item: Item): string {
  const line = item.title
    // Control characters, line and paragraph separators, and marks that reorder or hide text.
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= maximumTitleLength) return line;
  return `${line
    .slice(0, maximumTitleLength - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}
