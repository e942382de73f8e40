import { join } from 'node:path';
import type { ExperimentConfigInput } from 'rppkit';

/** Data sets of the ranking suite; those on disk are read from `RPPKIT_DATA`. */
export type RankedDataName = 'ml-100k' | 'lastfm' | 'games' | 'ml-1m' | 'diverse' | 'tiny';

/** Those of the full protocol, in the order of the table. */
export const rankedData: readonly RankedDataName[] = ['ml-100k', 'lastfm', 'games', 'ml-1m', 'diverse'];

/** Data, words and the number of users, where it is not the default. `tiny` is for quick runs. */
export function configureData(name: RankedDataName): ExperimentConfigInput {
  const files = (folder: string, format: 'ml-100k' | 'recbole'): ExperimentConfigInput['data'] => ({
    kind: 'files',
    path: join(process.env['RPPKIT_DATA'] ?? '', folder),
    format,
    // Rows stand in order; the column that Last.fm calls a timestamp counts plays.
    ...(format === 'recbole' && { order: 'column' }),
  });
  const all: Readonly<Record<RankedDataName, ExperimentConfigInput>> = {
    'ml-100k': { data: files('ml-100k', 'ml-100k'), domain: 'movies' },
    lastfm: { data: files('lastfm', 'recbole'), domain: 'music' },
    games: { data: files('Games', 'recbole'), domain: 'games' },
    'ml-1m': { data: files('ml-1m', 'recbole'), domain: 'movies' },
    diverse: { data: { kind: 'synthetic', preset: 'diverse', users: 5000 } },
    tiny: { data: { kind: 'synthetic', preset: 'diverse', users: 200 } },
  };
  return all[name];
}

/** What popularity reaches by method.md section 3, NDCG@10 among 10 candidates, by a count over the same files. */
export const countedPopularity: Readonly<Partial<Record<RankedDataName, number>>> = {
  lastfm: 0.8865,
  games: 0.6792,
  'ml-1m': 0.6716,
};
