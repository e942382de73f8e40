import type { TitleIndex } from '../index-titles.ts';
import { type LintCheck, reportTasks } from '../lint-check.ts';

/** A candidate's title inside another's, as whole words ("Alien" in "Alien 3"): a search for titles finds the wrong one. */
export const containedTitles: LintCheck = {
  code: 'contained-titles',
  severity: 'warning',
  find({ tasks, items, titleIndex }) {
    if (titleIndex === undefined) return [];
    const findPair = createPairFinder(titleIndex);
    let example: readonly number[] | undefined;
    const faulty = tasks.filter(({ candidates }) => {
      const pair = findPair(candidates);
      example ??= pair;
      return pair !== undefined;
    });
    const shown = example?.map((item) => `${items[item]!.id} ${JSON.stringify(items[item]!.title)}`).join(' in ');
    return reportTasks(
      faulty,
      `Expected titles that do not contain each other, received ${faulty.length} of ${tasks.length} tasks with such a pair, first ${shown}.`,
      'Parse the longest title first or by position or id, and never count a title as named because its words occur.',
    );
  },
};

/** Finds the first candidate whose words stand in a row in a longer title; linear in the words of a task. */
function createPairFinder({ keys, words, wordCount }: TitleIndex): (candidates: Int32Array) => number[] | undefined {
  // Places of candidates by the first word of their title, as linked lists; `listedIn` says which call made the list.
  const listedIn = new Int32Array(wordCount);
  const heads = new Int32Array(wordCount);
  let next = new Int32Array(16);
  let call = 0;
  return (candidates) => {
    call++;
    if (next.length < candidates.length) next = new Int32Array(2 * candidates.length);
    const getTitle = (place: number): Int32Array => words[keys[candidates[place]!]!]!;
    for (let place = 0; place < candidates.length; place++) {
      const first = getTitle(place)[0];
      if (first === undefined) continue;
      next[place] = listedIn[first] === call ? heads[first]! : -1;
      listedIn[first] = call;
      heads[first] = place;
    }
    for (let place = 0; place < candidates.length; place++) {
      const title = getTitle(place);
      for (let start = 0; start < title.length; start++) {
        const word = title[start]!;
        if (listedIn[word] !== call) continue;
        for (let other = heads[word]!; other !== -1; other = next[other]!) {
          if (isInside(getTitle(other), title, start)) return [candidates[other]!, candidates[place]!];
        }
      }
    }
    return undefined;
  };
}

/** Whether the words of a shorter title stand in a longer one from `start` on. */
function isInside(short: Int32Array, long: Int32Array, start: number): boolean {
  if (short.length >= long.length || start + short.length > long.length) return false;
  for (let index = 0; index < short.length; index++) if (short[index] !== long[start + index]) return false;
  return true;
}
