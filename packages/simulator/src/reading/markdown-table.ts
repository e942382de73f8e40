import type { TitleBlock } from './title-lines.ts';

const rule = /^\|[\s|:-]+\|$/;
const titleName = /title|name|movie|film|item|book|game|song|product|candidate|watched|片名|标题|名称|电影|候选|看过/i;
const shortCell = /^\w{1,4}$/;

/**
 * Reads a markdown table that begins in the line at `start`: titles are in the column with most known titles, else in that
 * whose name says so, else in the first of longer words; labels in the first other column of numbers or letters. The
 * heading is the name of the column. Undefined where there is no table.
 */
export function readMarkdownTable(
  lines: readonly string[],
  start: number,
  isKnown: (title: string) => boolean,
): TitleBlock | undefined {
  if (!isRow(lines[start]!) || !rule.test((lines[start + 1] ?? '').trim())) return undefined;
  const names = readCells(lines[start]!);
  const rows: string[][] = [];
  for (let line = start + 2; line < lines.length && isRow(lines[line]!); line++) rows.push(readCells(lines[line]!));
  if (rows.length === 0) return undefined;
  const columns = names.map((_, column) => rows.map((cells) => cells[column] ?? ''));
  const known = columns.map((cells) => cells.filter(isKnown).length);
  const most = Math.max(...known);
  const isShort = (cells: readonly string[]): boolean => cells.every((cell) => shortCell.test(cell));
  const candidates = [
    most > 0 ? known.indexOf(most) : -1,
    names.findIndex((name, column) => titleName.test(name) && !columns[column]!.every((cell) => /^\d*$/.test(cell))),
    columns.findIndex((cells) => !isShort(cells)),
  ];
  const titles = candidates.find((column) => column >= 0);
  if (titles === undefined) return undefined;
  const labels = columns.findIndex((cells, column) => column !== titles && isShort(cells));
  return {
    heading: names[titles]!,
    labels: labels < 0 ? rows.map((_, index) => String(index + 1)) : [...columns[labels]!],
    entries: [...columns[titles]!],
    lines: rows.length + 2,
  };
}

function isRow(line: string): boolean {
  const trimmed = line.trim();
  return trimmed.length > 2 && trimmed.startsWith('|') && trimmed.endsWith('|');
}

function readCells(line: string): string[] {
  return line
    .trim()
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}
