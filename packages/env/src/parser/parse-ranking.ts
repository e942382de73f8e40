import type { AnswerFormat } from '@rppkit/patterns';
import type { FinishReason, Item, ParsedRanking } from '@rppkit/spec';
import type { Answer } from './answer.ts';
import { classifyInvalid } from './classify-invalid.ts';
import { cleanAnswer } from './clean-answer.ts';
import { echoesTags, maskTitles } from './mask-titles.ts';
import { readJsonLists } from './read-json-lists.ts';
import { readLines } from './read-lines.ts';
import { readTables } from './read-tables.ts';
import { selectList } from './select-list.ts';
import { skipThinking } from './skip-thinking.ts';
import { getTitleIndex } from './title-index.ts';

export interface ParseOptions {
  /** In the order in which the prompt listed them. Their index is kept as long as the array, which must not change. */
  readonly candidates: readonly Item[];
  /** What the prompt asked for; that reading is tried first. `schema` asks for indices in JSON. */
  readonly answer: AnswerFormat;
  /** The number of the first candidate in the prompt. Default 1. */
  readonly firstIndex?: 0 | 1;
  /** `length` and `content-filter` say that the answer was cut off. Default 'stop'. */
  readonly finishReason?: FinishReason;
}

/** Entries that are looked at, entries that are matched approximately, and parts of lines, in one answer. */
const maximumEntries = 20_000;
const maximumFuzzy = 200;
const maximumParts = 64;
/** Of longer answers only the end is read, where the last list stands. In UTF-16 code units. */
const maximumText = 65_536;

/**
 * Reads a ranking of the candidates from a model's answer. Never throws, never guesses, never names a candidate twice.
 * 1. Thinking is skipped: up to the last closing tag; an answer that ends inside a thought has no list.
 * 2. Lists are numbered lines, bullets, lines that are nothing but a title or a number, chains (`A > B`, `[2] > [1]`,
 *    `2, 1, 3`), tables, and JSON. A list names at least two candidates (one where there is only one).
 * 3. The last complete list of the kind that was asked for wins, then the last complete one, then of the kind asked for the
 *    one that names most, unless one of the other kind names more than twice as many. Chains inside a sentence come last.
 *    Candidates restated in the prompt's order give way to any later list of half of them.
 * 4. An entry is matched by its title (case, signs, diacritics, year and article's place do not matter; an explanation may
 *    follow), then by one without its leading article or subtitle, or with a slip of the pen (counted in `approximate`),
 *    then by its number.
 *    A line's own number never names a candidate; titles that candidates share need `[3]`.
 *    "Alien: Covenant" is foreign beside "Alien", and in a list whose other entries have no such words behind their titles.
 * 5. Text inside a candidate's title is never read as structure.
 * 6. Numbered lines count as they stand, a strict countdown in reverse; an explicit rank in a table or in JSON sorts.
 * 7. Of an answer that was cut off, what came whole counts. Without a list it is invalid, for the first reason of
 *    `content-filter`, `truncated`, `empty`, `refusal`, `wrong-language`, `no-list`.
 * Time grows linearly; of an answer beyond 65,536 UTF-16 code units only the end is read.
 */
export function parseRanking(
  text: string,
  { candidates, answer: format, firstIndex = 1, finishReason = 'stop' }: ParseOptions,
): ParsedRanking {
  const titles = getTitleIndex(candidates);
  const clean = cleanAnswer(text, { keepTags: text.includes('<') && echoesTags(text, titles) });
  const hidden = maskTitles(clean, titles);
  const { from, to, unclosed } = skipThinking(hidden);
  const start = findStart(hidden, from, to);
  const body = clean.slice(start, to);
  const masked = hidden.slice(start, to);
  const answer: Answer = {
    body,
    masked,
    titles,
    count: candidates.length,
    firstIndex,
    asksIndices: format !== 'titles',
    cut: finishReason === 'length' || finishReason === 'content-filter',
    known: new Map(),
    budget: { fuzzy: maximumFuzzy, entries: maximumEntries, parts: maximumParts },
  };
  const json = readJsonLists(answer);
  const tables = readTables(answer, json.taken);
  const taken = [...json.taken, ...tables.map(({ span }) => span)].sort((a, b) => a[0] - b[0]);
  const lists = [...json.lists, ...tables.map(({ list }) => list), ...readLines(answer, taken)];
  const ranked = selectList(lists, answer);
  return ranked ?? { kind: 'invalid', reason: classifyInvalid(answer, { lists, finishReason, unclosed }), raw: text };
}

/** Where to begin so that no more than `maximumText` is read, at the beginning of a line if there is one. */
function findStart(text: string, from: number, to: number): number {
  if (to - from <= maximumText) return from;
  const line = text.indexOf('\n', to - maximumText);
  return line >= 0 && line < to - maximumText / 2 ? line : to - maximumText;
}
