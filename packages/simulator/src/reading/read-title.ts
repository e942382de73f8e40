/** Marks behind a title where a list writes more than titles. */
const separator = / \(|（| [-–—|] |\t| \[|; |；|, |，|: |：| · /g;
const wrappers: readonly (readonly [open: string, close: string])[] = [
  ['《', '》'],
  ['"', '"'],
  ['“', '”'],
  ['「', '」'],
  ['**', '**'],
  ['*', '*'],
  ['_', '_'],
  ['`', '`'],
];
/** Details as lists of items show them: a rating, an attribute with its name, a time. */
const details =
  /^(?: \((?=[^()]*(?:\brat(?:ed|ing)\b|\bstars?\b|: |\b(?:earlier|later)\b|\bsame day\b))[^()]*\)|（(?=[^（）]*(?:评分|：|上一条|星))[^（）]*）)$/;
const maximumLength = 400;
const maximumCuts = 12;

/** The title in an entry of a list: without quotation marks, ratings, dates and attributes, as far as `isKnown` or their form tells. */
export function readTitle(entry: string, isKnown: (title: string) => boolean): string {
  if (entry.length > maximumLength || isKnown(entry)) return entry;
  const bare = unwrap(entry);
  if (bare !== entry && isKnown(bare)) return bare;
  // The longest known beginning: titles may hold any of the separators themselves.
  const cuts = Array.from(entry.matchAll(separator), ({ index }) => index).slice(-maximumCuts);
  for (const end of cuts.toReversed()) {
    const title = unwrap(entry.slice(0, end).trim());
    if (title !== '' && isKnown(title)) return title;
  }
  const open = Math.max(entry.lastIndexOf(' ('), entry.lastIndexOf('（'));
  return open > 0 && details.test(entry.slice(open)) ? entry.slice(0, open) : bare;
}

function unwrap(text: string): string {
  for (const [open, close] of wrappers) {
    if (text.length > open.length + close.length && text.startsWith(open) && text.endsWith(close)) {
      const inside = text.slice(open.length, -close.length);
      // `"A" and "B"` is not one title.
      return inside.includes(open) ? text : inside;
    }
  }
  return text;
}
