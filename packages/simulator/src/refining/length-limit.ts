/** How long a rewrite may be. */
export interface LengthLimit {
  readonly characters?: number;
  readonly words?: number;
}

const unit = '(characters?|chars?|letters|words?|tokens?)';
const english: readonly RegExp[] = [
  new RegExp(
    `\\b(?:at most|up to|maximum(?: of)?|max\\.?|no (?:longer|more) than|not (?:longer|more) than|not exceed|exceeding|(?:fewer|less|shorter) than|under|below|within|limit(?:ed)?(?: of| to| is)?|cap(?:ped)?(?: of| at)?)[\\s:]*(?:about )?(\\d{1,5})[\\s-]*${unit}`,
    'gi',
  ),
  new RegExp(`\\b(\\d{1,5})[\\s-]*${unit}[ ,]*(?:or (?:less|fewer)|at (?:the )?most|max(?:imum)?|is the limit)`, 'gi'),
  new RegExp(
    `\\b(?:limit|length|maximum|max)[^\\n.:：\\d]{0,30}[:：=]?\\s*(?:at most |up to |<=? ?|≤ ?)?(\\d{1,5})[\\s-]*${unit}`,
    'gi',
  ),
];
const chinese: readonly RegExp[] = [
  /(?:不超过|不得超过|不要超过|不能超过|最多|至多|少于|上限为?|限制在?|长度限制?[:：]?|≤)\s*(?:约)?(\d{1,5})\s*个?\s*(字符|汉字|字|词|token)/gi,
  /(\d{1,5})\s*个?\s*(字符|汉字|字|词|token)\s*(?:以内|之内|以下|为限)/gi,
];

/**
 * The length limit that a request states in characters, words or tokens; the tightest of each kind. A token counts as four
 * characters, in Chinese as one.
 */
export function readLengthLimit(text: string, language: 'en' | 'zh'): LengthLimit {
  let characters = Number.POSITIVE_INFINITY;
  let words = Number.POSITIVE_INFINITY;
  for (const pattern of [...english, ...chinese]) {
    for (const [, number, name] of text.matchAll(pattern)) {
      if (/^(?:words?|词)$/i.test(name!)) words = Math.min(words, Number(number));
      else if (/^token/i.test(name!)) characters = Math.min(characters, Number(number) * (language === 'zh' ? 1 : 4));
      else characters = Math.min(characters, Number(number));
    }
  }
  return {
    ...(Number.isFinite(characters) ? { characters } : {}),
    ...(Number.isFinite(words) ? { words } : {}),
  };
}

/** Whether a sentence keeps to a limit, slots counted as they are written. Every Chinese character is a word. */
export function isWithinLimit(sentence: string, { characters, words }: LengthLimit): boolean {
  if (characters !== undefined && sentence.length > characters) return false;
  return words === undefined || (sentence.match(/\p{sc=Han}|[^\s\p{sc=Han}]+/gu) ?? []).length <= words;
}
