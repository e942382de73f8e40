import type { TextMessage } from '@rppkit/spec';
import { type PromptList, readPromptLists } from './prompt-lists.ts';
import { type Guidance, readGuidance } from './read-guidance.ts';
import { readTitle } from './read-title.ts';

/** What a prompt says, before anything is known about the titles in it. */
export interface PromptReading {
  /** Titles of the history as listed, oldest first; empty where the prompt shows none. */
  readonly history: readonly string[];
  /** Titles of the candidates in their order; empty where none were found. */
  readonly candidates: readonly string[];
  /** The number or letter in front of each candidate, as shown; its place from 1 where there was none. */
  readonly labels: readonly string[];
  /** What all other sentences ask for. */
  readonly guidance: Guidance;
}

/** What stands for a title in an example. Marks are hardly ever a title's own; words and brackets may well be. */
const markedPlaceholder = /^(?:<.*>|‹.*›|＜.*＞|\{.*\}|\.{3,6}|…{1,2})$/;
const placeholder =
  /^(?:[<‹＜[{(【].*[>›＞\]})】]|\.{3,6}|…{1,2}|(?:title|item|movie|film|name|book|game|song|product)(?: (?:[a-z]|\d+|one|two|three))?|(?:片名|标题|名称|书名|电影|影片|商品|歌曲|游戏)\s?[A-Z\d一二三甲乙丙]?)$/i;
const candidateHeading =
  /\b(?:candidates?|options?|choices|rank (?:these|the following)|(?:order|sort|arrange) (?:these|the following)|choose from|pick from|to (?:be )?(?:rank|sort|order)(?:ed)?|not (?:yet )?(?:seen|watched))\b|候选|备选|待选|可选|选项|待排|(?:排列|排序)(?:以下|下面|下列)|没看过|未看/i;
const historyHeading =
  /\b(?:history|watched|seen|played|listened|read|bought|purchased|liked|enjoyed|rated|so far|already)\b|看过|听过|玩过|读过|买过|历史|记录|喜欢过|用过/i;
const newestFirst =
  /\b(?:newest|latest|most recent(?:ly)?(?: \w+)?)(?: (?:one|item|ones))? (?:is |are )?(?:comes? |stands? |listed |at the )?(?:first|top)\b|\bfrom (?:the )?(?:newest|latest|most recent)\b|\b(?:starting|beginning) with the (?:newest|latest|most recent)\b|\breverse (?:chronological )?order\b|\bmost recent to oldest\b|从新到旧|由新到旧|由近及远|由近到远|从近到远|倒序|(?:新|最近)的?(?:排|放|列)?在(?:最)?前/i;
const ruleHeading =
  /\b(?:rules?|instructions?|requirements?|guidelines?|notes?|constraints?|steps?|please|remember|how to|criteria|task)\b|要求|规则|注意|须知|说明|步骤|准则|原则|任务/i;
const request =
  /^(?:please |now |then |first )?(?:rank|order|sort|arrange|put|pay|give|consider|use|base|choose|pick|judge|recommend|write|answer|reply|list|follow|copy|return)\b|^(?:请|麻烦|帮我)/i;
const sentenceLike = /[.!。！；;]$/;
const minimumWords = 4;

/**
 * Reads messages as a model would: lists by their marks and headings, everything else as instructions. The history is the
 * first list with such a heading, or else the first that is not the candidates'; lists of placeholders are examples of the
 * wanted answer, lists of sentences are instructions. A list with a title that `isKnown` is never an example. Where no list
 * would be left, words such as `Item 7` count as titles nobody has heard of.
 */
export function readPrompt(messages: readonly TextMessage[], isKnown: (title: string) => boolean): PromptReading {
  const parts = messages.flatMap(({ text }) => readPromptLists(text, isKnown));
  const all = parts.filter((part) => typeof part !== 'string');
  const rules = new Set(all.filter((list) => isRules(list, isKnown)));
  const selectLists = (pattern: RegExp): PromptList[] =>
    all.filter((list) => !rules.has(list) && list.entries.some((entry) => !pattern.test(entry) || isKnown(entry)));
  let lists = selectLists(placeholder);
  if (lists.length === 0) lists = selectLists(markedPlaceholder);
  let examples = 0;
  const instructions = parts.flatMap((part) => {
    if (typeof part === 'string') return [part];
    // A heading says what its list holds; that of an example, or one that asks for something, says what is wanted.
    if (lists.includes(part)) return request.test(part.heading) ? [part.heading] : [];
    if (rules.has(part)) return [part.heading, ...part.entries];
    examples++;
    return [part.heading];
  });
  const candidates =
    lists.findLast(({ heading }) => candidateHeading.test(heading)) ??
    lists.findLast(({ bracketed }) => bracketed) ??
    lists.findLast(({ heading }) => !historyHeading.test(heading)) ??
    lists.at(-1);
  const others = lists.filter((list) => list !== candidates);
  const history = others.find(({ heading }) => historyHeading.test(heading)) ?? others[0];
  const readTitles = (list: PromptList | undefined): string[] =>
    list === undefined ? [] : list.entries.map((entry) => readTitle(entry, isKnown));
  const watched = readTitles(history);
  return {
    history: history !== undefined && newestFirst.test(history.heading) ? watched.toReversed() : watched,
    candidates: readTitles(candidates),
    labels: candidates?.labels ?? [],
    guidance: readGuidance(instructions.filter((text) => text !== '').join('\n'), examples > 0),
  };
}

/** A list of sentences: under such a heading, or most entries are several words that end with a full stop. */
function isRules({ heading, entries, bracketed }: PromptList, isKnown: (title: string) => boolean): boolean {
  if (bracketed || historyHeading.test(heading) || candidateHeading.test(heading)) return false;
  const sentences = entries.filter(
    (entry) =>
      sentenceLike.test(entry) &&
      !markedPlaceholder.test(entry) &&
      (entry.split(' ').length >= minimumWords || /\p{Script=Han}{4}/u.test(entry)),
  ).length;
  if (2 * sentences <= entries.length && !ruleHeading.test(heading)) return false;
  return !entries.some((entry) => markedPlaceholder.test(entry) || isKnown(entry));
}
