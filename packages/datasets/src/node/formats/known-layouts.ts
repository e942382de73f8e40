import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../../dataset.ts';
import { DatasetError } from '../../dataset-error.ts';
import type { DataFile } from '../../files/data-file.ts';
import { readAmazonReviews } from '../../formats/amazon.ts';
import type { AmazonGeneration } from '../../formats/amazon-layout.ts';
import { readAtomicDataset } from '../../formats/atomic-dataset.ts';
import { readHetrecLastfm } from '../../formats/hetrec-lastfm.ts';
import { readMovielens100k } from '../../formats/movielens-100k.ts';
import { readMovielensLatest } from '../../formats/movielens-csv.ts';
import { readMovielens1m, readMovielens10m } from '../../formats/movielens-dat.ts';
import type { DataFolder } from '../files/data-folder.ts';
import type { DatasetFormat, ReadDatasetOptions } from './dataset-format.ts';

/** Files of a layout by what they hold. */
export type LayoutFiles = Readonly<Record<string, string>>;

/** A format whose files have known names. */
export interface KnownLayout {
  readonly format: DatasetFormat;
  /** Names of the files, for errors. */
  readonly expected: string;
  /** True: recognised by its names alone. */
  readonly recognisable: boolean;
  /** The files of the layout among those of a folder; undefined where one that is needed is missing. */
  find(folder: DataFolder): LayoutFiles | undefined;
  read(files: Readonly<Record<string, DataFile>>, options: ReadDatasetOptions): Promise<Dataset>;
}

/** More specific layouts first. */
export const knownLayouts: readonly KnownLayout[] = [
  {
    format: 'ml-100k',
    expected: 'u.data, u.item and u.genre',
    recognisable: true,
    find: (folder) => findNamed(folder, { data: 'u.data', items: 'u.item', genres: 'u.genre' }, { users: 'u.user' }),
    read: async ({ data, items, genres, users }, options) =>
      rename(
        await readMovielens100k(
          { data: data!, items: items!, genres: genres!, ...(users !== undefined && { users }) },
          options,
        ),
        options,
      ),
  },
  {
    format: 'ml-1m',
    expected: 'ratings.dat, movies.dat and users.dat',
    recognisable: true,
    find: (folder) => findNamed(folder, { ratings: 'ratings.dat', movies: 'movies.dat', users: 'users.dat' }),
    read: async ({ ratings, movies, users }, options) =>
      rename(await readMovielens1m({ ratings: ratings!, movies: movies!, users: users! }, options), options),
  },
  {
    format: 'ml-10m',
    expected: 'ratings.dat and movies.dat',
    recognisable: true,
    find: (folder) => findNamed(folder, { ratings: 'ratings.dat', movies: 'movies.dat' }),
    read: async ({ ratings, movies }, options) =>
      rename(await readMovielens10m({ ratings: ratings!, movies: movies! }, options), options),
  },
  {
    format: 'ml-latest',
    expected: 'ratings.csv and movies.csv',
    recognisable: true,
    find: (folder) => findNamed(folder, { ratings: 'ratings.csv', movies: 'movies.csv' }),
    read: async ({ ratings, movies }, options) => {
      // The releases differ in their folder's name alone: ml-latest-small, ml-25m.
      const release = /ml-[\w-]+(?=\.zip|[\\/][^\\/]*$)/.exec(ratings!.name)?.[0];
      const name = options.name ?? release;
      const named = name === undefined ? options : { ...options, name };
      return readMovielensLatest({ ratings: ratings!, movies: movies! }, named);
    },
  },
  {
    format: 'hetrec-lastfm',
    expected: 'user_artists.dat and artists.dat',
    recognisable: true,
    find: (folder) => findNamed(folder, { userArtists: 'user_artists.dat', artists: 'artists.dat' }),
    read: async ({ userArtists, artists }, { order = 'none', ...options }) => {
      if (order === 'timestamp') {
        const advice = 'The release has play counts but no times of plays.';
        throw new InvalidArgumentError('order', '"column" or "none" for hetrec-lastfm', order, advice);
      }
      return rename(
        await readHetrecLastfm({ userArtists: userArtists!, artists: artists! }, { ...options, order }),
        options,
      );
    },
  },
  {
    format: 'recbole',
    expected: 'one file whose name ends in .inter',
    recognisable: true,
    find: findAtomicFiles,
    read: ({ inter, item, user }, options) =>
      readAtomicDataset(
        { inter: inter!, ...(item !== undefined && { item }), ...(user !== undefined && { user }) },
        options,
      ),
  },
  createAmazonLayout('2014'),
  createAmazonLayout('2018'),
  createAmazonLayout('2023'),
];

