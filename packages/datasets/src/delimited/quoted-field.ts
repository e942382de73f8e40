const quote = 0x22;

/** The quote that closes a quoted field, and whether the field holds doubled quotes. */
export interface ClosingQuote {
  readonly at: number;
  readonly doubled: boolean;
}

/** Finds the quote that closes a field whose text begins at `start`; undefined if it does not close before `end`. */
export function findClosingQuote(bytes: Uint8Array, start: number, end: number): ClosingQuote | undefined {
  for (let from = start, doubled = false; ; doubled = true) {
    const at = bytes.indexOf(quote, from);
    if (at === -1 || at >= end) return undefined;
    if (bytes[at + 1] !== quote || at + 1 >= end) return { at, doubled };
    from = at + 2;
  }
}

/** Makes one quote of each doubled one, in place; returns where the text ends then. */
export function undoubleQuotes(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let from = start; from < end; from++) {
    bytes[to++] = bytes[from]!;
    if (bytes[from] === quote) from++;
  }
  return to;
}
