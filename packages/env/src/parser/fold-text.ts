const unknown = 0;
const ignored = 1;
const single = 2;
const several = 3;

/** What is known of each UTF-16 unit so far, and what it folds to where that is one unit. */
const states = new Uint8Array(65536);
const folds = new Uint16Array(65536);
const longFolds = new Map<number, string>();

/** Letters without a decomposition that people write as others, and signs that are read as words. */
const replacements: Readonly<Record<string, string>> = {
  '&': 'and',
  '＆': 'and',
  '™': '',
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** Letters and digits that `foldText` is left with; nothing, where a text is made of signs alone. */
export function foldText(text: string): string {
  let folded = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) {
      folded += foldPair(text.slice(at, at + 2));
      at++;
    } else folded += foldUnit(unit);
  }
  return folded;
}

/**
 * What one UTF-16 unit counts for when titles are compared: its compatibility form in lower case without diacritics if it
 * is a letter or a digit, else nothing. `&` reads as "and".
 */
export function foldUnit(unit: number): string {
  let state = states[unit]!;
  if (state === unknown) state = learn(unit);
  if (state === ignored) return '';
  return state === single ? String.fromCharCode(folds[unit]!) : longFolds.get(unit)!;
}

/** Whether the unit is part of a word. */
export function isWordUnit(unit: number): boolean {
  if (unit === 38) return false;
  const state = states[unit]!;
  return (state === unknown ? learn(unit) : state) !== ignored;
}

/** Emoji fold to nothing, letters of rare scripts to themselves. */
function foldPair(pair: string): string {
  return /^[\p{L}\p{N}]/u.test(pair) ? foldLetters(pair) : '';
}

function learn(unit: number): number {
  const fold = foldLetters(String.fromCharCode(unit));
  let state = several;
  if (fold === '') state = ignored;
  else if (fold.length === 1) {
    state = single;
    folds[unit] = fold.charCodeAt(0);
  } else longFolds.set(unit, fold);
  states[unit] = state;
  return state;
}

function foldLetters(text: string): string {
  const lower = text.toLowerCase();
  const known = replacements[lower];
  if (known !== undefined) return known;
  // Decomposed to drop the marks of Latin, Greek and Cyrillic letters, composed again for the scripts that need theirs.
  const plain = lower
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase();
  return plain.replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
}
