import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMemoryFile } from '../files/data-file.ts';
import { readCandidateFile } from './candidate-file.ts';

const dataFolder = process.env['RPPKIT_DATA'];

describe.skipIf(dataFolder === undefined)(
  'candidate files of RPP (skipped unless RPPKIT_DATA names their folder)',
  () => {
    const load = async (path: string): Promise<Map<string, readonly string[]>> =>
      readCandidateFile(createMemoryFile(path, await readFile(join(dataFolder!, path))));

    // `awk` over the files: 200 lines each, all with the same number of ids.
    it.each([
      ['lastfm/lastfm.train', 100],
      ['lastfm/lastfm.test', 100],
      ['ml-1m/ml-1m.train', 100],
      ['ml-1m/ml-1m.test', 100],
      ['ml-1m/ml-1m.rabmbepobpgrsa_3', 21],
      ['Games/Games.train', 100],
      ['Games/Games.test', 100],
      ['Games/Games.rabmbepobpgrsa_3', 21],
    ])('%s holds 200 users with %i ids', async (path, length) => {
      const candidates = await load(path);
      expect(candidates.size).toBe(200);
      expect([...new Set([...candidates.values()].map((items) => items.length))]).toEqual([length]);
    });

    it('share 91 Last.fm users between training and test', async () => {
      const [train, test] = [await load('lastfm/lastfm.train'), await load('lastfm/lastfm.test')];
      expect([...train.keys()].filter((user) => test.has(user))).toHaveLength(91);
    });
  },
);
