import { type Answer, type Entry, type List, outside } from './answer.ts';
import { matchEntry } from './match-entry.ts';
import { readMarker } from './read-marker.ts';

type Span = readonly [from: number, to: number];
type Row = readonly Span[];

const rankHeader = /^\W*(?:rank|ranking|pos(?:ition)?|place|order|排名|名次|排序|位次|顺序)\W*$/iu;
const countHeader = /^\W*(?:#|no\.?|nr\.?|序号)\W*$/iu;
const indexHeader = /candidate|index|\bid\b|item|number|候选|编号|^\W*(?:#|no)\W*$|序号/iu;
const rulerSigns = /^[\s|:+─━┼├┤│=-]+$/;
const ruling = /[-─━=]{2}/;
const maximumRows = 2000;
const maximumColumns = 12;

/** A table and the part of the answer that it takes. */
export interface Table {
  readonly list: List;
  readonly span: Span;
}

/** Tables with `|` or tabs between their cells, sorted by their column of ranks where they have one. */
export function readTables(answer: Answer, taken: readonly Span[]): Table[] {
  const { masked } = answer;
  if (!/[|│\t]/.test(masked)) return [];
  const tables: Table[] = [];
  let rows: Row[] = [];
  let head = -1;
  let from = 0;
  let kind = '';
  let part = 0;
  for (let start = 0; start <= masked.length; ) {
    let end = masked.indexOf('\n', start);
    if (end < 0) end = masked.length;
    while (part < taken.length && taken[part]![1] <= start) part++;
    const line = part < taken.length && taken[part]![0] < end ? '' : masked.slice(start, end);
    const sign = /[|│]/.test(line) ? '|' : /\S[ ]*\t/.test(line) ? '\t' : '';
    if (sign === '' ? !(kind === '|' && isRuler(line)) : sign !== kind) {
      finish(start);
      kind = sign;
      from = start;
    }
    // Numbers with their points are markers of lines.
    if (kind === '\t' && /^\s*\d{1,3}\s*[.)、．]\s/.test(line)) rows = [];
    else if (isRuler(line)) head = rows.length;
    else if (sign !== '' && rows.length < maximumRows) rows.push(splitRow(masked, start, end));
    start = end + 1;
  }
  finish(masked.length);
  return tables;

  function finish(to: number): void {
    if (rows.length >= 2) {
      const list = readTable(answer, rows, head);
      // Without a candidate, its lines may still be something else.
      const named = list?.entries.some(({ title, index }) => title >= 0 || index >= 0);
      if (list !== undefined) tables.push({ list, span: named ? [from, to] : [from, from] });
    }
    rows = [];
    head = -1;
  }
}

function isRuler(line: string): boolean {
  return line.length < 1000 && ruling.test(line) && rulerSigns.test(line);
}

function splitRow(text: string, start: number, end: number): Row {
  const cells: Span[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    const sign = at === end ? '|' : text[at];
    if (sign !== '|' && sign !== '│' && sign !== '\t') continue;
    if (sign === '|' && text[at - 1] === '\\') continue;
    const cell = trim(text, from, at);
    // Lines may begin and end with a bar.
    if (cell[0] < cell[1] || (from !== start && at !== end)) cells.push(cell);
    from = at + 1;
    if (cells.length === maximumColumns) break;
  }
  return cells;
}

function readTable(answer: Answer, rows: readonly Row[], head: number): List | undefined {
  const { body } = answer;
  const width = Math.max(...rows.map((row) => row.length));
  if (width < 2) return undefined;
  const columns: (Entry | undefined)[][] = [];
  for (let column = 0; column < width; column++) {
    columns.push(
      rows.map((row) => {
        const cell = row[column];
        if (cell === undefined || cell[0] >= cell[1] || answer.budget.entries-- <= 0) return undefined;
        return matchCell(answer, cell);
      }),
    );
  }
  const titled = columns.map(
    (cells) => cells.filter((entry) => entry !== undefined && entry.title >= 0 && !entry.bare).length,
  );
  const most = Math.max(...titled);
  const headers = Array.from({ length: width }, (_, column) => {
    const cell = rows[0]![column];
    return cell === undefined ? '' : body.slice(cell[0], cell[1]);
  });
  // Several columns of titles are chains: `A | B | C`.
  if (most >= 2 && titled.filter((number) => number === most).length > 1) return undefined;
  const column = most >= Math.min(2, answer.count) ? titled.indexOf(most) : findIndexColumn(columns, headers);
  if (column < 0) return readForeignTable(columns);
  // The head of a table names no candidate, or stands above a ruler.
  const first = columns[column]![0];
  const named = first !== undefined && (first.title >= 0 || first.bare);
  const begin = head > 0 ? head : named || head === 0 ? 0 : 1;
  const lines: { readonly entry: Entry; readonly row: number }[] = [];
  for (let row = begin; row < rows.length; row++) {
    const entry = columns[column]![row];
    if (entry !== undefined) lines.push({ entry: withIndexOfRow(answer, entry, columns, row, column), row });
  }
  const ranks = findRanks(answer, { columns, headers, column, lines, begin });
  if (ranks !== undefined) lines.sort((a, b) => ranks.get(a.row)! - ranks.get(b.row)!);
  return { entries: lines.map(({ entry }) => entry), at: rows[0]![0]?.[0] ?? 0, json: false };
}

/** Of a table without candidates the column with most text, so that its language can be told. */
function readForeignTable(columns: readonly (Entry | undefined)[][]): List {
  const lengths = columns.map((cells) => cells.slice(1).reduce((sum, cell) => sum + (cell?.text.length ?? 0), 0));
  const cells = columns[lengths.indexOf(Math.max(...lengths))]!.slice(1);
  return {
    entries: cells.filter((cell) => cell !== undefined).map((cell) => ({ ...cell, index: -1 })),
    at: 0,
    json: false,
  };
}

function matchCell(answer: Answer, [from, to]: Span): Entry | undefined {
  const text = answer.body.slice(from, to);
  const entry = matchEntry(text, answer);
  if (entry === undefined || entry.title >= 0 || entry.bare) return entry;
  const marker = readMarker(answer.masked, from, to);
  return marker.kind === 'number' && !marker.weak && marker.from < to
    ? matchEntry(answer.body.slice(marker.from, to), answer)
    : entry;
}

/** Equal titles are told apart by a number in another column. */
function withIndexOfRow(
  answer: Answer,
  entry: Entry,
  columns: readonly (Entry | undefined)[][],
  row: number,
  column: number,
): Entry {
  if (entry.title >= 0 || entry.bare || entry.index !== -1) return entry;
  for (let other = 0; other < columns.length; other++) {
    const cell = columns[other]![row];
    if (other === column || cell === undefined || !cell.bare || cell.index < 0) continue;
    const twin = matchEntry(`[${cell.index + answer.firstIndex}] ${entry.text}`, answer, { fuzzy: false });
    if (twin !== undefined && twin.title >= 0 && /^[[【]/.test(cell.text)) return { ...twin, text: entry.text };
  }
  return entry;
}

/** The column of candidates' numbers in a table without titles. */
function findIndexColumn(columns: readonly (Entry | undefined)[][], headers: readonly string[]): number {
  const usable = columns.map((cells) => cells.filter((entry) => entry?.bare && entry.index >= 0).length >= 2);
  const bracketed = columns.findIndex(
    (cells, at) => usable[at] && cells.some((entry) => entry?.bare && /^[[【#]/.test(entry.text)),
  );
  if (bracketed >= 0) return bracketed;
  const named = headers.findIndex(
    (header, at) => usable[at] && !rankHeader.test(header) && indexHeader.test(header) && !countHeader.test(header),
  );
  if (named >= 0) return named;
  const ranked = headers.findIndex((header) => rankHeader.test(header) || countHeader.test(header));
  if (ranked >= 0 && ranked + 1 < columns.length && usable[ranked + 1]) return ranked + 1;
  return usable[0] && usable[1] && isCounted(columns[0]!) ? 1 : -1;
}

function isCounted(cells: readonly (Entry | undefined)[]): boolean {
  const numbers = cells.filter((entry) => entry?.bare).map((entry) => readCount(entry!));
  return numbers.length >= 2 && numbers.every((number, at) => number === at + 1);
}

interface RankSearch {
  readonly columns: readonly (Entry | undefined)[][];
  readonly headers: readonly string[];
  readonly column: number;
  readonly lines: readonly { readonly entry: Entry; readonly row: number }[];
  readonly begin: number;
}

/** Rank of each row, from a column that says so and holds each rank once. */
function findRanks(
  { firstIndex }: Answer,
  { columns, headers, column, lines, begin }: RankSearch,
): Map<number, number> | undefined {
  if (begin === 0) return undefined;
  for (let other = 0; other < columns.length; other++) {
    const explicit = rankHeader.test(headers[other]!);
    if (other === column || !(explicit || countHeader.test(headers[other]!))) continue;
    const ranks = new Map<number, number>();
    for (const { row } of lines) {
      const cell = columns[other]![row];
      if (cell?.bare) ranks.set(row, readCount(cell));
    }
    const values = new Set(ranks.values());
    const complete = values.size === lines.length && Math.min(...values) === 1 && Math.max(...values) === lines.length;
    if (!complete) continue;
    const own = lines.every(
      ({ entry, row }) => (entry.title >= 0 ? entry.title : entry.index) + firstIndex === ranks.get(row),
    );
    if (explicit || !own) return ranks;
  }
  return undefined;
}

function readCount({ text, index }: Entry): number {
  return index === outside || index >= 0 ? Number(/\d+/.exec(text)?.[0] ?? Number.NaN) : Number.NaN;
}

function trim(text: string, from: number, to: number): Span {
  let [first, last] = [from, to];
  while (first < last && (text[first] === ' ' || text[first] === '\u3000')) first++;
  while (last > first && (text[last - 1] === ' ' || text[last - 1] === '\u3000')) last--;
  return [first, last];
}
