import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import { type Movielens100kOptions, parseMovielens100k } from '../movielens-100k.ts';
import { describeFileFault, readTextFile } from './read-text-file.ts';

/**
 * MovieLens 100K from its unpacked folder. Files are read as UTF-8, or as ISO 8859-1 (the original's encoding) where
 * they are not valid UTF-8. Throws `DatasetError` that names the files missing, and as `parseMovielens100k` does.
 */
export async function readMovielens100k(folder: string, options: Movielens100kOptions = {}): Promise<Dataset> {
  const purpose = 'the unpacked folder of MovieLens 100K with u.data, u.item and u.genre';
  let present: readonly string[];
  try {
    present = await readdir(folder);
  } catch (error) {
    const fault =
      error instanceof Error && 'code' in error && error.code === 'ENOTDIR' ? 'a file' : describeFileFault(error);
    throw new DatasetError(folder, purpose, fault, { advice: 'Check the path.', cause: error });
  }
  const missing = ['u.data', 'u.item', 'u.genre'].filter((file) => !present.includes(file));
  if (missing.length > 0) {
    throw new DatasetError(folder, purpose, `a folder without ${missing.join(' and ')}`, {
      advice: 'Download ml-100k.zip from https://grouplens.org/datasets/movielens/100k/ and unpack it.',
    });
  }
  const read = (file: string): Promise<string> =>
    readTextFile(join(folder, file), `${file} of MovieLens 100K`, 'latin-1');
  const [data, items, genres] = await Promise.all([read('u.data'), read('u.item'), read('u.genre')]);
  return parseMovielens100k({ data, items, genres }, options);
}