function createAmazonLayout(generation: AmazonGeneration): KnownLayout {
  return {
    format: `amazon-${generation}`,
    expected: 'one file of reviews (JSON lines) or ratings (CSV), and one whose name starts with meta_',
    recognisable: false,
    find: (folder) => findAmazonFiles(folder, generation),
    read: ({ reviews, ratings, meta }, options) =>
      readAmazonReviews(
        {
          ...(reviews !== undefined && { reviews }),
          ...(ratings !== undefined && { ratings }),
          ...(meta !== undefined && { meta }),
        },
        { ...options, generation },
      ),
  };
}

/** Files by their names; undefined where one of `names` is missing. */
function findNamed(folder: DataFolder, names: LayoutFiles, optional: LayoutFiles = {}): LayoutFiles | undefined {
  const files: Record<string, string> = {};
  for (const [role, name] of Object.entries({ ...names, ...optional })) {
    const file = folder.find(name);
    if (file !== undefined) files[role] = file;
    else if (role in names) return undefined;
  }
  // Files of two data sets in two folders are not one data set.
  return new Set(Object.values(files).map((file) => file.replace(/[^/]*$/, ''))).size === 1 ? files : undefined;
}

/** `.item` and `.user` go with an `.inter` file whose name, whole or up to the first dot, they share. */
function findAtomicFiles(folder: DataFolder): LayoutFiles | undefined {
  const inter = findOnly(folder, /\.inter(\.gz)?$/i);
  if (inter === undefined) return undefined;
  // `toys.item` goes with `toys.test.inter`, unless there is a `toys.test.item`.
  const stems = [inter.replace(/\.inter(\.gz)?$/i, ''), inter.replace(/(?<=[^/])\.[^/]*$/, '')];
  const [item, user] = ['item', 'user'].map((extension) =>
    stems
      .map((stem) => folder.files.find((file) => file.replace(/\.gz$/, '') === `${stem}.${extension}`))
      .find((file) => file !== undefined),
  );
  return { inter, ...(item !== undefined && { item }), ...(user !== undefined && { user }) };
}

function findAmazonFiles(folder: DataFolder, generation: AmazonGeneration): LayoutFiles | undefined {
  const meta = findOnly(folder, /(^|\/)meta_[^/]*\.jsonl?(\.gz)?$/i);
  const reviews = findOnly(folder, /(^|\/)(?!meta_)[^/]*\.jsonl?(\.gz)?$/i);
  const ratings = reviews === undefined ? findOnly(folder, /\.csv(\.gz)?$/i) : undefined;
  if (reviews === undefined && ratings === undefined) return undefined;
  if (meta === undefined) {
    const advice = 'Put it beside the reviews: without it, the ids of items would be their titles.';
    const expected = `a file of amazon-${generation} whose name starts with meta_`;
    throw new DatasetError(folder.name, expected, folder.files.join(', '), { advice });
  }
  return { meta, ...(reviews !== undefined && { reviews }), ...(ratings !== undefined && { ratings }) };
}

function findOnly(folder: DataFolder, pattern: RegExp): string | undefined {
  // What macOS adds to archives and to foreign disks is no data.
  const found = folder.files.filter((file) => pattern.test(file) && !/(^|\/)\._/.test(file));
  if (found.length > 1) {
    const advice = 'Pass the path of one of them.';
    throw new DatasetError(folder.name, 'one such file', found.slice(0, 5).join(', '), { advice });
  }
  return found[0];
}

function rename(dataset: Dataset, { name = dataset.name }: ReadDatasetOptions): Dataset {
  return { ...dataset, name };
}
