import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '@rppkit/datasets';
import { readCsvDataset, readMovielens100k } from '@rppkit/datasets/node';
import { createWorld } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import type { DataConfig } from '../experiment/experiment-config.ts';

/** A data set with the checksums (SHA-256) of the files it was read from, by file name. */
export interface LoadedData {
  readonly dataset: Dataset;
  readonly checksums: Readonly<Record<string, string>>;
}

/** Reads or generates the data set of an experiment. Throws `DatasetError` for files that cannot be used. */
export async function loadData(data: DataConfig, seed: number): Promise<LoadedData> {
  switch (data.kind) {
    case 'synthetic': {
      const random = createRandomStream(seed).split('world');
      return { dataset: createWorld({ preset: data.preset, users: data.users, random }).dataset, checksums: {} };
    }
    case 'movielens-100k': {
      const dataset = await readMovielens100k(data.folder);
      return { dataset, checksums: computeChecksums(['u.data', 'u.item'].map((file) => join(data.folder, file))) };
    }
    case 'csv': {
      const { kind: _, ...options } = data;
      const files = data.items === undefined ? [data.interactions] : [data.interactions, data.items.path];
      return { dataset: await readCsvDataset(options), checksums: computeChecksums(files) };
    }
  }
}

function computeChecksums(paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    paths.map((path) => [path.replace(/^.*[\\/]/, ''), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}
