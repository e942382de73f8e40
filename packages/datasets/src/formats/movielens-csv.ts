import type { Dataset } from '../dataset.ts';
import type { DataFile } from '../files/data-file.ts';
import type { ReadOptions } from '../files/read-options.ts';
import type { TitleOptions } from '../titles/clean-title.ts';
import { readInteractionTable } from './interaction-table.ts';
import { readMovielensFilms } from './movielens-films.ts';

/** The files of a MovieLens release in CSV that are read. */
export interface MovielensLatestFiles {
  /** `ratings.csv` with the columns `userId`, `movieId`, `rating` and `timestamp`. */
  readonly ratings: DataFile;
  /** `movies.csv` with the columns `movieId`, `title` and `genres` (with `|` between them). */
  readonly movies: DataFile;
}

export interface MovielensLatestOptions extends ReadOptions, TitleOptions {
  /** Name of the data set; default `ml-latest`. */
  readonly name?: string;
}

/**
 * A MovieLens release in CSV (`latest`, `latest-small`, 20M, 25M, 32M; grouplens.org/datasets/movielens) in time order.
 * Films have the attributes `genres` and, where the title ends in one, `year`; those without a rating stay in the items.
 * Throws `DatasetError` with file and line for an empty file, a missing column, a wrong column count, broken quotes, a value
 * that is no number or time, a film listed twice, and a rating of a film that is not in `movies.csv`.
 */
export async function readMovielensLatest(
  { ratings, movies }: MovielensLatestFiles,
  { name = 'ml-latest', ...options }: MovielensLatestOptions = {},
): Promise<Dataset> {
  const syntax = { delimiter: ',', quotes: true, header: undefined };
  const log = await readInteractionTable(ratings, {
    ...options,
    ...syntax,
    columns: { user: 'userId', item: 'movieId', value: 'rating', time: 'timestamp' },
    timeFormat: 'seconds',
    items: await readMovielensFilms(movies, syntax, options),
    closedItems: true,
  });
  return { name, log, order: 'timestamp' };
}
