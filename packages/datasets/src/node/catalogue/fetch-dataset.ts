import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InvalidArgumentError } from '@rppkit/spec';
import { DatasetError } from '../../dataset-error.ts';
import { describeFileFault } from '../files/describe-file-fault.ts';
import { assertLicenceAccepted } from './accepted-licences.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';
import { datasetCatalogue } from './dataset-catalogue.ts';
import { DatasetFetchError } from './dataset-fetch-error.ts';
import { downloadVerified, type FetchProgress } from './download-verified.ts';
import { withExclusiveUse } from './exclusive-use.ts';
import { describeMismatch } from './verify-file.ts';

export interface FetchDatasetOptions {
  /** Where files are kept; made where it does not exist. */
  readonly folder: string;
  /** Decides on the licence; asked once for each data set and folder. */
  readonly accept: (entry: CatalogueEntry) => boolean | Promise<boolean>;
  /** Path of an already downloaded file, which is checked and copied instead of downloading. */
  readonly from?: string | undefined;
  /** Stops the download; what arrived is kept and continued by the next call. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Further tries for each address after a fault that may pass; default 3. */
  readonly retries?: number;
  /** Milliseconds before the first of these, doubled for each further one; default 500. */
  readonly retryDelay?: number;
  /** Milliseconds without a byte after which a connection is given up; default 30,000. */
  readonly idleTimeout?: number;
  /** Default the one of the platform. */
  readonly fetch?: typeof globalThis.fetch;
  /** Data sets known by name; default `datasetCatalogue`. */
  readonly catalogue?: readonly CatalogueEntry[];
}

export interface FetchedDataset {
  readonly entry: CatalogueEntry;
  /** Absolute path of the verified file. */
  readonly path: string;
  /** `present` where the verified file was there already, without any request. */
  readonly origin: 'present' | 'offline' | 'download';
}

/**
 * Gets a data set by its name in the catalogue, or by an entry of your own, and verifies size and SHA-256 before the
 * file takes its final name in `folder`. Downloads into `<file>.part`, continues after interruptions, and goes on to
 * the next mirror where an address fails. Shows nothing itself. Calls in one process for the same file wait for each
 * other.
 *
 * Throws `LicenceNotAcceptedError` where `accept` refuses, `DatasetFetchError` where no source gave the right file,
 * `InvalidArgumentError` for an unknown name, an address that is not http(s) or an option out of range, `DatasetError`
 * for an unreadable `from` and a folder that cannot be written, and the signal's reason where it aborts.
 */
export async function fetchDataset(
  dataset: string | CatalogueEntry,
  {
    folder,
    accept,
    from,
    signal,
    onProgress = () => {},
    retries = 3,
    retryDelay = 500,
    idleTimeout = 30_000,
    fetch = globalThis.fetch,
    catalogue = datasetCatalogue,
  }: FetchDatasetOptions,
): Promise<FetchedDataset> {
  if (!Number.isSafeInteger(retries) || retries < 0)
    throw new InvalidArgumentError('retries', 'an integer >= 0', retries);
  if (!(retryDelay >= 0)) throw new InvalidArgumentError('retryDelay', 'milliseconds >= 0', retryDelay);
  if (!(idleTimeout > 0)) throw new InvalidArgumentError('idleTimeout', 'milliseconds > 0', idleTimeout);
  const entry = typeof dataset === 'string' ? findEntry(dataset, catalogue) : dataset;
  assertEntry(entry);
  const path = resolve(folder, entry.file);
  await assertLicenceAccepted(entry, resolve(folder), accept);
  return withExclusiveUse(path, async () => {
    signal?.throwIfAborted();
    await mkdir(folder, { recursive: true });
    if (await isPresent(path, entry)) return { entry, path, origin: 'present' };
    if (from !== undefined) {
      await copyVerified(from, path, entry);
      return { entry, path, origin: 'offline' };
    }
    await downloadVerified(entry, path, { signal, onProgress, retries, retryDelay, idleTimeout, fetch });
    return { entry, path, origin: 'download' };
  });
}

function findEntry(name: string, catalogue: readonly CatalogueEntry[]): CatalogueEntry {
  const entry = catalogue.find((candidate) => candidate.name === name);
  if (entry === undefined) {
    throw new InvalidArgumentError('dataset', `one of ${catalogue.map((known) => known.name).join(', ')}`, name);
  }
  return entry;
}

function assertEntry({ file, url, mirrors, sha256 }: CatalogueEntry): void {
  if (!/^[^./\\:][^/\\:]*$/.test(file)) {
    throw new InvalidArgumentError('file', 'a file name without a folder', file);
  }
  for (const address of [url, ...mirrors]) {
    if (!URL.canParse(address) || !['http:', 'https:'].includes(new URL(address).protocol)) {
      throw new InvalidArgumentError('url', 'an address that starts with http:// or https://', address);
    }
  }
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new InvalidArgumentError('sha256', '64 lower-case hexadecimal digits', sha256);
  }
}

async function isPresent(path: string, entry: CatalogueEntry): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return false;
  const fault = await describeMismatch(path, entry);
  if (fault === undefined) return true;
  throw new DatasetFetchError(
    entry.name,
    [{ source: path, fault }],
    'A file of this name is there already, with other content. Move or delete it.',
  );
}

async function copyVerified(from: string, path: string, entry: CatalogueEntry): Promise<void> {
  const copy = `${path}.copy`;
  try {
    await copyFile(from, copy).catch((error: unknown) => {
      throw new DatasetError(from, `the downloaded file of ${entry.name}`, describeFileFault(error), { cause: error });
    });
    const fault = await describeMismatch(copy, entry);
    if (fault !== undefined) {
      throw new DatasetFetchError(
        entry.name,
        [{ source: from, fault }],
        `Download it again from ${entry.url}, or leave out the path to have it downloaded.`,
      );
    }
    await rename(copy, path);
  } finally {
    await rm(copy, { force: true });
  }
}
