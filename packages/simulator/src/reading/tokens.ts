/** A word, a Chinese character or a mark, in lower case; `\n` for the end of a line. */
export type Token = string;

/** Words with their apostrophes, numbers with their decimals, single Chinese characters, single marks. */
const tokenPattern =
  /\p{Script=Han}|\d+(?:\.\d+)?|(?:(?!\p{Script=Han})[\p{L}\p{M}])+(?:['’](?:(?!\p{Script=Han})\p{L})+)*|\n|[^\s\p{L}\p{M}\d]/gu;
const abbreviation = /\b(?:e\.g|i\.e|etc|vs|approx)\./gi;
const contractions: Readonly<Record<string, readonly Token[]>> = {
  "can't": ['can', 'not'],
  cannot: ['can', 'not'],
  "won't": ['will', 'not'],
  "shan't": ['shall', 'not'],
  "ain't": ['is', 'not'],
  dont: ['do', 'not'],
  doesnt: ['does', 'not'],
  cant: ['can', 'not'],
  isnt: ['is', 'not'],
  "let's": ['let', 'us'],
  "it's": ['it', 'is'],
  "that's": ['that', 'is'],
  "what's": ['what', 'is'],
  "there's": ['there', 'is'],
  "i'm": ['i', 'am'],
};
const endings: readonly (readonly [suffix: string, tokens: readonly Token[]])[] = [
  ["n't", ['not']],
  ["'ve", ['have']],
  ["'re", ['are']],
  ["'ll", ['will']],
  ["'d", ['would']],
  // "people's interest" is read as "people interest".
  ["'s", []],
];

/** Splits text into tokens; takes contractions apart ("don't" is "do", "not") and drops hyphens and the possessive 's. */
export function computeTokens(text: string): Token[] {
  const tokens: Token[] = [];
  const plain = text.includes('.') ? text.replace(abbreviation, (found) => found.replaceAll('.', '')) : text;
  for (const [found] of plain.toLowerCase().matchAll(tokenPattern)) {
    if (found === '-' || found === '‐' || found === '‑') continue;
    const word = found.includes('’') ? found.replaceAll('’', "'") : found;
    const whole = Object.hasOwn(contractions, word) ? contractions[word] : undefined;
    if (whole !== undefined) tokens.push(...whole);
    else if (word.includes("'") && word.length > 1) pushContraction(tokens, word);
    else tokens.push(word);
  }
  return tokens;
}

function pushContraction(tokens: Token[], word: string): void {
  for (const [suffix, rest] of endings) {
    if (!word.endsWith(suffix)) continue;
    tokens.push(word.slice(0, -suffix.length), ...rest);
    return;
  }
  tokens.push(word.replaceAll("'", ''));
}

const han = /^\p{Script=Han}$/u;
const wordStart = /^[\p{L}\p{M}\d]/u;

/** Whether a token is a Chinese character. */
export function isHan(token: Token): boolean {
  return token >= '⺀' && han.test(token);
}

/** Whether a token is a word, a number or a Chinese character, and no mark. */
export function isWord(token: Token): boolean {
  const code = token.charCodeAt(0);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return wordStart.test(token);
}
