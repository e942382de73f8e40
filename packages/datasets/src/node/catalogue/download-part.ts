import { RppError } from '@rppkit/spec';
import { DownloadFault } from './download-fault.ts';
import type { PartialFile } from './partial-file.ts';

export interface DownloadOptions {
  readonly url: string;
  /** Where the bytes go; what is there already is continued. */
  readonly part: PartialFile;
  /** Size of the whole file where it is known. */
  readonly bytes: number | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds without a byte after which the server counts as gone. */
  readonly idleTimeout: number;
  readonly onBytes: (received: number, total: number | undefined) => void;
}

/**
 * Downloads the rest of a file into `part` and resolves with whether earlier bytes were kept. Asks for the missing
 * bytes by Range, guarded by If-Range where the earlier bytes came from the same address; a server that answers with the
 * whole file, or that the range is not there (416), makes it start again. What arrived stays in `part` after a fault.
 * Throws `DownloadFault`, `DatasetError` where the disk refuses, and the signal's reason where `signal` aborts.
 */
export async function downloadPart(options: DownloadOptions): Promise<{ readonly isResumed: boolean }> {
  const { part, bytes, signal, idleTimeout } = options;
  const have = await part.readSize();
  if (bytes !== undefined && have === bytes) return { isResumed: true };
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(), idleTimeout);
  const onActivity = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => idle.abort(), idleTimeout);
  };
  try {
    const aborts = signal === undefined ? idle.signal : AbortSignal.any([signal, idle.signal]);
    const { response, start } = await request(options, have, aborts);
    await saveBody(response, start, options, onActivity);
    return { isResumed: start > 0 };
  } catch (error) {
    signal?.throwIfAborted();
    if (idle.signal.aborted) throw new DownloadFault('passing', `no bytes for ${idleTimeout} ms`);
    if (error instanceof DownloadFault || RppError.isInstance(error)) throw error;
    throw new DownloadFault('passing', describeNetworkFault(error));
  } finally {
    clearTimeout(timer);
  }
}

/** An answer whose body goes to `start` of the part. */
async function request(
  options: DownloadOptions,
  have: number,
  signal: AbortSignal,
): Promise<{ readonly response: Response; readonly start: number }> {
  const { url, part, bytes, fetch } = options;
  // Without this, a compressed answer would be inflated on the way, and offsets would no longer fit.
  const headers = new Headers({ 'Accept-Encoding': 'identity' });
  if (have > 0) {
    headers.set('Range', `bytes=${have}-`);
    const validator = await part.readValidator(url);
    if (validator !== undefined) headers.set('If-Range', validator);
  }
  const response = await fetch(url, { headers, signal, redirect: 'follow' });
  const { status } = response;
  const isRest = status === 206 && have > 0 && response.headers.get('content-range')?.startsWith(`bytes ${have}-`);
  const start = isRest ? have : 0;
  if (isRest || status === 200) {
    const total = describeTotal(response, start);
    if (bytes !== undefined && total !== undefined && total !== bytes) {
      await response.body?.cancel();
      throw new DownloadFault('address', `offers a file of ${total} bytes, expected ${bytes}`);
    }
    if (start === 0) await part.restart(url, describeValidator(response.headers));
    return { response, start };
  }
  await response.body?.cancel();
  if (have > 0 && (status === 416 || status === 206)) {
    await part.remove();
    return request(options, 0, signal);
  }
  const mayPass = status >= 500 || status === 408 || status === 429;
  throw new DownloadFault(mayPass ? 'passing' : 'address', `status ${status}`);
}

async function saveBody(
  response: Response,
  start: number,
  { part, bytes, onBytes }: DownloadOptions,
  onActivity: () => void,
): Promise<void> {
  const total = bytes ?? describeTotal(response, start);
  let received = start;
  await part.append(readBody(response), (length) => {
    onActivity();
    received += length;
    if (bytes !== undefined && received > bytes) throw new DownloadFault('content', `sent more than ${bytes} bytes`);
    onBytes(received, total);
  });
  if (total !== undefined && received < total) {
    throw new DownloadFault('passing', `ended after ${received} of ${total} bytes`);
  }
}

async function* readBody({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Size of the whole file as the answer states it. */
function describeTotal({ headers }: Response, start: number): number | undefined {
  const length = headers.get('content-length');
  return length === null ? undefined : start + Number(length);
}

/** An ETag that stands for the same bytes, else the time of the last change; only these may guard a range. */
function describeValidator(headers: Headers): string | undefined {
  const etag = headers.get('etag');
  if (etag !== null && !etag.startsWith('W/')) return etag;
  return headers.get('last-modified') ?? undefined;
}

function describeNetworkFault(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error instanceof Error ? error.message : String(error)}${cause}`;
}
