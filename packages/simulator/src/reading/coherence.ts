import { chineseWordOrder } from './chinese-word-order.ts';
import { englishWordOrder } from './english-word-order.ts';
import { isHan, isWord, type Token } from './tokens.ts';

/** How the words of a language follow each other. */
export interface WordOrder {
  /** Words by class, separated by blanks; words of any other class are known by their endings. Class `number` holds numbers. */
  readonly classes: readonly (readonly [name: string, words: string])[];
  /** Endings of words that are not listed, with their class; a word without any of them is of the class `open`. */
  readonly endings: readonly (readonly [ending: RegExp, name: string])[];
  /**
   * A row for each class and then one for marks and one for the edge of a sentence; in it a letter for each class that follows:
   * how much more often it does than by chance, as the natural logarithm in steps of 0.2 from `a` (-3) over `p` (0) to `z` (2).
   */
  readonly odds: readonly string[];
  /** Sentences of fewer words are fragments, which stand in any order. */
  readonly minimumWords: number;
  /** A sentence whose sum of logarithms by the square root of their number is lower has no order. */
  readonly threshold: number;
  /** Added where the sentence has marks inside: words in random order have none. */
  readonly markBonus: number;
  /** Words in a row without a mark that are usual; each further one takes `runPenalty` off the sum. */
  readonly usualRun: number;
  readonly runPenalty: number;
}

interface CompiledOrder extends WordOrder {
  readonly numbers: ReadonlyMap<string, number>;
  readonly byWord: ReadonlyMap<string, number>;
  readonly longestWord: number;
}

const lowest = 'a'.charCodeAt(0);
const step = 0.2;
const lowestOdds = -3;
const leadingDigit = /^\d/;
let english: CompiledOrder | undefined;
let chinese: CompiledOrder | undefined;

/**
 * Whether the words of a sentence, the tokens in [start, end), stand in an order that sentences have. Words fall into classes,
 * and the log-odds of each class after the one before are added up: words in random order stay below what nearly every sentence
 * reaches. Grammar is not judged; fragments of a few words always count.
 */
export function isCoherent(tokens: readonly Token[], start: number, end: number): boolean {
  let characters = 0;
  let words = 0;
  for (let index = start; index < end; index++) {
    if (isHan(tokens[index]!)) characters++;
    else if (isWord(tokens[index]!)) words++;
  }
  const isChinese = characters > words;
  if (isChinese) chinese ??= compile(chineseWordOrder);
  else english ??= compile(englishWordOrder);
  const order = (isChinese ? chinese : english)!;
  if (characters + words < order.minimumWords) return true;
  return computeOrderliness(tokens, start, end, order) >= order.threshold;
}

function compile(order: WordOrder): CompiledOrder {
  const byWord = new Map<string, number>();
  const numbers = new Map<string, number>();
  let longestWord = 1;
  order.classes.forEach(([name, words], number) => {
    numbers.set(name, number);
    for (const word of words === '' ? [] : words.split(' ')) {
      byWord.set(word, number);
      if (isHan(word.charAt(0))) longestWord = Math.max(longestWord, word.length);
    }
  });
  return { ...order, numbers, byWord, longestWord };
}

/** The sum of log-odds by the square root of their number: its spread by chance does not depend on the length. */
function computeOrderliness(tokens: readonly Token[], start: number, end: number, order: CompiledOrder): number {
  const edge = order.odds.length - 1;
  const mark = edge - 1;
  let sum = 0;
  let pairs = 0;
  let marked = false;
  let run = 0;
  let longestRun = 0;
  let last = edge;
  const follow = (next: number): void => {
    sum += lowestOdds + step * (order.odds[last]!.charCodeAt(next) - lowest);
    pairs++;
    run = next === mark ? 0 : run + 1;
    longestRun = Math.max(longestRun, run);
    last = next;
  };
  for (let index = start; index < end; ) {
    const token = tokens[index]!;
    if (!isWord(token)) {
      marked = true;
      follow(mark);
      index++;
    } else if (isHan(token)) {
      const [found, length] = readChineseWord(tokens, index, end, order);
      follow(found);
      index += length;
    } else {
      follow(readClass(token, order));
      index++;
    }
  }
  follow(edge);
  sum -= order.runPenalty * Math.max(0, longestRun - order.usualRun);
  return sum / Math.sqrt(pairs) + (marked ? order.markBonus : 0);
}

/** The longest listed word at a place, or one character. */
function readChineseWord(
  tokens: readonly Token[],
  index: number,
  end: number,
  { byWord, numbers, longestWord }: CompiledOrder,
): readonly [found: number, length: number] {
  let word = '';
  let found = numbers.get('open')!;
  let length = 1;
  for (let offset = 0; offset < longestWord && index + offset < end && isHan(tokens[index + offset]!); offset++) {
    word += tokens[index + offset]!;
    const listed = byWord.get(word);
    if (listed === undefined) continue;
    found = listed;
    length = offset + 1;
  }
  return [found, length];
}

function readClass(token: Token, { byWord, numbers, endings }: CompiledOrder): number {
  const listed = byWord.get(token);
  if (listed !== undefined) return listed;
  const name = leadingDigit.test(token) ? 'number' : (endings.find(([ending]) => ending.test(token))?.[1] ?? 'open');
  return numbers.get(name)!;
}
