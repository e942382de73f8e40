import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeZip } from '../archives/testing/write-zip.ts';
import { openDataFolder } from '../files/open-data-folder.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';
import { DatasetFetchError } from './dataset-fetch-error.ts';
import { type FetchDatasetOptions, fetchDataset } from './fetch-dataset.ts';
import { LicenceNotAcceptedError } from './licence-not-accepted-error.ts';

/** Made-up data in the layout of MovieLens 100K, stored, so that the archive has a size worth interrupting. */
const archive = writeZip([
  { name: 'ml-100k/', content: '', method: 0, mode: 0o040755 },
  { name: 'ml-100k/u.data', content: '1\t1\t5\t100\n2\t1\t4\t200\n'.repeat(10_000), method: 0 },
  { name: 'ml-100k/u.item', content: '1|Harbour Lights (1995)|||x|0|1\n', method: 0 },
]);
const half = archive.length >> 1;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const send =
  (status: number, body: Uint8Array | string = '', headers: Record<string, string | number> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, { 'Content-Length': Buffer.byteLength(body), ...headers }).end(body);
/** Announces the whole archive and breaks the connection in the middle. */
const dropped =
  (headers: Record<string, string> = { ETag: '"v1"' }): Answer =>
  (_, response) => {
    response.writeHead(200, { 'Content-Length': archive.length, ...headers });
    response.write(archive.subarray(0, half), () => setTimeout(() => response.destroy(), 5));
  };
/** Sends what the Range header asks for. */
const ranged: Answer = (request, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range!)![1]);
  const headers = { 'Content-Range': `bytes ${start}-${archive.length - 1}/${archive.length}` };
  send(206, archive.subarray(start), headers)(request, response);
};
/** A body without Content-Length, which ends early without a network fault. */
const chunked =
  (body: Uint8Array): Answer =>
  (_, response) => {
    response.writeHead(200);
    response.end(body);
  };

