import type { TextMessage } from '@rppkit/spec';
import { type Guidance, readGuidance } from './read-guidance.ts';

/** What a prompt says, before anything is known about the titles in it. */
export interface PromptReading {
  /** Titles of the history as listed, oldest first; empty where the prompt shows none. */
  readonly history: readonly string[];
  /** Titles of the candidates in their order; empty where none were found. */
  readonly candidates: readonly string[];
  /** The number in front of each candidate, as shown; its place where there was none. */
  readonly labels: readonly string[];
  /** What all other sentences ask for. */
  readonly guidance: Guidance;
}

interface PromptList {
  readonly heading: string;
  readonly bracketed: boolean;
  readonly labels: string[];
  readonly entries: string[];
}

const listEntry = /^\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)]|[-*•])\s+(.*\S)\s*$/;
/** What stands for a title in an example. Marks are hardly ever a title's own; words and brackets may well be. */
const markedPlaceholder = /^(?:<.*>|‹.*›|\{.*\}|\.{3}|…)$/;
const placeholder = /^(?:[<‹[{(].*[>›\]})]|\.{3}|…|(?:title|item|movie|film|name)(?: (?:[a-z]|\d+|one|two|three))?)$/i;
const candidateHeading =
  /\b(?:candidate|options?|choices|rank (?:these|the following)|order (?:these|the following)|choose from)/i;
const newestFirst =
  /\b(?:newest|latest|most recent(?:ly)?(?: \w+)?)(?: (?:one|item))? (?:is )?(?:comes |stands )?first\b|from (?:the )?(?:newest|latest|most recent)\b/i;

/**
 * Reads messages as a model would: lists by their marks and headings, everything else as instructions. The history is the
 * first list that is not the candidates'; lists of placeholders are examples of the wanted answer. A list with a title that
 * `isKnown` is never an example. Where no list would be left, words such as `Item 7` count as titles nobody has heard of.
 */
export function readPrompt(messages: readonly TextMessage[], isKnown: (title: string) => boolean): PromptReading {
  const all: PromptList[] = [];
  const sentences: (string | PromptList)[] = [];
  for (const { text } of messages) {
    let list: PromptList | undefined;
    let heading = '';
    for (const line of text.split('\n')) {
      const match = listEntry.exec(line);
      if (match !== null) {
        if (list === undefined) {
          list = { heading, bracketed: match[1] !== undefined, labels: [], entries: [] };
          all.push(list);
          sentences.push(list);
        }
        heading = '';
        list.labels.push(match[1] ?? match[2] ?? String(list.labels.length + 1));
        list.entries.push(match[3]!);
        continue;
      }
      list = undefined;
      if (heading !== '') sentences.push(heading);
      heading = line.trim();
    }
    if (heading !== '') sentences.push(heading);
  }

  const selectLists = (pattern: RegExp): PromptList[] =>
    all.filter(({ entries }) => entries.some((entry) => !pattern.test(entry) || isKnown(entry)));
  let lists = selectLists(placeholder);
  if (lists.length === 0) lists = selectLists(markedPlaceholder);
  // The heading of an example says what is wanted; those of other lists say what they hold.
  const instructions = sentences.flatMap((sentence) => {
    if (typeof sentence === 'string') return [sentence];
    return lists.includes(sentence) ? [] : [sentence.heading];
  });
  const candidates =
    lists.findLast(({ heading }) => candidateHeading.test(heading)) ??
    lists.findLast(({ bracketed }) => bracketed) ??
    lists.at(-1);
  const history = lists.find((list) => list !== candidates);
  return {
    history:
      history === undefined ? [] : newestFirst.test(history.heading) ? history.entries.toReversed() : history.entries,
    candidates: candidates?.entries ?? [],
    labels: candidates?.labels ?? [],
    guidance: readGuidance(instructions.join('\n'), lists.length < all.length),
  };
}
