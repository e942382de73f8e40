import type { TextMessage } from '@rppkit/spec';

/** The sentence that a request is about, and everything else that was said. */
export interface FoundSentence {
  readonly sentence: string;
  /** The texts of system and user messages without it. */
  readonly rest: string;
  /** Whether a tag, a label or a fence names it; quotation marks and colons may stand in any prompt. */
  readonly marked: boolean;
}

interface Passage {
  readonly sentence: string;
  /** Characters of the message that it takes, with its marks. */
  readonly from: number;
  readonly to: number;
}

/**
 * The sentence that messages ask to rewrite, sought in this order: between tags, behind a label ("Sentence:", 原句：), in a
 * fenced block, in quotation marks (the one with most slots, then the longest), behind the colon that ends the request
 * itself. Of several messages the last one counts, for quotation marks and colons the first one of the user: what is asked
 * again may quote what was rejected. `isRequest` tells which lines ask for rewriting. Undefined where there is none.
 */
export function findSentence(
  messages: readonly TextMessage[],
  isRequest: (line: string) => boolean,
): FoundSentence | undefined {
  const texts = messages.flatMap(({ role, text }) => (role === 'assistant' ? [] : [text.replaceAll('\r\n', '\n')]));
  const forwards = [...texts.keys()];
  const latest = forwards.toReversed();
  const user = messages.filter(({ role }) => role !== 'assistant').map(({ role }) => role === 'user');
  const usersFirst = [...forwards.filter((index) => user[index]), ...forwards.filter((index) => !user[index])];
  const ways: readonly (readonly [find: (text: string) => Passage | undefined, order: readonly number[]])[] = [
    [findTagged, latest],
    [(text) => findLabelled(text, label), latest],
    [(text) => findLabelled(text, weakLabel), latest],
    [findFenced, latest],
    [findQuoted, usersFirst],
    [(text) => findBehindColon(text, isRequest), usersFirst],
  ];
  for (const [way, [find, order]] of ways.entries()) {
    for (const index of order) {
      const passage = find(texts[index]!);
      const marked = way < 4;
      if (passage === undefined || !isSentence(passage.sentence, marked ? 1 : 2)) continue;
      const { from, to } = passage;
      const rest = texts.with(index, `${texts[index]!.slice(0, from)}\n${texts[index]!.slice(to)}`).join('\n');
      return { sentence: passage.sentence, rest, marked };
    }
  }
  return undefined;
}

const tags = ['sentence', 'expression', 'instruction', 'wording', 'template', 'text', 'original', 'prompt'];

function findTagged(text: string): Passage | undefined {
  const lower = text.toLowerCase();
  for (const tag of tags) {
    const from = lower.indexOf(`<${tag}>`);
    const closing = from < 0 ? -1 : lower.indexOf(`</${tag}>`, from);
    if (closing < 0) continue;
    return { sentence: text.slice(from + tag.length + 2, closing).trim(), from, to: closing + tag.length + 3 };
  }
  return undefined;
}

