import type { TitleIndex } from './title-index.ts';

/** One entry of a list that was found in an answer. `index` is undefined for a text that is no candidate. */
export interface ListEntry {
  readonly text: string;
  readonly index: number | undefined;
}

/** "1.", "2)", "**3.**", "- 4:", "### 5." */
const numberMarker = /^[\s>#*_`•·-]*[(（]?(\d{1,3})[.)）:：、．]+[\s*_`]*(?=\S)/u;
const bulletMarker = /^\s*[-*•·]\s+(?=\S)/u;

/**
 * All lists of titles in a text, in order. A list is a run of marked lines (numbers or bullets) whose numbers do not fall,
 * or of lines that are nothing but a candidate's title.
 */
export function readTitleLists(
  text: string,
  { titles, count }: { readonly titles: TitleIndex; readonly count: number },
): ListEntry[][] {
  const lists: ListEntry[][] = [];
  let current: ListEntry[] | undefined;
  let lastNumber = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const match = numberMarker.exec(line) ?? bulletMarker.exec(line);
    const content = match === null ? line : line.slice(match[0].length);
    const index = findEntry(content, { titles, count });
    if (match === null && index === undefined) {
      current = undefined;
      continue;
    }
    const number = match?.[1] === undefined ? undefined : Number(match[1]);
    const continues = number !== undefined && number === lastNumber + 1 && number > 1;
    // Equal numbers go on: in Markdown every line may begin with "1.".
    const restarts = number !== undefined && number < lastNumber;
    if (current === undefined && continues && lists.length > 0) current = lists.at(-1);
    else if (current === undefined || restarts) {
      current = [];
      lists.push(current);
    }
    current!.push({ text: stripEmphasis(content), index });
    lastNumber = number ?? lastNumber;
  }
  return lists;
}

/** By title; where candidates share it, by the candidate number in front, "[3] Title"; by "[3]" where nothing follows. */
function findEntry(
  content: string,
  { titles, count }: { readonly titles: TitleIndex; readonly count: number },
): number | undefined {
  const byTitle = titles.find(content);
  if (byTitle !== undefined) return byTitle;
  const numbered = /^[\s*_`]*\[(\d{1,3})\][\s*_`:.)-]*(.*)$/u.exec(content);
  if (numbered === null) return undefined;
  const rest = numbered[2]!;
  const byRest = titles.find(rest);
  if (byRest !== undefined) return byRest;
  const index = Number(numbered[1]) - 1;
  if (index < 0 || index >= count) return undefined;
  return rest === '' || titles.names(rest, index) ? index : undefined;
}

/** For reports only; titles may hold such characters themselves ("M*A*S*H"), so look-ups take the text as it is. */
function stripEmphasis(text: string): string {
  return text.replace(/^[\s*_`]+|[\s*_`]+$/g, '');
}
