import { isHan, isWord, type Token } from './tokens.ts';

/** The tokens in [start, end) without the mark that ends the sentence. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  /** The number of its line. */
  readonly line: number;
}

const sentenceMarks = new Set(['.', '!', '?', '。', '！', '？', '｡']);
/** A line of so many characters that ends without a mark may go on in the next. */
const minimumWrappedCharacters = 15;

/** Sentences by their marks and lines. A line that was only wrapped, without a mark at its end, goes on in the next. */
export function computeSentences(tokens: readonly Token[]): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  let line = 0;
  const close = (end: number): void => {
    if (end > start) sentences.push({ start, end, line });
  };
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token === '\n') {
      close(index);
      line++;
      start = index + 1;
    } else if (sentenceMarks.has(token)) {
      close(index);
      start = index + 1;
    }
  }
  close(tokens.length);
  return sentences;
}

/** Joins wrapped lines: no mark at the end, and the next goes on in lower case or in Chinese after a long line. */
export function joinWrappedLines(text: string): string {
  if (!text.includes('\n')) return text;
  const joined: string[] = [];
  for (const line of text.split('\n')) {
    const last = joined.at(-1);
    if (last !== undefined && goesOn(last, line)) joined[joined.length - 1] = `${last} ${line.trim()}`;
    else joined.push(line);
  }
  return joined.join('\n');
}

function goesOn(line: string, next: string): boolean {
  const last = line.trimEnd().at(-1)?.toLowerCase();
  const first = next.trimStart().at(0);
  if (last === undefined || first === undefined || !(isWord(last) || last === ',' || last === '，')) return false;
  if (isHan(first)) return line.length >= minimumWrappedCharacters;
  return first !== first.toUpperCase();
}
