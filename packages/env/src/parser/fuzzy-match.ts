import type { TitleIndex } from './title-index.ts';

/** Longer texts are no title with a slip. */
const maximumLength = 130;
const han = /\p{Script=Han}/u;

/**
 * The candidate that a text names with a slip of the pen: a few edits by its length, all digits and numerals equal, changed
 * words with their first letter, at least two edits closer than any other candidate. -1 where there is none.
 */
export function fuzzyMatch(text: string, key: string, { keys }: TitleIndex): number {
  const allowed = computeAllowance(key);
  if (allowed === 0 || key.length > maximumLength) return -1;
  let best = -1;
  let bestDistance = allowed + 3;
  let secondDistance = allowed + 3;
  for (let candidate = 0; candidate < keys.length; candidate++) {
    const { full, variants } = keys[candidate]!;
    let distance = allowed + 3;
    for (const forms of [full, variants]) {
      for (const form of forms) {
        if (Math.abs(form.length - key.length) > allowed + 2 || form[0] !== key[0]) continue;
        if (!haveSameDigits(form, key)) continue;
        distance = Math.min(distance, computeDistance(form, key, allowed + 2));
      }
    }
    if (distance < bestDistance) {
      secondDistance = bestDistance;
      bestDistance = distance;
      best = candidate;
    } else secondDistance = Math.min(secondDistance, distance);
  }
  if (best < 0 || bestDistance > allowed || secondDistance < bestDistance + 2) return -1;
  return haveLikelyWords(text, keys[best]!.texts[0]!) ? best : -1;
}

/** Edits that a key of this length may have: none below five letters, one below ten, two below 18, then three. */
function computeAllowance(key: string): number {
  if (key.length < 5 || key.charCodeAt(0) === 0) return 0;
  if (han.test(key) || key.length < 10) return 1;
  return key.length < 18 ? 2 : 3;
}

/** All digits equal; beside Han, where Latin letters mostly are numerals ("无间道II"), all that is not Han. */
function haveSameDigits(a: string, b: string): boolean {
  const other = han.test(a) ? /\p{Script=Han}+/gu : /\P{N}+/gu;
  return a.replace(other, ' ').trim() === b.replace(other, ' ').trim();
}

const numeral = /^(?:[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten|part|not?)$/;

/** Guards against other titles of a series and of other words: "Rocky III", "Aliens", "The King" for "The Ring". */
function haveLikelyWords(text: string, title: string): boolean {
  const words = listWords(text);
  const known = new Set(listWords(title));
  const given = new Set(words);
  const rest = [...known].filter((word) => !given.has(word));
  for (const word of rest) if (numeral.test(word)) return false;
  for (const word of words) {
    if (known.has(word)) continue;
    if (numeral.test(word)) return false;
    const twin = rest.find(
      (other) =>
        (other[0] === word[0] && word.length >= 4 && other.length >= 4 && Math.abs(other.length - word.length) <= 2) ||
        [...other].sort().join('') === [...word].sort().join(''),
    );
    if (twin !== undefined && (isPlural(twin, word) || isPlural(word, twin))) return false;
    if (twin === undefined && !han.test(word) && !isJoined(word, rest)) return false;
  }
  return true;
}

/** "Aliens" of "Alien"; no word that ends in s has such a plural, so that "Darknes" is a slip. */
function isPlural(word: string, singular: string): boolean {
  return word === `${singular}s` && !singular.endsWith('s');
}

/** Whether a word is written apart or together: its first letters begin a missing word. */
function isJoined(word: string, rest: readonly string[]): boolean {
  return rest.some((other) => other.startsWith(word.slice(0, 3)));
}

function listWords(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Insertions, deletions, substitutions and swaps of neighbours, in a band of `limit`; more than `limit` where out of it. */
function computeDistance(a: string, b: string, limit: number): number {
  let before = new Uint8Array(b.length + 1);
  let previous = new Uint8Array(b.length + 1);
  let current = new Uint8Array(b.length + 1);
  for (let j = 0; j <= b.length; j++) previous[j] = Math.min(j, limit + 1);
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit);
    const to = Math.min(b.length, i + limit);
    current.fill(limit + 1);
    if (from === 1) current[0] = Math.min(i, limit + 1);
    let smallest = limit + 1;
    for (let j = from; j <= to; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, before[j - 2]! + 1);
      current[j] = Math.min(cost, limit + 1);
      smallest = Math.min(smallest, cost);
    }
    if (smallest > limit) return limit + 1;
    [before, previous, current] = [previous, current, before];
  }
  return previous[b.length]!;
}
