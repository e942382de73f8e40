import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Dataset, filterByValue, filterKCore } from '@rppkit/datasets';
import { locateDataset } from '@rppkit/datasets/node';
import { createWorld } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import type { DataConfig, FilesConfig } from '../experiment/experiment-config.ts';
import { SkippedLineCounter, type SkippedLines } from './skipped-lines.ts';

/** A data set with the checksums (SHA-256) of the files it was read from, by file name. */
export interface LoadedData {
  readonly dataset: Dataset;
  readonly checksums: Readonly<Record<string, string>>;
  readonly skipped: SkippedLines;
}

/** Reads or generates the data set of an experiment. Throws `DatasetError` for files that cannot be used. */
export async function loadData(data: DataConfig, seed: number): Promise<LoadedData> {
  if (data.kind === 'files') return loadFiles(data);
  const random = createRandomStream(seed).split('world');
  const { dataset } = createWorld({ preset: data.preset, users: data.users, random });
  return { dataset, checksums: {}, skipped: { count: 0, examples: [] } };
}

/** Reads files and applies the filters of their configuration: first the least value, then the k-core. */
export async function loadFiles({
  kind: _,
  path,
  skipBadLines = false,
  minimumValue,
  kCore,
  ...options
}: FilesConfig): Promise<LoadedData> {
  const counter = new SkippedLineCounter();
  const located = await locateDataset(path, { ...options, ...(skipBadLines && { onBadLine: counter.add }) });
  const checksums = await computeChecksums(located.paths);
  let dataset = await located.read();
  if (minimumValue !== undefined) dataset = filterByValue(dataset, { minimum: minimumValue });
  if (kCore !== undefined) dataset = filterKCore(dataset, { users: kCore, items: kCore });
  return { dataset, checksums, skipped: counter.skipped };
}

async function computeChecksums(paths: readonly string[]): Promise<Record<string, string>> {
  const checksums: Record<string, string> = {};
  for (const path of paths) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    checksums[path.replace(/^.*[\\/]/, '')] = hash.digest('hex');
  }
  return checksums;
}
