import type { Answer, Entry } from './answer.ts';
import { isWordUnit } from './fold-text.ts';
import { type Folded, foldWithCuts } from './fold-with-cuts.ts';
import { fuzzyMatch } from './fuzzy-match.ts';
import { readDatedTitle, readLongerTitle } from './longer-title.ts';
import { readIndex, resolveIndex } from './read-index.ts';
import { ambiguous } from './title-index.ts';
import { computeKey, isKeyOf } from './title-keys.ts';

const number = /^[\s*_`~"'“‘([（【]*(\d{1,4})号?[\s*_`~"'”’)\]）】.,，。;；、!]*$/;
/** `Title [3]`, `Title (candidate 3)`. */
const trailing = /[[(（](?:#|candidate |item |index |id[: ] ?|候选|编号)?\s*(\d{1,4})[\])）][\s*_`~.!。]*$/i;
const quoted = /^\s*["“'‘《「『]([^"”'’》」』]{1,150})["”'’》」』](?![\p{L}\p{N}])\s*/u;
const nothing = /^(?:n\/?a|none|null|nil|tbd|[-–—.…_?/\s]+|无|暂无|没有|略)$/i;

/** Matches text beyond this length by its beginning alone. */
const maximumLength = 400;
const maximumKnown = 5000;

export interface MatchOptions {
  /** Whether slips of the pen are forgiven. Default true. */
  readonly fuzzy?: boolean;
  /** Whether the answer was cut off at the end of this entry. Default false. */
  readonly last?: boolean;
}

/** Reads an entry without its line's marker. Undefined where it says that there is none, such as `N/A`. */
export function matchEntry(
  text: string,
  answer: Answer,
  { fuzzy = true, last = false }: MatchOptions = {},
): Entry | undefined {
  const { titles } = answer;
  if (last && isUnfinished(text, answer)) return undefined;
  const direct = titles.texts.get(text);
  if (direct !== undefined && direct !== ambiguous && !titles.numeric) {
    return { text, title: direct, approximate: false, index: -1, bare: false, whole: true };
  }
  const delimited = titles.numeric ? undefined : findDelimited(text, answer);
  if (delimited !== undefined) return delimited;
  const short = text.length > maximumLength ? text.slice(0, maximumLength) : text;
  const key = fuzzy ? short : `\0${short}`;
  const { known } = answer;
  if (!last && known.has(key)) return known.get(key);
  const entry = matchText(short, answer, { fuzzy, last });
  if (!last && known.size < maximumKnown) known.set(key, entry);
  return entry;
}

function matchText(short: string, answer: Answer, { fuzzy, last }: Required<MatchOptions>): Entry | undefined {
  const { titles } = answer;
  const bare = number.exec(short);
  if (bare !== null) return matchNumber(short.trim(), bare[1]!, answer);
  const quotation = quoted.exec(short);
  const inner = quotation?.[1];
  // Signs and digits in quotes: "《1、2、3》".
  const literal = inner === undefined || /^\d+$/.test(inner) ? undefined : titles.texts.get(inner);
  if (literal !== undefined && literal !== ambiguous) {
    const whole = quotation![0].length === short.length;
    return { text: short, title: literal, approximate: false, index: -1, bare: false, whole };
  }
  let folded = foldWithCuts(short, titles.longest + 8);
  const own = findTitle(short, folded, answer);
  if (own !== undefined && own.candidate >= 0) return entryOf(short, own, -1, answer);
  const { index, from } = readIndex(short, answer);
  const rest = from === 0 ? short : short.slice(from);
  if (from > 0 && /^[\s*_`~"'”’.。!,，;；]*$/.test(rest)) {
    return { text: short.trim(), title: -1, approximate: false, index, bare: true, whole: true };
  }
  if (from > 0) folded = foldWithCuts(rest, titles.longest + 8);
  const found = from === 0 ? own : findTitle(rest, folded, answer);
  if (found !== undefined && found.candidate >= 0) return entryOf(rest, found, index, answer);
  const behind = trailing.exec(short);
  const given = index !== -1 || behind === null ? index : resolveIndex(Number(behind[1]), answer);
  const stated = stripExplanation(rest);
  if (found?.candidate === ambiguous) {
    // Titles that candidates share: the number tells which, if its candidate has that title.
    const twin = given >= 0 && names(found.key, given, answer) ? given : -1;
    return { text: stated, title: twin, approximate: false, index: -1, bare: false, whole: found.end >= rest.length };
  }
  if (from === 0 && nothing.test(short.replace(/[*_`]/g, '').trim())) return undefined;
  const close = last ? -1 : findApproximately(rest, folded, answer, fuzzy);
  // An entry that was cut off before its explanation is not even foreign.
  if (close < 0 && last && short.trimEnd().endsWith(stated)) return undefined;
  if (close >= 0) return { text: stated, title: close, approximate: true, index: given, bare: false, whole: true };
  return {
    text: stated,
    title: -1,
    approximate: false,
    index: isExplanation(rest, answer) ? given : -1,
    bare: false,
    whole: false,
  };
}

/** `**Title** …` and `[3] Title`, letter by letter: most entries that are more than a title. */
function findDelimited(text: string, answer: Answer): Entry | undefined {
  const { titles } = answer;
  if (text.startsWith('**')) {
    const end = text.indexOf('**', 2);
    const candidate = end < 0 || end > maximumLength ? undefined : titles.texts.get(text.slice(2, end));
    if (candidate === undefined || candidate === ambiguous) return undefined;
    return { text, title: candidate, approximate: false, index: -1, bare: false, whole: end + 2 === text.length };
  }
  const close = text.startsWith('[') ? text.indexOf('] ') : -1;
  if (close < 2 || close > 5 || !/^\d+$/.test(text.slice(1, close))) return undefined;
  const candidate = titles.texts.get(text.slice(close + 2));
  if (candidate === undefined || candidate === ambiguous) return undefined;
  const index = resolveIndex(Number(text.slice(1, close)), answer);
  return { text, title: candidate, approximate: false, index, bare: false, whole: true };
}

function entryOf(text: string, { candidate, end }: Found, index: number, { titles }: Answer): Entry {
  const whole = end >= text.length;
  let longer: string | undefined;
  // A number that names the same candidate leaves no doubt.
  if (index !== candidate) {
    if (!whole) longer = readLongerTitle(text, end);
    else if (titles.keys[candidate]!.year === 0) longer = readDatedTitle(text);
  }
  const entry = { text, title: candidate, approximate: false, index, bare: false, whole };
  return longer === undefined ? entry : { ...entry, longer };
}

function matchNumber(text: string, digits: string, answer: Answer): Entry {
  const stripped = text.replace(/^[\s*_`~"'“‘]+|[\s*_`~"'”’.,，。;；、!]+$/g, '');
  const title = answer.titles.exact.get(digits) ?? -1;
  return {
    text: stripped,
    title: title >= 0 ? title : -1,
    approximate: false,
    index: resolveIndex(Number(digits), answer),
    bare: true,
    whole: true,
  };
}

/** A number in front of other words counts where numbers were asked for, or where the words are plainly a reason. */
function isExplanation(rest: string, { asksIndices, titles }: Answer): boolean {
  // A title in another script is a translation, whose number is all that tells.
  const translated = titles.latin
    ? !/\p{Script=Latin}/u.test(rest) && /\p{L}/u.test(rest)
    : /^\P{Script=Han}*\p{L}\P{Script=Han}*$/u.test(rest);
  return asksIndices || translated || /^[(（]/.test(rest) || /^\p{Ll}/u.test(rest);
}

/** Whether the last text of an answer that was cut off could go on as another title, or as another number. */
function isUnfinished(text: string, answer: Answer): boolean {
  const bare = number.exec(text);
  if (bare !== null) return /\d$/.test(text) && Number(bare[1]) * 10 - answer.firstIndex < answer.count;
  const key = computeKey(text.replace(/^[\s*_`~"'“‘]*(?:[[【]\d{1,4}[\]】])?/, ''));
  const { exact, keys } = answer.titles;
  const candidate = exact.get(key);
  if (candidate === undefined) return false;
  return keys.some(
    ({ full }, other) => other !== candidate && full.some((form) => form.length > key.length && form.startsWith(key)),
  );
}

interface Found {
  readonly candidate: number;
  /** Where the title ends in the text; its length where only signs follow. */
  readonly end: number;
  readonly key: string;
}

/** The longest beginning of the text that is a title and that an explanation, or nothing, follows. */
function findTitle(text: string, { folded, cuts, ends }: Folded, { titles }: Answer): Found | undefined {
  for (let at = cuts.length - 1; at >= 0; at--) {
    const end = ends[at]!;
    const key = folded.slice(0, cuts[at]);
    const literal = titles.collides || key === '' ? titles.texts.get(text.slice(0, end).trim()) : undefined;
    const own = key !== '' && isKeyOf(key, text.slice(0, end));
    const candidate = literal ?? titles.exact.get(own ? key : computeKey(text.slice(0, end)));
    if (candidate === undefined) continue;
    if (candidate >= 0 && isOtherYear(text, end, titles.keys[candidate]!.year)) return undefined;
    return { candidate, end: isTail(text, end) ? text.length : end, key };
  }
  return undefined;
}

/** "Title (1986)" for "Title (1995)", and "Title: Another Part (1997)" for "Title": another film. */
function isOtherYear(text: string, end: number, year: number): boolean {
  const match = /^[\s*_"”》」]*(?:[:：–—-]\s*[\p{Lu}\p{Lo}\p{N}][^()（）]{0,60})?[(（[]\s*(\d{4})\s*[)）\]]/u.exec(
    text.slice(end, end + 90),
  );
  if (match === null || Number(match[1]) === year) return false;
  return year > 0 || /^[\s*_"”》」]*[:：–—-]/.test(match[0]);
}

/** Whether nothing but signs, or a year in parentheses, follows. */
function isTail(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && !isWordUnit(text.charCodeAt(at))) at++;
  return at === text.length || /^[\s*_"”》」]*[(（[]\d{4}[)）\]][\s*_`"”》」.,，。;；、!]*$/.test(text.slice(end));
}

/** By a short title that names one candidate, else with a slip of the pen. */
function findApproximately(
  text: string,
  { folded, cuts, ends }: Folded,
  { titles, budget }: Answer,
  fuzzy: boolean,
): number {
  for (let at = cuts.length - 1; at >= 0; at--) {
    const candidate = titles.short.get(folded.slice(0, cuts[at]));
    // No slip of the pen either: it is all of several titles.
    if (candidate === ambiguous && at === cuts.length - 1) return -1;
    if (candidate === undefined || candidate < 0 || readLongerTitle(text, ends[at]!) !== undefined) continue;
    if (isReason(text.slice(ends[at]))) {
      return isOtherYear(text, ends[at]!, titles.keys[candidate]!.year) ? -1 : candidate;
    }
  }
  if (!fuzzy) return -1;
  for (let at = cuts.length - 1; at >= Math.max(0, cuts.length - 6); at--) {
    if (budget.fuzzy <= 0) return -1;
    budget.fuzzy--;
    const candidate = fuzzyMatch(text.slice(0, ends[at]), folded.slice(0, cuts[at]), titles);
    if (candidate >= 0) return isOtherYear(text, ends[at]!, titles.keys[candidate]!.year) ? -1 : candidate;
  }
  return -1;
}

/** Whether what follows a short title is a reason and not another subtitle: "Star Wars: The Empire Strikes Back". */
function isReason(rest: string): boolean {
  const words = rest.replace(/^[\s*_"'”》」:：–—-]+/u, '');
  if (words === '' || /^[\p{Ll}(（[]/u.test(words) || !/^[\s*_"'”》」]*[:：–—-]/u.test(rest)) return true;
  return /[.。!]$/.test(words.trim()) || words.trim().split(' ').length > 5;
}

function names(key: string, candidate: number, { titles }: Answer): boolean {
  const { full, variants } = titles.keys[candidate]!;
  return full.includes(key) || variants.includes(key);
}

/** The text as a person would name the thing: inside its quotes or emphasis, or up to the explanation. */
function stripExplanation(text: string): string {
  const quoted = /^\s*(?:\*\*([^*]{1,150})\*\*|《([^》]{1,150})》|「([^」]{1,150})」|["“]([^"”]{1,150})["”])/.exec(
    text,
  );
  const inner =
    quoted === null
      ? text.split(/\s+[-–—]+\s+|——|[—\t]|，|。|[:：]\s*(?=\p{Ll})|：/u, 1)[0]!
      : quoted.slice(1).find((part) => part !== undefined)!;
  return inner.replace(/^[\s*_`~"'“‘《「『]+|[\s*_`~"'”’》」』,;；、.。]+$/g, '').replace(/:$/, '');
}
