import type { Item } from '@rppkit/spec';
import type { DataFile } from '../files/data-file.ts';
import type { ReadOptions } from '../files/read-options.ts';
import { splitMovielensTitle, type TitleOptions } from '../titles/clean-title.ts';
import { readItemTable } from './item-table.ts';

/** How a file of films is written. */
export interface FilmSyntax {
  readonly delimiter: string;
  readonly quotes: boolean;
  /** Names of the columns, among them `movieId`, `title` and `genres`; undefined: the first line holds them. */
  readonly header: readonly string[] | undefined;
}

/**
 * The films of a MovieLens release in UTF-8, with attributes `genres` (none for `(no genres listed)`) and, where the title
 * ends in one, `year`. Throws `DatasetError` as `readItemTable` does.
 */
export async function readMovielensFilms(
  file: DataFile,
  syntax: FilmSyntax,
  options: ReadOptions & TitleOptions,
): Promise<Item[]> {
  const films = await readItemTable(file, {
    ...options,
    ...syntax,
    // Once the year is off, so that an article moves once.
    moveArticles: false,
    columns: { item: 'movieId', title: 'title', genres: 'genres' },
    listSeparator: '|',
  });
  return films.map((film) => {
    const { title, year } = splitMovielensTitle(film.title, { ...options, decodeEntities: false });
    const genres = [film.attributes?.['genres'] ?? []].flat().filter((genre) => genre !== '(no genres listed)');
    return { id: film.id, title, attributes: { ...(year !== undefined && { year }), genres } };
  });
}
