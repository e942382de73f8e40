import type { Item } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import type { DataFile } from '../files/data-file.ts';
import type { ReadOptions } from '../files/read-options.ts';
import { convertToUtf8 } from '../files/text-encoding.ts';
import type { InteractionLog } from '../interaction-log.ts';
import type { TitleOptions } from '../titles/clean-title.ts';
import { readInteractionTable } from './interaction-table.ts';
import { readMovielensFilms } from './movielens-films.ts';
import { readMovielensUsers } from './movielens-users.ts';

/** The files of MovieLens 10M. */
export interface Movielens10mFiles {
  /** `ratings.dat`: user, film, rating and time, separated by `::`. */
  readonly ratings: DataFile;
  /** `movies.dat`: id, title and genres (with `|` between them), separated by `::`. */
  readonly movies: DataFile;
}

/** The files of MovieLens 1M. */
export interface Movielens1mFiles extends Movielens10mFiles {
  /** `users.dat`: id, gender, age, occupation and zip code, separated by `::`. */
  readonly users?: DataFile;
}

const fields = { delimiter: '::', quotes: false };
const userSyntax = { delimiter: '::', attributes: ['gender', 'age', 'occupation', 'zip'] };

/**
 * MovieLens 1M (files.grouplens.org/datasets/movielens/ml-1m) as data set `ml-1m` in time order. Films have the attributes
 * `genres` and, where the title ends in one, `year`; those without a rating stay in the items. `movies.dat` is read as
 * UTF-8, or as Latin-1 (the original's encoding) where it is no UTF-8. With `users.dat`, users have the attributes `gender`
 * (`F`, `M`), `age` (youngest age of a group: 1, 18, 25, 35, 45, 50, 56), `occupation` (0 to 20, as in the README of the
 * release) and `zip`. Throws `DatasetError` with file and line for an empty file, a wrong column count, a value that is no
 * number or time, a film or user listed twice, and a rating of a film that is not in `movies.dat`.
 */
export async function readMovielens1m(
  { ratings, movies, users }: Movielens1mFiles,
  options: ReadOptions & TitleOptions = {},
): Promise<Dataset> {
  const films = await readFilms(await convertToUtf8(movies, 'utf-8-or-latin-1'), options);
  const log = await readRatings(ratings, films, options);
  const dataset: Dataset = { name: 'ml-1m', log, order: 'timestamp' };
  return users === undefined
    ? dataset
    : { ...dataset, userAttributes: await readMovielensUsers(users, userSyntax, options) };
}

/**
 * MovieLens 10M (files.grouplens.org/datasets/movielens/ml-10m) as data set `ml-10m` in time order, as `readMovielens1m`
 * reads it, but with `movies.dat` in UTF-8 and without attributes of users, which this release has none of.
 */
export async function readMovielens10m(
  { ratings, movies }: Movielens10mFiles,
  options: ReadOptions & TitleOptions = {},
): Promise<Dataset> {
  const log = await readRatings(ratings, await readFilms(movies, options), options);
  return { name: 'ml-10m', log, order: 'timestamp' };
}

function readFilms(file: DataFile, options: ReadOptions & TitleOptions): Promise<Item[]> {
  return readMovielensFilms(file, { ...fields, header: ['movieId', 'title', 'genres'] }, options);
}

function readRatings(
  file: DataFile,
  items: readonly Item[],
  options: ReadOptions & TitleOptions,
): Promise<InteractionLog> {
  return readInteractionTable(file, {
    ...options,
    ...fields,
    header: ['user', 'item', 'rating', 'timestamp'],
    columns: { user: 'user', item: 'item', value: 'rating', time: 'timestamp' },
    timeFormat: 'seconds',
    items,
    closedItems: true,
  });
}
