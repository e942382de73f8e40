/** A sign that a subtitle or an explanation follows. */
const sign = /^\s*[:：–—-]+\s*/u;
/** Up to seven words as titles have them, the first with a capital; a sentence has others, or ends in its full stop. */
const name =
  /^\p{Lu}[\p{L}\p{M}\p{N}'’&!?-]*(?:[ .]{1,2}(?:[\p{Lu}\p{N}][\p{L}\p{M}\p{N}'’&!?-]*|of|the|and|an?|in|on|at|to|for|from|with|by|vs|de|la|le|&)){0,6}(?=\s*(?:$|[*_`"”’》」』(（[|—:：，。★☆⭐]|[-–]\s|\d+(?:\.\d+)?\s*[/%％分]))/u;
/** Text in the brackets that Chinese titles stand in goes on up to their end. */
const bracketed = /^\s*[《「『]/;
const bracketedName = /^[^》」』]{1,60}(?=[》」』])/;

const opening = /^[\s*_`~"'“‘《「『]+/;
const dated = /[(（[]\s*\d{4}\s*[)）\]](?=[\s*_`"”』」》.,，。;；、!]*$)/;

/**
 * The longer title that a text may be, where what follows a candidate's title up to `end` reads like a subtitle:
 * "Alien: Covenant" for the candidate "Alien". Undefined where an explanation follows.
 */
export function readLongerTitle(text: string, end: number): string | undefined {
  const from = sign.exec(text.slice(end))?.[0].length;
  if (from === undefined) return undefined;
  const rest = text.slice(end + from, end + from + 100);
  const subtitle = (bracketed.test(text) ? bracketedName : name).exec(rest);
  return subtitle === null ? undefined : text.slice(0, end + from + subtitle[0].length).replace(opening, '');
}

/** The title with the year behind it, which may tell it from a candidate's without one; undefined without a year. */
export function readDatedTitle(text: string): string | undefined {
  const year = dated.exec(text);
  return year === null ? undefined : text.slice(0, year.index + year[0].length).replace(opening, '');
}