const fence = /^\s*(```|~~~|""")/;

function findFenced(text: string): Passage | undefined {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => fence.test(line));
  if (at < 0) return undefined;
  const { sentence, end } = takeSentence(lines.slice(at));
  return createPassage(lines, at, sentence, at + end);
}

const before = '^[ \\t{]*(?:[-*#>]+[ \\t]*)?(?:\\*\\*|__|["\'【[])?';
const after = '(?:\\*\\*|__|["\'】\\]])?[ \\t]*[:：](?:\\*\\*|__)?[ \\t]*';
const which = '(?:(?:the|your|my|this|current|original|present|parent|chosen|given|old|input|seed|source)[ \\t_]+)*';
const added = '(?:[ \\t]+(?:to [a-z]+|as it (?:is|stands)(?: now)?|so far|now|in question))?';
const whichChinese =
  '(?:(?:当前|现有|现在|原来|原始|待改写|待润色|待优化|需要?改写|要改写|被选|目前|给定|下面|以下)的?)?';
const label = new RegExp(
  `${before}(?:${which}(?:sentence|expression|wording|instruction|phrasing)${added}|${whichChinese}(?:原?(?:句子?|话)|语句|表达|表述|说法|措辞))${after}`,
  'i',
);
const weakLabel = new RegExp(
  `${before}(?:${which}(?:text|template|phrase|prompt|line|input|original)${added}|${whichChinese}(?:原文|文本|文字|模板|指令|提示语?词?|输入))${after}`,
  'i',
);

function findLabelled(text: string, pattern: RegExp): Passage | undefined {
  const lines = text.split('\n');
  const at = lines.findLastIndex((line) => pattern.test(line));
  if (at < 0) return undefined;
  const first = lines[at]!.replace(pattern, '').trim();
  let start = at + 1;
  while (first === '' && start < lines.length && lines[start]!.trim() === '') start++;
  const { sentence, end } = takeSentence(first === '' ? lines.slice(start) : [first, ...lines.slice(at + 1)]);
  return createPassage(lines, at, sentence, first === '' ? start + end : at + end);
}

/** A fenced block at the start, else the first line with those in which it goes on. */
function takeSentence(lines: readonly string[]): { readonly sentence: string; readonly end: number } {
  const opening = fence.exec(lines[0] ?? '')?.[1];
  if (opening !== undefined) {
    const closing = lines.findIndex((line, index) => index > 0 && line.trim().startsWith(opening));
    const end = closing < 0 ? lines.length : closing;
    return { sentence: lines.slice(1, end).join('\n').trim(), end: Math.min(lines.length, end + 1) };
  }
  let end = Math.min(1, lines.length);
  while (end < lines.length && goesOn(lines.slice(0, end).join('\n'), lines[end]!)) end++;
  return { sentence: dropQuotes(lines.slice(0, end).join('\n').trim()), end };
}

/** A sentence goes on in the next line where a slot or a quotation is open or the shape of an answer is shown. */
function goesOn(text: string, line: string): boolean {
  if (line.trim() === '') return false;
  return (
    text.split('{').length > text.split('}').length ||
    (/^["“「]/.test(text) && !/["”」],?$/.test(text)) ||
    /^\s*(?:\d{1,2}[.)、]|\[\d{1,2}\])\s*[<‹[{]/.test(line)
  );
}

function createPassage(lines: readonly string[], first: number, sentence: string, end: number): Passage {
  const from = lines.slice(0, first).reduce((sum, line) => sum + line.length + 1, 0);
  return { sentence, from, to: lines.slice(first, end).reduce((sum, line) => sum + line.length + 1, from) };
}

const quotation =
  /"([^"\n]{6,})"|“([^“”]{6,})”|«([^«»]{6,})»|「([^「」]{4,})」|『([^『』]{4,})』|(?<!\w)'([^'\n]{6,800}(?:'\w[^'\n]{0,800}){0,8})'(?!\w)|‘([^‘’\n]{6,800}(?:’\w[^‘’\n]{0,800}){0,8})’(?!\w)/g;
function findQuoted(text: string): Passage | undefined {
  const passages = findWholeLines(text);
  for (const match of text.matchAll(quotation)) {
    const sentence = match.slice(1).find(Boolean)!.trim();
    passages.push({ sentence, from: match.index, to: match.index + match[0].length });
  }
  const weigh = ({ sentence }: Passage): number => sentence.split('{').length * 100_000 + sentence.length;
  return passages
    .filter(({ sentence }) => isSentence(sentence))
    .toSorted((left, right) => weigh(right) - weigh(left))[0];
}

/** Quotations that open behind a colon and end their line: these may hold quotation marks themselves. */
function findWholeLines(text: string): Passage[] {
  const passages: Passage[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const opening = /["”]\s*$/.test(line.slice(-9)) ? /[:：][ \t]{0,9}["“]/.exec(line) : null;
    if (opening !== null) {
      const from = opening.index + opening[0].length;
      const to = Math.max(line.lastIndexOf('"'), line.lastIndexOf('”'));
      if (to > from)
        passages.push({ sentence: line.slice(from, to).trim(), from: start + from - 1, to: start + to + 1 });
    }
    start += line.length + 1;
  }
  return passages;
}

const listLine = /^\s*(?:\[[^\]\n]{1,4}\]|\d{1,3}[.)、．]|[-*•])\s/;

function findBehindColon(text: string, isRequest: (line: string) => boolean): Passage | undefined {
  const lines = text.split('\n');
  const at = lines.findLastIndex((line) => {
    const colon = line.search(/[:：]/);
    return colon >= 0 && isRequest(line.slice(0, colon + 1));
  });
  if (at < 0) return undefined;
  const behind = lines[at]!.slice(lines[at]!.search(/[:：]/) + 1).trim();
  let start = at + 1;
  while (behind === '' && start < lines.length && lines[start]!.trim() === '') start++;
  const taken = behind === '' ? lines.slice(start) : [behind, ...lines.slice(at + 1)];
  if (listLine.test(taken[0] ?? '')) return undefined;
  const { sentence, end } = takeSentence(taken);
  const passage = createPassage(lines, at, sentence, behind === '' ? start + end : at + end);
  // The request in front of the colon stays.
  return { ...passage, from: passage.from + lines[at]!.search(/[:：]/) + 1 };
}

/** Enough words, or four Chinese characters. */
function isSentence(text: string, minimumWords = 2): boolean {
  return (
    (text.match(/[\p{L}\d{}’']+/gu) ?? []).length >= minimumWords || (text.match(/\p{sc=Han}/gu) ?? []).length >= 4
  );
}

function dropQuotes(text: string): string {
  const match = /^(?:"([\s\S]*)"|“([\s\S]*)”|«([\s\S]*)»|「([\s\S]*)」|‘([\s\S]*)’|'([\s\S]*)'),?$/.exec(text);
  return match === null
    ? text
    : match
        .slice(1)
        .find((inner) => inner !== undefined)!
        .trim();
}
