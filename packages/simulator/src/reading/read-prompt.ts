import type { TextMessage } from '@rppkit/spec';
import { renderShownForm } from './answer-form.ts';
import {
  announcesTitles,
  candidateHeading,
  historyHeading,
  markedPlaceholder,
  newestFirst,
  placeholder,
  ruleHeading,
} from './list-headings.ts';
import type { PromptList } from './prompt-list.ts';
import { readPromptLists } from './prompt-lists.ts';
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

type Parts = readonly (string | PromptList)[];

const request =
  /^(?:please |now |then |first )?(?:rank|order|sort|arrange|put|pay|give|consider|use|base|choose|pick|judge|recommend|write|answer|reply|list|follow|copy|return)\b|^(?:请|麻烦|帮我)/i;
/** "The history is listed newest first." says how to read the list and asks for nothing. */
const orderStatement =
  /[^.!?\n]{0,40}\b(?:history|log|records?|list) (?:above |below )?(?:is|are) (?:listed|sorted|ordered|given|shown|arranged|written|in)\b[^.!?\n]{0,80}(?:[.!?]|$)|(?:历史|记录|列表)[^。！？\n]{0,40}(?:[。！？]|$)/gim;
const sentenceLike = /[.!。！；;]$/;
const minimumWords = 4;

/**
 * Reads messages as a model would: lists by their marks and headings, everything else as instructions. The history is the
 * first list with such a heading, or else the first that is not the candidates'; lists of placeholders are examples of the
 * wanted answer, lists of sentences are instructions. A list with a title that `isKnown` is never an example. Where no list
 * would be left, words such as `Item 7` count as titles nobody has heard of. Of a conversation the last turn of the user that
 * shows a list counts, with those before it as far as they hold what it lacks, and those after it: tasks that were answered
 * before are examples of the wanted answer.
 */
export function readPrompt(messages: readonly TextMessage[], isKnown: (title: string) => boolean): PromptReading {
  const { parts, answers } = selectTurns(messages, isKnown);
  const all = parts.filter((part) => typeof part !== 'string');
  const rules = new Set(all.filter((list) => isRules(list, isKnown)));
  let lists = selectLists(all, placeholder, isKnown);
  if (lists.length === 0) lists = selectLists(all, markedPlaceholder, isKnown);
  let examples = answers.length;
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
  const history = candidates === undefined ? undefined : findHistory(lists, candidates);
  const readTitles = (list: PromptList | undefined): string[] =>
    list === undefined ? [] : list.entries.map((entry) => readTitle(entry, isKnown));
  const watched = readTitles(history);
  const asked = instructions.map(dropOrderStatement);
  const reversed =
    history !== undefined &&
    (newestFirst.test(history.heading) || asked.some((text, index) => text !== instructions[index]));
  const texts = [...asked, ...answers.map(renderShownForm)].filter((text) => text !== '');
  return {
    history: reversed ? watched.toReversed() : watched,
    candidates: readTitles(candidates),
    labels: candidates?.labels ?? [],
    guidance: readGuidance(texts.join('\n'), examples > 0),
  };
}

/**
 * The first list with the heading of a history, or else the first other one. Where the lists of a whole task stand in front, as
 * an example of one, those behind its candidates come first.
 */
function findHistory(lists: readonly PromptList[], candidates: PromptList): PromptList | undefined {
  const isHistory = ({ heading }: PromptList): boolean => historyHeading.test(heading);
  const end = lists.indexOf(candidates);
  const example = lists.findLastIndex(({ heading }, index) => index < end && candidateHeading.test(heading));
  const others = lists.filter((list) => list !== candidates);
  return lists.slice(example + 1, end).find(isHistory) ?? others.find(isHistory) ?? others[0];
}

function dropOrderStatement(text: string): string {
  if (!newestFirst.test(text)) return text;
  return text.replaceAll(orderStatement, (said) => (newestFirst.test(said) ? '' : said));
}

/** The parts of the messages that belong to the task at hand, and the answers to tasks before it. */
function selectTurns(
  messages: readonly TextMessage[],
  isKnown: (title: string) => boolean,
): { readonly parts: Parts; readonly answers: readonly string[] } {
  if (!messages.some(({ role }) => role === 'assistant')) {
    return { parts: messages.flatMap(({ text }) => readPromptLists(text, isKnown)), answers: [] };
  }
  const read = messages.map(({ role, text }) => (role === 'assistant' ? [] : readPromptLists(text, isKnown)));
  const turn = messages.map(({ role }, index) => ({ role, index })).filter(({ role }) => role === 'user');
  let first = messages.length;
  let found = 0;
  for (const { index } of turn.toReversed()) {
    const lists = countLists(read[index]!, isKnown);
    // A turn that holds a whole task is another one.
    if (found > 1 || (found === 1 && lists > 1)) break;
    first = index;
    found += lists;
  }
  return {
    parts: read.flatMap((parts, index) => (messages[index]!.role === 'user' && index < first ? [] : parts)),
    answers: messages.slice(0, first).flatMap(({ role, text }) => (role === 'assistant' ? [text] : [])),
  };
}

function countLists(parts: Parts, isKnown: (title: string) => boolean): number {
  return selectLists(
    parts.filter((part) => typeof part !== 'string'),
    placeholder,
    isKnown,
  ).length;
}

/** Lists that are neither rules nor all placeholders. */
function selectLists(
  lists: readonly PromptList[],
  pattern: RegExp,
  isKnown: (title: string) => boolean,
): readonly PromptList[] {
  return lists.filter(
    (list) => list.entries.some((entry) => !pattern.test(entry) || isKnown(entry)) && !isRules(list, isKnown),
  );
}

/** A list of sentences: under such a heading, or most entries are several words that end with a full stop. */
function isRules({ heading, entries, bracketed }: PromptList, isKnown: (title: string) => boolean): boolean {
  if (bracketed || announcesTitles(heading)) return false;
  const sentences = entries.filter(
    (entry) =>
      sentenceLike.test(entry) &&
      !markedPlaceholder.test(entry) &&
      (entry.split(' ').length >= minimumWords || /\p{Script=Han}{4}/u.test(entry)),
  ).length;
  if (2 * sentences <= entries.length && !ruleHeading.test(heading)) return false;
  return !entries.some((entry) => markedPlaceholder.test(entry) || isKnown(entry));
}