describe('fetchDataset', () => {
  let folder: string;
  let server: Server;
  let origin: string;
  /** Answers in the order of the requests; one request more gets status 599. */
  let answers: Answer[];
  let requests: { readonly url: string; readonly range: string | undefined; readonly ifRange: string | undefined }[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rppkit-fetch-'));
    answers = [];
    requests = [];
    server = createServer((request, response) => {
      const { range, 'if-range': ifRange } = request.headers;
      requests.push({ url: request.url!, range, ifRange: ifRange as string | undefined });
      (answers.shift() ?? send(599))(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  const makeEntry = (overrides: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
    name: 'ml-100k',
    title: 'MovieLens 100K, made up',
    file: 'ml-100k.zip',
    url: `${origin}/ml-100k.zip`,
    mirrors: [],
    bytes: archive.length,
    sha256: sha256(archive),
    format: 'as the original',
    licence: 'Made up: do as you like.',
    commercialUse: 'not stated',
    citation: 'Nobody. Nothing.',
    homepage: 'http://example.org/ml-100k',
    ...overrides,
  });
  const get = (entry: CatalogueEntry = makeEntry(), options: Partial<FetchDatasetOptions> = {}) =>
    fetchDataset(entry, { folder, accept: () => true, retryDelay: 1, ...options });
  const listFiles = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name.startsWith('ml-'));
  const catchError = async (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('downloads, verifies and never asks again', async () => {
    answers = [send(200, archive)];
    const progress = vi.fn();
    const entry = makeEntry();
    const first = await fetchDataset('ml-100k', {
      folder,
      accept: () => true,
      catalogue: [entry],
      onProgress: progress,
    });
    expect(first).toEqual({ entry, path: join(folder, 'ml-100k.zip'), origin: 'download' });
    expect(await listFiles()).toEqual(['ml-100k.zip']);
    expect(progress).toHaveBeenLastCalledWith({ url: entry.url, received: archive.length, total: archive.length });
    const opened = await openDataFolder(first.path);
    const items = opened.open(opened.find('u.item')!).chunks() as AsyncIterable<Buffer>;
    expect(await text(items)).toBe('1|Harbour Lights (1995)|||x|0|1\n');
    await opened.close();
    expect((await get()).origin).toBe('present');
    expect(requests).toEqual([{ url: '/ml-100k.zip', range: undefined, ifRange: undefined }]);
  });

  it('continues after a dropped connection, guarded by the ETag', async () => {
    answers = [dropped(), ranged];
    const { path } = await get();
    expect(requests.map(({ range, ifRange }) => [range, ifRange])).toEqual([
      [undefined, undefined],
      [`bytes=${half}-`, '"v1"'],
    ]);
    expect((await readFile(path)).equals(archive)).toBe(true);
    expect(await listFiles()).toEqual(['ml-100k.zip']);
  });

  it.each([
    ['a weak ETag', { ETag: 'W/"v1"' }, undefined],
    ['a date', { ETag: 'W/"v1"', 'Last-Modified': 'Tue, 01 Jan 2019 00:00:00 GMT' }, 'Tue, 01 Jan 2019 00:00:00 GMT'],
  ])('guards with a date, never with %s alone', async (_, headers, guard) => {
    answers = [dropped(headers as Record<string, string>), ranged];
    await get();
    expect(requests[1]).toMatchObject({ range: `bytes=${half}-`, ifRange: guard });
  });

  it('starts again where the server does not know ranges, or its file has changed', async () => {
    answers = [dropped(), send(200, archive)];
    const { path } = await get();
    expect(requests[1]!.range).toBe(`bytes=${half}-`);
    expect((await readFile(path)).equals(archive)).toBe(true);
  });

  it.each([
    ['416', send(416)],
    ['another range than it asked for', send(206, 'x', { 'Content-Range': `bytes 0-0/${archive.length}` })],
    ['a range that is not named', send(206, 'x')],
  ])('starts again after %s, without a wait', async (_, answer) => {
    answers = [answer, send(200, archive)];
    await writeFile(join(folder, 'ml-100k.zip.part'), 'stale');
    await writeFile(join(folder, 'ml-100k.zip.part.json'), 'no JSON');
    const { path } = await get(makeEntry(), { retries: 0 });
    expect(requests.map(({ range }) => range)).toEqual(['bytes=5-', undefined]);
    expect((await readFile(path)).equals(archive)).toBe(true);
  });

  it('starts again where the earlier bytes were wrong', async () => {
    answers = [ranged, send(200, archive)];
    await writeFile(join(folder, 'ml-100k.zip.part'), 'wrong');
    const { path } = await get();
    expect(requests.map(({ range }) => range)).toEqual(['bytes=5-', undefined]);
    expect((await readFile(path)).equals(archive)).toBe(true);
  });

  it('takes a complete part without a request', async () => {
    await writeFile(join(folder, 'ml-100k.zip.part'), archive);
    await get();
    expect(requests).toEqual([]);
    expect(await listFiles()).toEqual(['ml-100k.zip']);
  });

  it('continues an archive that was cut short without a fault', async () => {
    answers = [chunked(archive.subarray(0, half)), ranged];
    const { path } = await get();
    expect(requests[1]!.range).toBe(`bytes=${half}-`);
    expect((await readFile(path)).equals(archive)).toBe(true);
  });

  it('goes on to a mirror after 404 at once, and after 500 when the retries are used up', async () => {
    const entry = makeEntry({ mirrors: [`${origin}/second`, `${origin}/third`] });
    answers = [send(404), send(500), send(503), send(200, archive)];
    await get(entry, { retries: 1 });
    expect(requests.map(({ url }) => url)).toEqual(['/ml-100k.zip', '/second', '/second', '/third']);
  });

  it('continues at a mirror, without the guard of another address', async () => {
    answers = [dropped(), send(404), ranged];
    await get(makeEntry({ mirrors: [`${origin}/second`] }));
    expect(requests[2]).toEqual({ url: '/second', range: `bytes=${half}-`, ifRange: undefined });
  });

  it('lists every try where none works, and keeps what arrived', async () => {
    const closed = 'http://127.0.0.1:1/gone';
    answers = [dropped(), send(404)];
    const error = await catchError(get(makeEntry({ mirrors: [closed] }), { retries: 1 }));
    expect(DatasetFetchError.isInstance(error)).toBe(true);
    const { code, dataset, attempts, message } = error as DatasetFetchError;
    expect([code, dataset]).toEqual(['DATASET_FETCH', 'ml-100k']);
    expect(attempts.map(({ source }) => source)).toEqual([
      `${origin}/ml-100k.zip`,
      `${origin}/ml-100k.zip`,
      closed,
      closed,
    ]);
    expect(attempts[1]!.fault).toBe('status 404');
    expect(message).toContain(`\n- ${origin}/ml-100k.zip: terminated`);
    expect(message).toContain(`\n- ${closed}: fetch failed`);
    expect(message).toContain('from http://example.org/ml-100k and give its path');
    expect(await listFiles()).toEqual(['ml-100k.zip.part', 'ml-100k.zip.part.json']);
  });

  it('removes a file with a wrong checksum and names both', async () => {
    const wrong = Buffer.from(archive);
    wrong[half] = wrong[half]! ^ 1;
    answers = [send(200, wrong)];
    await expect(get()).rejects.toThrow(
      `${origin}/ml-100k.zip: expected SHA-256 ${sha256(archive)}, received ${sha256(wrong)}`,
    );
    expect(await listFiles()).toEqual([]);
    expect(requests.length).toBe(1);
  });

  it('takes the right file from a mirror after a wrong one', async () => {
    answers = [chunked(Buffer.alloc(archive.length)), send(200, archive)];
    expect((await get(makeEntry({ mirrors: [`${origin}/second`] }))).origin).toBe('download');
    expect(requests.map(({ range }) => range)).toEqual([undefined, undefined]);
  });

  it('refuses a page that has another size before it reads it', async () => {
    await writeFile(join(folder, 'ml-100k.zip.part'), archive.subarray(0, 9));
    answers = [send(200, '<html>Log in</html>')];
    await expect(get()).rejects.toThrow(`offers a file of 19 bytes, expected ${archive.length}`);
    expect((await readFile(join(folder, 'ml-100k.zip.part'))).length).toBe(9);
  });

  it('stops where more comes than expected', async () => {
    answers = [chunked(Buffer.concat([archive, archive]))];
    await expect(get()).rejects.toThrow(`sent more than ${archive.length} bytes`);
    expect(await listFiles()).toEqual([]);
  });

  it('does without the size where no record states it', async () => {
    answers = [dropped(), ranged];
    const progress = vi.fn();
    await get(makeEntry({ bytes: undefined }), { onProgress: progress });
    expect(progress).toHaveBeenLastCalledWith(expect.objectContaining({ total: archive.length }));
    await rm(join(folder, 'ml-100k.zip'));
    answers = [chunked(archive.subarray(0, half)), send(204)];
    await expect(get(makeEntry({ bytes: undefined }), { retries: 0 })).rejects.toThrow('expected SHA-256');
    answers = [chunked(archive)];
    expect((await get(makeEntry({ bytes: undefined }))).origin).toBe('download');
  });

  it('follows redirects', async () => {
    answers = [send(302, '', { Location: '/elsewhere' }), send(200, archive)];
    await get();
    expect(requests.map(({ url }) => url)).toEqual(['/ml-100k.zip', '/elsewhere']);
  });

  it('gives up a connection on which nothing comes, and continues', async () => {
    const silent: Answer = (_, response) => {
      response.writeHead(200, { 'Content-Length': archive.length });
      response.write(archive.subarray(0, half));
    };
    const serve: Answer = (request, response) =>
      (request.headers.range === undefined ? send(200, archive) : ranged)(request, response);
    answers = [silent, serve, serve];
    await get(makeEntry(), { idleTimeout: 500 });
    expect(requests.length).toBeGreaterThan(1);
    await rm(join(folder, 'ml-100k.zip'));
    answers = [() => {}];
    await expect(get(makeEntry(), { idleTimeout: 20, retries: 0 })).rejects.toThrow('no bytes for 20 ms');
  });

  it('stops when told to, and continues later', async () => {
    const controller = new AbortController();
    answers = [
      (_, response) => {
        response.writeHead(200, { 'Content-Length': archive.length, ETag: '"v1"' });
        response.write(archive.subarray(0, half));
      },
    ];
    const reason = new Error('enough');
    const onProgress = ({ received }: { readonly received: number }): void => {
      if (received === half) controller.abort(reason);
    };
    await expect(get(makeEntry(), { signal: controller.signal, onProgress })).rejects.toBe(reason);
    expect(await listFiles()).toEqual(['ml-100k.zip.part', 'ml-100k.zip.part.json']);
    await expect(get(makeEntry(), { signal: controller.signal })).rejects.toBe(reason);
    expect(requests.length).toBe(1);
    answers = [ranged];
    const { path } = await get(makeEntry(), { signal: new AbortController().signal });
    expect(requests[1]).toMatchObject({ range: `bytes=${half}-`, ifRange: '"v1"' });
    expect((await readFile(path)).equals(archive)).toBe(true);
  });

  it('stops while it waits for the next try', async () => {
    const controller = new AbortController();
    answers = [
      (request, response) => {
        send(500)(request, response);
        setTimeout(() => controller.abort(), 20);
      },
    ];
    const waiting = get(makeEntry(), { signal: controller.signal, retryDelay: 1e6 });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('serves calls at the same time with one download', async () => {
    answers = [send(200, archive)];
    const accept = vi.fn(() => true);
    const results = await Promise.all([1, 2, 3].map(() => get(makeEntry(), { accept })));
    expect(results.map(({ origin: from }) => from)).toEqual(['download', 'present', 'present']);
    expect(accept).toHaveBeenCalledTimes(1);
    expect(requests.length).toBe(1);
  });

  it('lets the next call try where the one before failed', async () => {
    answers = [send(404), send(200, archive)];
    const results = await Promise.allSettled([get(), get()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  describe('offline', () => {
    it('checks and copies a file', async () => {
      const from = join(folder, 'mine.zip');
      await writeFile(from, archive);
      expect(await get(makeEntry(), { from })).toMatchObject({ origin: 'offline' });
      expect((await readFile(join(folder, 'ml-100k.zip'))).equals(archive)).toBe(true);
      expect(requests).toEqual([]);
    });

    it('refuses a wrong or missing file and leaves nothing behind', async () => {
      const from = join(folder, 'mine.zip');
      await expect(get(makeEntry(), { from })).rejects.toThrow(
        `${from}: expected the downloaded file of ml-100k, received nothing at this path`,
      );
      await writeFile(from, archive.subarray(1));
      const size = `expected ${archive.length} bytes, received ${archive.length - 1}`;
      await expect(get(makeEntry(), { from })).rejects.toMatchObject({ attempts: [{ source: from, fault: size }] });
      expect(await listFiles()).toEqual([]);
    });
  });

  it('does not touch another file of the same name', async () => {
    await writeFile(join(folder, 'ml-100k.zip'), 'mine');
    await expect(get()).rejects.toThrow('A file of this name is there already, with other content. Move or delete it.');
    expect(await readFile(join(folder, 'ml-100k.zip'), 'utf8')).toBe('mine');
    expect(requests).toEqual([]);
  });

  describe('licence', () => {
    it('fetches nothing where it is refused, and says what it asks', async () => {
      const error = await catchError(get(makeEntry(), { accept: async () => false }));
      expect(LicenceNotAcceptedError.isInstance(error)).toBe(true);
      const { licence, citation, homepage } = makeEntry();
      expect(error).toMatchObject({ code: 'LICENCE_NOT_ACCEPTED', dataset: 'ml-100k', licence, citation, homepage });
      expect((error as Error).message).toContain('Made up: do as you like. Cite: Nobody. Nothing.');
      expect(requests).toEqual([]);
      expect(await readdir(folder)).toEqual([]);
    });

    it('asks once, again for other terms, and for each data set', async () => {
      answers = [send(404), send(200, archive), send(404), send(404)];
      const asked: string[] = [];
      const accept = (entry: CatalogueEntry): boolean => asked.push(`${entry.name}: ${entry.licence}`) > 0;
      await catchError(get(makeEntry(), { accept }));
      await get(makeEntry(), { accept });
      await get(makeEntry({ licence: 'New.' }), { accept });
      await catchError(get(makeEntry({ name: 'other', file: 'other.zip' }), { accept }));
      await catchError(get(makeEntry({ name: 'other', file: 'other.zip' }), { accept }));
      expect(asked).toEqual(['ml-100k: Made up: do as you like.', 'ml-100k: New.', 'other: Made up: do as you like.']);
    });

    it.each(['{', '7', 'null'])('refuses a memory that holds %s', async (content) => {
      await writeFile(join(folder, 'accepted-licences.json'), content);
      await expect(get()).rejects.toThrow('accepted-licences.json: expected a JSON object of accepted licences');
      await rm(join(folder, 'accepted-licences.json'));
      await mkdir(join(folder, 'accepted-licences.json'));
      await expect(get()).rejects.toThrow('EISDIR');
    });
  });

  it.each([
    [
      'an unknown name',
      'dataset to be one of a, b, received "c"',
      () =>
        fetchDataset('c', {
          folder,
          accept: () => true,
          catalogue: [makeEntry({ name: 'a' }), makeEntry({ name: 'b' })],
        }),
    ],
    [
      'a file address',
      'http:// or https://, received "file:///etc/passwd"',
      () => get(makeEntry({ mirrors: ['file:///etc/passwd'] })),
    ],
    ['no address', 'http:// or https://, received "ml"', () => get(makeEntry({ url: 'ml' }))],
    [
      'a path as file name',
      'file to be a file name without a folder, received "../x"',
      () => get(makeEntry({ file: '../x' })),
    ],
    ['a short checksum', 'sha256 to be 64 lower-case hexadecimal digits', () => get(makeEntry({ sha256: 'abc' }))],
    ['half a retry', 'retries to be an integer >= 0, received 0.5', () => get(makeEntry(), { retries: 0.5 })],
    ['a negative delay', 'retryDelay to be milliseconds >= 0, received -1', () => get(makeEntry(), { retryDelay: -1 })],
    ['no patience', 'idleTimeout to be milliseconds > 0, received 0', () => get(makeEntry(), { idleTimeout: 0 })],
  ])('refuses %s', async (_, message, call) => {
    await expect(call()).rejects.toThrow(message);
    expect(requests).toEqual([]);
  });

  it('does not blame the server where the disk refuses', async () => {
    answers = [send(200, archive), send(200, archive)];
    await mkdir(join(folder, 'ml-100k.zip.part', 'x'), { recursive: true });
    await expect(get()).rejects.toThrow('ml-100k.zip.part: expected a file to download into');
  });

  it('takes faults of any fetch', async () => {
    const fetch = (): Promise<Response> => Promise.reject('no network');
    await expect(get(makeEntry(), { fetch, retries: 0 })).rejects.toThrow('ml-100k.zip: no network');
    const empty = async (): Promise<Response> => new Response(null, { status: 200 });
    await expect(get(makeEntry(), { fetch: empty, retries: 0 })).rejects.toThrow(
      `ended after 0 of ${archive.length} bytes`,
    );
  });
});
