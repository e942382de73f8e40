/** A title in two parts. */
export interface CleanTitle {
  readonly title: string;
  /** Four digits, from a trailing `(1995)`. */
  readonly year?: string;
}

const control = /\p{Cc}/gu;

/** A title for prompts: control characters become blanks, runs of blanks become one, ends are trimmed. */
export function cleanTitle(title: string): string {
  return title.replace(control, ' ').replace(/ {2,}/g, ' ').trim();
}

/**
 * Splits a MovieLens title: `Usual Suspects, The (1995)` gives `The Usual Suspects` and `1995`. A mark `(V)` or `(TV)`
 * after the year is dropped. The article also moves in front of a second title in brackets: `Blue Angel, The (Blaue
 * Engel, Der) (1930)` gives `The Blue Angel (Blaue Engel, Der)`.
 *
 * @param options.moveArticles - move a trailing `, The`, `, A` or `, An` to the front; default true.
 */
export function splitMovielensTitle(
  text: string,
  { moveArticles = true }: { readonly moveArticles?: boolean } = {},
): CleanTitle {
  const clean = cleanTitle(text);
  const dated = /^(.+?) ?\((\d{4})\)(?: \(T?V\))?$/.exec(clean);
  const undated = dated?.[1] ?? clean;
  const title = moveArticles ? undated.replace(/^([^(]+), (The|An?)(?= \(|$)/, '$2 $1') : undated;
  return { title, ...(dated !== null && { year: dated[2]! }) };
}
