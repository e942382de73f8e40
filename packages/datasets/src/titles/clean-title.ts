import { decodeHTMLStrict } from 'entities/decode';

export interface TitleOptions {
  /** Move a trailing `, The`, `, A` or `, An` to the front; default true. */
  readonly moveArticles?: boolean;
  /** Decode HTML entities such as `&amp;`, once; default true. */
  readonly decodeEntities?: boolean;
}

/** A title in two parts. */
export interface CleanTitle {
  readonly title: string;
  /** Four digits, from a trailing `(1995)`. */
  readonly year?: string;
}

// Control characters, line and paragraph separators, marks of text direction, byte order marks.
const invisible = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const trailingArticle = /^([^(]+), (The|An?)(?= \(|$)/;

/**
 * A title for prompts: HTML entities are decoded, control characters and marks of text direction become blanks, runs of
 * blanks (no-break ones too) become one, ends are trimmed, and a trailing article moves to the front. The article also moves
 * in front of a second title in brackets: `Blue Angel, The (Blaue Engel, Der)` gives `The Blue Angel (Blaue Engel, Der)`.
 */
export function cleanTitle(text: string, { moveArticles = true, decodeEntities = true }: TitleOptions = {}): string {
  const decoded = decodeEntities && text.includes('&') ? decodeHTMLStrict(text) : text;
  const title = decoded
    .replace(invisible, ' ')
    .replace(/[ \u00a0]+/g, ' ')
    .trim();
  return moveArticles ? title.replace(trailingArticle, '$2 $1') : title;
}

/**
 * Cleans and splits a MovieLens title: `Usual Suspects, The (1995)` gives `The Usual Suspects` and `1995`. A mark `(V)` or
 * `(TV)` after the year is dropped.
 */
export function splitMovielensTitle(text: string, options: TitleOptions = {}): CleanTitle {
  const clean = cleanTitle(text, { ...options, moveArticles: false });
  const dated = /^(.+?) ?\((\d{4})\)(?: \(T?V\))?$/.exec(clean);
  // Entities are decoded by now; a second time would read what was meant as text.
  const title = cleanTitle(dated?.[1] ?? clean, { ...options, decodeEntities: false });
  return { title, ...(dated !== null && { year: dated[2]! }) };
}
