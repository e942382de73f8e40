import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { CatalogueEntry } from '@rppkit/datasets/node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../run-cli.ts';

/** Three megabytes that are a data set. */
const content = Buffer.from(`user,item\n${'a,1\n'.repeat(750_000)}`);

let folder: string;
let server: Server | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-fetch-'));
});

afterEach(() => {
  vi.restoreAllMocks();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const describeEntry = (url: string): CatalogueEntry => ({
  name: 'pairs',
  title: 'Pairs',
  file: 'pairs.csv',
  url: `${url}/pairs.csv`,
  mirrors: [],
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  format: 'CSV with the columns user and item.',
  licence: 'Do what you like with these pairs, which have so long a licence that no terminal shows it on one line.',
  commercialUse: 'not stated',
  citation: 'Nobody. Nothing.',
  homepage: 'http://localhost/pairs',
});

async function fetchPairs(
  url: string,
  args: readonly string[],
  { isTTY = false, onErr = (_: string) => {} } = {},
): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const stderr = {
    isTTY,
    write(text: string) {
      written.err += text;
      onErr(text);
    },
  };
  // Only the bar of a real terminal needs more of a stream than this.
  const streams = { stdout: { write: (text: string) => (written.out += text) }, stderr };
  const code = await runCli(['data', 'fetch', ...args], streams, { catalogue: [describeEntry(url)] });
  return { code, ...written };
}

const nowhere = 'http://127.0.0.1:9';
const kept = () => join(folder, 'kept');
const accept = () => ['pairs', '--folder', kept(), '--accept-licence'];

describe('rppkit data fetch', () => {
  it('lists the catalogue', async () => {
    expect(await fetchPairs(nowhere, [])).toEqual({
      code: 0,
      err: '',
      out: `name   data set    size  commercial use
-----  --------  ------  --------------
pairs  Pairs     3.0 MB  not stated
`,
    });
  });

  it('lists the catalogue as JSON', async () => {
    const { code, out } = await fetchPairs(nowhere, ['--json']);
    expect({ code, entries: JSON.parse(out) }).toEqual({ code: 0, entries: [describeEntry(nowhere)] });
  });

  it('lists what @rppkit/datasets knows, 80 columns wide', async () => {
    let out = '';
    const code = await runCli(['data', 'fetch'], {
      stdout: { write: (text) => (out += text) },
      stderr: { write() {} },
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^ml-100k {2,}MovieLens 100K {2,}4\.9 MB {2}with permission$/m);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('shows the terms, downloads with progress, and asks the server no second time', async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      response.writeHead(200, { 'Content-Length': content.length }).end(content);
    });
    const { code, out, err } = await fetchPairs(url, accept());
    expect(code).toBe(0);
    expect(out.trim()).toMatch(/kept\/pairs\.csv$/);
    expect(out).not.toMatch(/^\//);
    expect(readFileSync(join(kept(), 'pairs.csv')).equals(content)).toBe(true);
    expect(err).toMatch(
      /^Pairs \(http:\/\/localhost\/pairs\)\n\nLicence: Do what .*\n\nCommercial use: not stated\.\n\nPlease cite: Nobody\. Nothing\.\n\n/,
    );
    expect(err).toMatch(/\npairs, MB: 0\/3\.1\n(pairs, MB: [\d.]+\/3\.1\n)*pairs, MB: 3\.1\/3\.1\n/);
    expect(err).toMatch(
      /\nPairs was downloaded and verified\. It holds CSV with the columns user and item\. Look at it with: rppkit data inspect \S*kept\/pairs\.csv --user-column NAME --item-column NAME --time-column NAME\n$/,
    );

    const again = await fetchPairs(url, ['pairs', '--folder', kept()]);
    expect(again).toMatchObject({ code: 0, out, err: expect.stringMatching(/^Pairs is there already\. /) });
    expect(requests).toBe(1);
  });

  it('needs an accepted licence where nobody can be asked', async () => {
    const { code, out, err } = await fetchPairs(nowhere, ['pairs', '--folder', kept()]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Licence: Do what you like');
    expect(err.trim().split('\n').at(-1)).toBe(
      'Error: Expected the licence of pairs to be accepted, received no yes. Answer y, or pass --accept-licence.',
    );
    expect(existsSync(kept())).toBe(false);
  });

  it.each([
    ['y', 0],
    ['Yes ', 0],
    ['n', 2],
    ['', 2],
    ['yellow', 2],
    [undefined, 2],
  ])('asks on a terminal and takes the answer %j', async (answer, expected) => {
    const from = join(folder, 'mine.csv');
    writeFileSync(from, content);
    const input = Object.assign(new PassThrough(), { isTTY: true });
    if (answer === undefined) input.end();
    else input.write(`${answer}\n`);
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(input as never);
    const asked = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const fetched = await fetchPairs(nowhere, ['pairs', '--folder', kept(), '--from', from]);
    expect(asked.mock.calls.map(([text]) => text).join('')).toContain('Do you accept the licence? [y/N] ');
    expect(fetched.code).toBe(expected);
    expect(existsSync(join(kept(), 'pairs.csv'))).toBe(expected === 0);
    asked.mockClear();
    // An answer that was yes is kept.
    if (expected === 0) expect((await fetchPairs(nowhere, ['pairs', '--folder', kept()])).code).toBe(0);
    expect(asked).not.toHaveBeenCalled();
  });

  it('wraps what it says on a terminal', async () => {
    const { err } = await fetchPairs(nowhere, ['pairs', '--folder', kept()], { isTTY: true });
    expect(err).toContain('Licence: Do what you like with these pairs, which have so long a licence that no\nterminal');
    expect(Math.max(...err.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('takes a file that was downloaded before', async () => {
    const from = join(folder, 'mine.csv');
    writeFileSync(from, content);
    const { code, err } = await fetchPairs(nowhere, [...accept(), '--from', from]);
    expect(code).toBe(0);
    expect(err).toContain('\nPairs was verified and copied. ');
    expect(readFileSync(join(kept(), 'pairs.csv')).equals(content)).toBe(true);
  });

  it('refuses another file, by its size or its checksum', async () => {
    const from = join(folder, 'mine.csv');
    const other = Buffer.from(content);
    other[20] = 0x32;
    for (const [bytes, fault] of [
      [content.subarray(0, 10), /mine\.csv: .*10 bytes/],
      [other, /mine\.csv: .*SHA-256/],
    ] as const) {
      writeFileSync(from, bytes);
      const { code, out, err } = await fetchPairs(nowhere, [...accept(), '--from', from]);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(fault);
      expect(err).toContain('or leave out --from.');
      expect(readdirSync(kept())).toEqual(['accepted-licences.json']);
    }
    const missing = await fetchPairs(nowhere, [...accept(), '--from', join(folder, 'none')]);
    expect(missing).toMatchObject({
      code: 2,
      err: expect.stringContaining('none: expected the downloaded file of pairs'),
    });
  });

  it('names every try where the server has no such file', async () => {
    const url = await serve((_, response) => response.writeHead(404).end());
    const { code, err } = await fetchPairs(url, accept());
    expect(code).toBe(1);
    expect(err).toContain(`and pass it with --from. Tries:\n- ${url}/pairs.csv: status 404\n`);
  });

  it('keeps what arrived when Ctrl-C interrupts it, and continues there', async () => {
    const half = content.length >> 1;
    const starts: number[] = [];
    const url = await serve(({ headers }, response) => {
      const start = Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
      starts.push(start);
      if (start > 0) {
        const range = `bytes ${start}-${content.length - 1}/${content.length}`;
        response.writeHead(206, { 'Content-Range': range, ETag: '"1"' }).end(content.subarray(start));
        return;
      }
      response.writeHead(200, { 'Content-Length': content.length, ETag: '"1"' });
      response.write(content.subarray(0, half));
    });
    // A quarter is there, and the server sends no more than two.
    const onErr = (text: string): void => void (/MB: (?!0\/)/.test(text) && process.emit('SIGINT'));
    const { code, out, err } = await fetchPairs(url, accept(), { onErr });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/\nError: The fetch was interrupted\. The next one continues where it ended\.\n$/);
    expect(readdirSync(kept())).toContain('pairs.csv.part');
    expect(existsSync(join(kept(), 'pairs.csv'))).toBe(false);

    expect((await fetchPairs(url, accept())).code).toBe(0);
    expect(starts).toEqual([0, expect.any(Number)]);
    expect(starts[1]).toBeGreaterThan(0);
    expect(readFileSync(join(kept(), 'pairs.csv')).equals(content)).toBe(true);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  it('says which names it knows', async () => {
    const { code, err } = await fetchPairs(nowhere, ['peers']);
    expect(code).toBe(2);
    expect(err).toBe(
      'Error: Expected a data set of the catalogue (pairs), received "peers". Pass one of these names.\n',
    );
  });
});
