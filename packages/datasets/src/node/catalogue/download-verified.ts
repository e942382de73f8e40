import { rename } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { CatalogueEntry } from './catalogue-entry.ts';
import { DatasetFetchError, type FetchAttempt } from './dataset-fetch-error.ts';
import { DownloadFault } from './download-fault.ts';
import { type DownloadOptions, downloadPart } from './download-part.ts';
import { createPartialFile } from './partial-file.ts';
import { describeMismatch } from './verify-file.ts';

export interface DownloadSettings extends Pick<DownloadOptions, 'fetch' | 'signal' | 'idleTimeout'> {
  readonly retries: number;
  readonly retryDelay: number;
  readonly onProgress: (progress: FetchProgress) => void;
}

/** How far a download is. */
export interface FetchProgress {
  readonly url: string;
  /** Bytes present so far, those of earlier calls included. */
  readonly received: number;
  /** Size of the whole file where it is known. */
  readonly total: number | undefined;
}

/**
 * Downloads the file of `entry` to `path` by way of `path.part`, from its address, else from its mirrors. Throws
 * `DatasetFetchError` with every try where none gave the right bytes; what may still be continued is kept.
 */
export async function downloadVerified(
  entry: CatalogueEntry,
  path: string,
  { retries, retryDelay, onProgress, ...settings }: DownloadSettings,
): Promise<void> {
  const part = createPartialFile(`${path}.part`);
  const attempts: FetchAttempt[] = [];
  for (const url of [entry.url, ...entry.mirrors]) {
    const onBytes: DownloadOptions['onBytes'] = (received, total) => onProgress({ url, received, total });
    for (let attempt = 0; attempt <= retries; attempt++) {
      if (attempt > 0) await waitUnlessAborted(retryDelay * 2 ** (attempt - 1), settings.signal);
      const fault = await tryDownload(entry, { ...settings, url, part, bytes: entry.bytes, onBytes });
      if (fault === undefined) {
        await rename(part.path, path);
        return part.remove();
      }
      attempts.push({ source: url, fault: fault.message });
      if (fault.kind !== 'passing') break;
    }
  }
  throw new DatasetFetchError(
    entry.name,
    attempts,
    `Try again later, or download it yourself from ${entry.homepage} and give its path.`,
  );
}

async function tryDownload(entry: CatalogueEntry, options: DownloadOptions): Promise<DownloadFault | undefined> {
  try {
    const { isResumed } = await downloadPart(options);
    const mismatch = await describeMismatch(options.part.path, entry);
    if (mismatch === undefined) return undefined;
    await options.part.remove();
    // Where earlier bytes were kept they may be the wrong ones, so the same address gets another try from the start.
    return new DownloadFault(isResumed ? 'passing' : 'content', mismatch);
  } catch (error) {
    if (!(error instanceof DownloadFault)) throw error;
    if (error.kind === 'content') await options.part.remove();
    return error;
  }
}

async function waitUnlessAborted(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => signal?.throwIfAborted());
}
