import { mask } from './clean-answer.ts';
import { readHanNumeral } from './han-numeral.ts';

/** How a line begins. */
export interface Marker {
  readonly kind: 'number' | 'bullet' | 'none';
  /** Columns before the line's first sign. */
  readonly indent: number;
  /** Of a number; `next` where the word only says that it goes on ("其次"). */
  readonly number: number;
  /** A number without a sign behind it ("7 Title"), which may belong to a title. */
  readonly weak: boolean;
  /** Where what follows the marker begins. */
  readonly from: number;
  /** Where the line's content begins if the number is no marker, and whether it stands behind a bullet. */
  readonly before: number;
  readonly bulleted: boolean;
}

export const next = -1;

/** Quote marks of Markdown, headings, and the check boxes of tasks come before any marker. */
const prefix = /[ \t\u00a0\u3000]*(?:>[ \t>]*)?(?:#{1,6}[ \t]+)?/y;
const bullet =
  /(?:[-*+•●○◦▪■◆▶►➤➢✔✅☑–—][ \t\u00a0\u3000]+|[•●○◦▪■◆▶►➤➢✔✅☑·・][ \t\u00a0\u3000]*)(?:\[[ xX]?\][ \t]*)?/y;
const emphasis = /[*_`~]*[ \t\u00a0\u3000]*/y;
const medals: Readonly<Record<string, number>> = { '🥇': 1, '🥈': 2, '🥉': 3, '🔟': 10 };
const arabic =
  /(?:([(（])\s*(\d{1,3})\s*[)）]|(\d{1,3})(?:\s*[.．)）、](?![\d.])|\s*[:：](?!\d)|[,，](?=[^\d\s])|\u20e3|[ \t]+[-–—](?=\s)|(?:st|nd|rd|th)\b(?:\s+place)?\s*[-–—:：.)]?)|[[【]?\s*(?:top|rank|place|position|number|pick|recommendation|movie|film|book|game|song|album|product|no\.?|№|排名|名次|第)\s*#?\s*(\d{1,3})(?![\d项部集季章号])\s*(?:[名位]|[\]】])?|#(\d{1,3})(?!\d))[*_`~]*[ \t\u3000]*(?:[:：.、)）](?!\d)|[-–—](?=[ \t]))?[ \t\u3000]*/iy;
const han =
  /(?:[(（]([一二三四五六七八九十]{1,3})[)）]|第([一二三四五六七八九十]{1,3})(?:[名位]|(?=\s*[:：、，]))|([一二三四五六七八九十]{1,3})(?=\s*[、.．:：]))\s*[*_`~]*\s*[:：、.．，]?\s*/y;
const words =
  /(?:(首选|首先|第一|first)|其次|再次|再者|然后|接着|最后|末位|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|then|last|finally)(?:ly)?\s*[:：]\s*/iy;
const roman = /(i{1,3}|iv|vi{0,3}|ix|x)[.)][ \t]+/iy;
const romans = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
const letter = /[a-t][.)][ \t]+/iy;
const plain = /(\d{1,4})[ \t\u3000]+(?=\S)/y;

/** Reads the marker of the line that begins at `start` and ends before `end`. Works on masked text. */
export function readMarker(text: string, start: number, end: number): Marker {
  prefix.lastIndex = start;
  prefix.test(text);
  let at = Math.min(prefix.lastIndex, end);
  const indent = at - start;
  bullet.lastIndex = at;
  const bulleted = bullet.test(text) && bullet.lastIndex <= end;
  if (bulleted) at = bullet.lastIndex;
  const opened = takeEmphasis(text, at);
  const numbered = opened < end && text[opened] !== mask ? readNumber(text, opened, end) : undefined;
  if (numbered !== undefined) return { indent, kind: 'number', before: at, bulleted, ...numbered };
  return { indent, kind: bulleted ? 'bullet' : 'none', number: 0, weak: false, from: at, before: at, bulleted };
}

type Numbered = Pick<Marker, 'number' | 'weak' | 'from'>;

function readNumber(text: string, at: number, end: number): Numbered | undefined {
  const unit = text.charCodeAt(at);
  // Digits, brackets, `#` and letters of number words; everything else is decided without a search.
  if (unit >= 0x2460 && unit <= 0x24ff) return numberAt(unit, text, at + 1, end);
  if (unit >= 0x2776 && unit <= 0x2793) return result(((unit - 0x2776) % 10) + 1, skipSigns(text, at + 1), end);
  if (unit === 0xd83e || unit === 0xd83d) {
    const medal = medals[text.slice(at, at + 2)];
    return medal === undefined ? undefined : result(medal, skipSigns(text, at + 2), end);
  }
  arabic.lastIndex = at;
  const match = arabic.exec(text);
  if (match !== null && arabic.lastIndex <= end + 1) {
    const digits = match[2] ?? match[3] ?? match[4] ?? match[5]!;
    return result(Number(digits), arabic.lastIndex, end);
  }
  plain.lastIndex = at;
  const weak = plain.exec(text);
  if (weak !== null && plain.lastIndex < end) return { ...result(Number(weak[1]), plain.lastIndex, end), weak: true };
  if (unit < 0x4e00 && unit !== 0xff08 && !isLetter(unit)) return undefined;
  han.lastIndex = at;
  const character = han.exec(text);
  if (character !== null)
    return result(readHanNumeral(character[1] ?? character[2] ?? character[3]!), han.lastIndex, end);
  roman.lastIndex = at;
  const numeral = roman.exec(text);
  if (numeral !== null) return result(romans.indexOf(numeral[1]!.toLowerCase()) + 1, roman.lastIndex, end);
  letter.lastIndex = at;
  const lettered = letter.exec(text);
  if (lettered !== null) return result((text.charCodeAt(at) | 32) - 96, letter.lastIndex, end);
  words.lastIndex = at;
  const word = words.exec(text);
  return word === null ? undefined : result(word[1] === undefined ? next : 1, words.lastIndex, end);
}

function result(number: number, from: number, end: number): Numbered {
  return { number, weak: false, from: Math.min(from, end) };
}

/** ①, ⑴, ⒈ and their kin, each from 1 to 20, and the alphabets ⒜, Ⓐ, ⓐ. */
function numberAt(unit: number, text: string, at: number, end: number): Numbered | undefined {
  if (unit > 0x24e9 && unit < 0x24f5) return undefined;
  if (unit > 0x249b && unit < 0x24ea) return result(((unit - 0x249c) % 26) + 1, skipSigns(text, at), end);
  const number = unit >= 0x24f5 ? unit - 0x24f4 : ((unit - 0x2460) % 20) + 1;
  return result(number, skipSigns(text, at), end);
}

const signs = /[\s*_`~]*[.．:：、)）-]?[ \t\u3000]*/y;
function skipSigns(text: string, at: number): number {
  signs.lastIndex = at;
  signs.test(text);
  return signs.lastIndex;
}

function takeEmphasis(text: string, at: number): number {
  emphasis.lastIndex = at;
  emphasis.test(text);
  return emphasis.lastIndex;
}

function isLetter(unit: number): boolean {
  return (unit | 32) >= 97 && (unit | 32) <= 122;
}
