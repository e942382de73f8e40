import { describeValue, type Item } from '@rppkit/spec';
import { assertOneOf } from '../assert-one-of.ts';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import type { DataFile } from '../files/data-file.ts';
import { readLines } from '../files/read-lines.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { cleanTitle, type TitleOptions } from '../titles/clean-title.ts';
import { findColumns } from './column-positions.ts';
import { readInteractionTable } from './interaction-table.ts';

/** The files of HetRec 2011 Last.fm that are read. */
export interface HetrecLastfmFiles {
  /** `user_artists.dat` with the columns `userID`, `artistID` and `weight` (play count), separated by tabs. */
  readonly userArtists: DataFile;
  /** `artists.dat` with the columns `id`, `name`, `url` and `pictureURL`, separated by tabs. */
  readonly artists: DataFile;
}

export interface HetrecLastfmOptions extends ReadOptions, TitleOptions {
  /**
   * Meaning of the order: `none` (default), since the release has no times of plays, or `column`: play counts become the
   * positions, so that a user's last item is the one played most.
   */
  readonly order?: 'column' | 'none';
}

/**
 * HetRec 2011 Last.fm (files.grouplens.org/datasets/hetrec2011) as data set `lastfm`, with play counts as values and artists'
 * names as titles; quotes are plain text. Throws `DatasetError` with file and line for an empty file, a missing column, a
 * wrong column count, a count that is no number, an artist listed twice, and a play of an artist that is not in
 * `artists.dat`, `InvalidArgumentError` for another order.
 */
export async function readHetrecLastfm(
  { userArtists, artists }: HetrecLastfmFiles,
  { order = 'none', ...options }: HetrecLastfmOptions = {},
): Promise<Dataset> {
  assertOneOf('order', order, ['column', 'none']);
  const log = await readInteractionTable(userArtists, {
    ...options,
    delimiter: '\t',
    quotes: false,
    header: undefined,
    columns: {
      user: 'userID',
      item: 'artistID',
      value: 'weight',
      ...(order === 'column' && { position: 'weight' }),
    },
    timeFormat: 'seconds',
    items: await readArtists(artists, options),
    closedItems: true,
  });
  return { name: 'lastfm', log, order };
}

async function readArtists(file: DataFile, options: ReadOptions & TitleOptions): Promise<Item[]> {
  let header: readonly string[] | undefined;
  let positions: Partial<Record<'id' | 'name', number>> = {};
  const artists = new Map<string, Item>();
  for await (const { text, line } of readLines(file, options)) {
    const fields = text.split('\t').map((field) => field.trim());
    if (header === undefined) {
      header = fields;
      positions = findColumns(header, { id: 'id', name: 'name' }, file.name, line);
      continue;
    }
    const id = fields[positions.id!] ?? '';
    const title = cleanTitle(fields[positions.name!] ?? '', options);
    const fault = describeFault(fields, header, id, title, artists);
    if (fault === undefined) artists.set(id, { id, title });
    else refuseLine(new DatasetError(file.name, fault.expected, fault.received, { line }), options);
  }
  if (artists.size === 0) throw new DatasetError(file.name, 'at least one artist', 'none');
  return [...artists.values()];
}

function describeFault(
  fields: readonly string[],
  header: readonly string[],
  id: string,
  title: string,
  artists: ReadonlyMap<string, Item>,
): { readonly expected: string; readonly received: string } | undefined {
  // The last column, a picture, may be missing together with its tab.
  if (fields.length !== header.length && fields.length !== header.length - 1) {
    return { expected: `${header.length} columns separated by tabs`, received: `${fields.length}` };
  }
  if (id === '' || title === '') return { expected: 'an id and a name', received: describeValue(fields.join('\t')) };
  if (artists.has(id)) return { expected: 'one line for each artist', received: `artist ${describeValue(id)} again` };
  return undefined;
}
