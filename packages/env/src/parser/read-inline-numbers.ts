import type { Answer, Entry } from './answer.ts';
import { matchEntry } from './match-entry.ts';

const second = /\D2[ \t]*[.)）、:：．]|②/;
const inline = /(?:^|[\s,;，；、。.])[(（]?(\d{1,3})[ \t]*[.)）、:：．](?!\d)[ \t]*|([①-⑳])[ \t]*/g;

/** `1) A 2) B 3) C` or `①A②B` on one line: numbers from 1, each followed by an entry. */
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
    const number = match[2] === undefined ? Number(match[1]) : match[2].charCodeAt(0) - 0x245f;
    if (number !== spans.length + 1) continue;
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
