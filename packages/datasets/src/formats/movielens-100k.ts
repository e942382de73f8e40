import { describeValue, type Item } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import { readRecords } from '../delimited/read-records.ts';
import { decodeField } from '../delimited/record-batch.ts';
import type { DataFile } from '../files/data-file.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { convertToUtf8 } from '../files/text-encoding.ts';
import { splitMovielensTitle, type TitleOptions } from '../titles/clean-title.ts';
import { readInteractionTable } from './interaction-table.ts';
import { readMovielensUsers } from './movielens-users.ts';

/** The files of MovieLens 100K. */
export interface Movielens100kFiles {
  /** `u.data`: user, item, rating and time, separated by tabs. */
  readonly data: DataFile;
  /** `u.item`: id, title, two dates, address, then one 0 or 1 for each genre, separated by `|`. */
  readonly items: DataFile;
  /** `u.genre`: genre and its number, separated by `|`. */
  readonly genres: DataFile;
  /** `u.user`: id, age, gender, occupation and zip code, separated by `|`. */
  readonly users?: DataFile;
}

const userSyntax = { delimiter: '|', attributes: ['age', 'gender', 'occupation', 'zip'] };

/**
 * MovieLens 100K (files.grouplens.org/datasets/movielens/ml-100k) as data set `ml-100k` in time order. Items have the
 * attributes `genres` and, where the title ends in one, `year`; films without a rating stay in the items. `u.item` is read
 * as UTF-8, or as Latin-1 (the original's encoding) where it is no UTF-8. With `u.user`, users have the
 * attributes `age`, `gender`, `occupation` and `zip`. Throws `DatasetError` with file and line for an empty file, a wrong
 * column count, a value that is no number, a film or user listed twice, and a rating of a film that is not in `u.item`.
 */
export async function readMovielens100k(
  { data, items, genres, users }: Movielens100kFiles,
  options: ReadOptions & TitleOptions = {},
): Promise<Dataset> {
  const log = await readInteractionTable(data, {
    ...options,
    delimiter: '\t',
    quotes: false,
    header: ['user', 'item', 'rating', 'timestamp'],
    columns: { user: 'user', item: 'item', value: 'rating', time: 'timestamp' },
    timeFormat: 'seconds',
    items: await readItems(items, await readGenres(genres), options),
    closedItems: true,
  });
  const dataset: Dataset = { name: 'ml-100k', log, order: 'timestamp' };
  return users === undefined
    ? dataset
    : { ...dataset, userAttributes: await readMovielensUsers(users, userSyntax, options) };
}

async function readGenres(file: DataFile): Promise<string[]> {
  const genres: string[] = [];
  for await (const batch of readRecords(file, { delimiter: '|', quotes: false, columns: 2 })) {
    for (let record = 0; record < batch.records; record++) {
      const number = decodeField(batch, record, 1);
      if (number !== String(genres.length)) {
        const line = batch.lines[record]!;
        throw new DatasetError(file.name, `genre number ${genres.length}`, describeValue(number), { line });
      }
      genres.push(decodeField(batch, record, 0));
    }
  }
  return genres;
}

async function readItems(
  file: DataFile,
  genres: readonly string[],
  options: ReadOptions & TitleOptions,
): Promise<Item[]> {
  const fixedColumns = 5;
  const syntax = { delimiter: '|', quotes: false, columns: fixedColumns + genres.length };
  const items = new Map<string, Item>();
  for await (const batch of readRecords(await convertToUtf8(file, 'utf-8-or-latin-1'), syntax, options)) {
    for (let record = 0; record < batch.records; record++) {
      const id = decodeField(batch, record, 0);
      const rawTitle = decodeField(batch, record, 1);
      const { title, year } = splitMovielensTitle(rawTitle, options);
      if (id === '' || title === '') {
        const line = batch.lines[record]!;
        const error = new DatasetError(file.name, 'an id and a title', describeValue(`${id}|${rawTitle}`), { line });
        refuseLine(error, options);
        continue;
      }
      if (items.has(id)) {
        const received = `film ${describeValue(id)} again`;
        refuseLine(
          new DatasetError(file.name, 'one line for each film', received, { line: batch.lines[record]! }),
          options,
        );
        continue;
      }
      const itemGenres = genres.filter((_, genre) => decodeField(batch, record, fixedColumns + genre) === '1');
      items.set(id, { id, title, attributes: { ...(year !== undefined && { year }), genres: itemGenres } });
    }
  }
  return [...items.values()];
}
