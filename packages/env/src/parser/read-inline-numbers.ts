import type { Answer, Entry } from './answer.ts';
import { readHanNumeral } from './han-numeral.ts';
import { matchEntry } from './match-entry.ts';

const second = /\D2[ \t]*[.)）、:：．]|②|第[二2][名位]?[ \t]*[:：]|其次|然后|接着/;
const inline =
  /(?:^|[\s,;，；、。.])[(（]?(\d{1,3})[ \t]*[.)）、:：．](?!\d)[ \t]*|([①-⑳])[ \t]*|第([一二三四五六七八九十]{1,3}|\d{1,3})[名位]?[ \t]*[:：][ \t]*|(?<=^|[\s,;，；、。:：])(?:(首先)|其次|再次|然后|接着|最后)(?:是|为|推荐)?[ \t]*(?=[[【《「“\d])/g;

/** `1) A 2) B 3) C`, `①A②B`, `第一名：A；第二名：B` or `首先[3]，其次[2]` on one line: numbers from 1, each followed by an entry. */
export function readInlineNumbers(
  answer: Answer,
  { from, to }: { readonly from: number; readonly to: number },
): Entry[] | undefined {
  const { body, masked } = answer;
  const start = masked.lastIndexOf('\n', from - 1) + 1;
  const line = masked.slice(start, to);
  if (!second.test(line)) return undefined;
  const spans: { from: number; to: number }[] = [];
  for (const match of line.matchAll(inline)) {
    if (readRank(match, spans.length + 1) !== spans.length + 1) continue;
    const last = spans.at(-1);
    if (last !== undefined) last.to = start + match.index;
    spans.push({ from: start + match.index + match[0].length, to });
  }
  if (spans.length < 2) return undefined;
  const entries: Entry[] = [];
  for (const span of spans.slice(0, 4 * answer.count + 64)) {
    answer.budget.entries--;
    const text = body.slice(span.from, span.to).replace(/[\s,;，；、]+$/u, '');
    const entry = matchEntry(text.trim(), answer);
    if (entry !== undefined) entries.push(entry);
  }
  const named = entries.filter(({ title, index }) => title >= 0 || index >= 0).length;
  return named >= 2 && named * 2 >= entries.length ? entries : undefined;
}

/** The rank that a marker states; words that only go on have the following one. */
function readRank([, arabic, circled, ordinal, first]: RegExpExecArray, following: number): number {
  if (arabic !== undefined) return Number(arabic);
  if (circled !== undefined) return circled.charCodeAt(0) - 0x245f;
  if (ordinal !== undefined) return /\d/.test(ordinal) ? Number(ordinal) : readHanNumeral(ordinal);
  if (first !== undefined) return 1;
  return following > 1 ? following : 0;
}
