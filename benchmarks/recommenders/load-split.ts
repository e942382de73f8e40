import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Dataset, type InteractionSplit, splitLeaveOneOut } from '@rppkit/datasets';
import { readDataset } from '@rppkit/datasets/node';
import { createWorld } from '@rppkit/simulator';
import { createRandomStream, InvalidArgumentError } from '@rppkit/spec';

export interface BenchedData {
  readonly dataset: Dataset;
  readonly split: InteractionSplit;
}

/** `ml-100k`: all ratings of MovieLens 100K, of `RPPKIT_DATA`; `synthetic`: a small world. */
export type BenchedDataName = 'ml-100k' | 'synthetic';

/** By time, the last item of each user for the test and the `validation` items before it. */
export async function loadSplit(name: BenchedDataName, validation = 1): Promise<BenchedData> {
  const dataset =
    name === 'synthetic'
      ? createWorld({ preset: 'diverse', users: 300, random: createRandomStream(1) }).dataset
      : await readDataset(findMovielens());
  return { dataset, split: splitLeaveOneOut(dataset, { validation }) };
}

/** Whether the data of the full protocol are at hand. */
export function hasMovielens(): boolean {
  return existsSync(join(process.env['RPPKIT_DATA'] ?? '', 'ml-100k'));
}

function findMovielens(): string {
  const folder = process.env['RPPKIT_DATA'];
  if (folder !== undefined && hasMovielens()) return join(folder, 'ml-100k');
  throw new InvalidArgumentError('RPPKIT_DATA', 'a folder that holds ml-100k', folder, 'See benchmarks/README.md.');
}
