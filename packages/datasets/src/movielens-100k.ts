import { describeValue, type Item } from '@rppkit/spec';
import { splitMovielensTitle } from './clean-title.ts';
import type { Dataset } from './dataset.ts';
import { DatasetError, parseNumber } from './dataset-error.ts';
import { createInteractionLog, type InteractionRow } from './interaction-log.ts';
import { splitLines } from './split-lines.ts';

/** Contents of the three files of MovieLens 100K that hold ratings and films. */
export interface Movielens100kTexts {
  /** `u.data`: user, item, rating and time, separated by tabs. */
  readonly data: string;
  /** `u.item`: id, title, two dates, address, then one 0 or 1 per genre, separated by `|`. */
  readonly items: string;
  /** `u.genre`: genre and its number, separated by `|`. */
  readonly genres: string;
}

export interface Movielens100kOptions {
  /** Move a trailing `, The`, `, A` or `, An` of a title to the front; default true. */
  readonly moveArticles?: boolean;
}

/**
 * MovieLens 100K (files.grouplens.org/datasets/movielens/ml-100k) as data set `ml-100k` in time order. Items have the
 * attributes `genres` and, where the title ends in one, `year`; films without a rating stay in the items. Throws
 * `DatasetError` with file and line for an empty file, a wrong column count, a value that is no number, and a rating of
 * a film that is not in `u.item`.
 */
export function parseMovielens100k(
  texts: Movielens100kTexts,
  { moveArticles = true }: Movielens100kOptions = {},
): Dataset {
  const items = parseItems(texts.items, parseGenres(texts.genres), moveArticles);
  const known = new Set(items.map((item) => item.id));
  return { name: 'ml-100k', log: createInteractionLog(parseRatings(texts.data, known), items), order: 'timestamp' };
}

function parseGenres(text: string): string[] {
  const genres: string[] = [];
  for (const { line, fields } of splitLines(text, 'u.genre', '|', 2)) {
    genres[parseNumber(fields[1]!, 'number', 'u.genre', line)] = fields[0]!;
  }
  return genres;
}

function parseItems(text: string, genres: readonly string[], moveArticles: boolean): Item[] {
  const fixedColumns = 5;
  const items: Item[] = [];
  for (const { line, fields } of splitLines(text, 'u.item', '|', fixedColumns + genres.length)) {
    const [id, rawTitle] = fields;
    const { title, year } = splitMovielensTitle(rawTitle!, { moveArticles });
    if (id === '' || title === '') {
      throw new DatasetError('u.item', 'an id and a title', describeValue(`${id}|${rawTitle}`), { line });
    }
    const itemGenres = genres.filter((_, index) => fields[fixedColumns + index] === '1');
    items.push({ id: id!, title, attributes: { ...(year !== undefined && { year }), genres: itemGenres } });
  }
  return items;
}

function* parseRatings(text: string, knownItems: ReadonlySet<string>): Generator<InteractionRow> {
  for (const { line, fields } of splitLines(text, 'u.data', '\t', 4)) {
    const [user, item, rating, time] = fields;
    if (user === '') throw new DatasetError('u.data', 'a user id in the first column', describeValue(user), { line });
    if (!knownItems.has(item!)) {
      throw new DatasetError('u.data', 'an item id that u.item lists', describeValue(item), {
        line,
        advice: 'Take both files from the same release.',
      });
    }
    yield {
      user: user!,
      item: item!,
      value: parseNumber(rating!, 'rating', 'u.data', line),
      time: parseNumber(time!, 'timestamp', 'u.data', line),
    };
  }
}
