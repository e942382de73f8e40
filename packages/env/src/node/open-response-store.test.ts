import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextResponse } from '@rppkit/spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { withResponseStore } from '../text-models/with-response-store.ts';
import { type DiskResponseStore, openResponseStore } from './open-response-store.ts';

const response: TextResponse = {
  text: '1. Amélie (2001)\n2. 七人の侍',
  usage: { inputTokens: 120, outputTokens: 14, estimated: false },
  cached: false,
  latencyMs: 812.5,
  finishReason: 'length',
};

let folder: string;
let opened: DiskResponseStore[];

function open(path = folder): DiskResponseStore {
  const store = openResponseStore(path);
  opened.push(store);
  return store;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rppkit-store-'));
  opened = [];
});

afterEach(async () => {
  for (const store of opened) await store.close();
  await rm(folder, { recursive: true });
});

/**
 * Runs LMDB itself in another process, which sees nothing of this process' memory. This one stands still meanwhile, so a
 * write that it has only promised is not made in time.
 */
function runElsewhere(body: string): unknown {
  const script = `
    import { createHash } from 'node:crypto';
    import { open } from 'lmdb';
    const database = open({ path: process.argv[1], compression: true, noSubdir: false });
    const hash = (key) => createHash('sha256').update(key).digest('hex');
    ${body}
    await database.close();
  `;
  const stdout = execFileSync(process.execPath, ['--input-type=module', '--eval', script, folder], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  return stdout === '' ? undefined : JSON.parse(stdout);
}

describe('openResponseStore', () => {
  it('gives back what was put, and nothing for other keys', async () => {
    const store = open();
    await store.put('key', response);
    expect(await store.get('key')).toEqual(response);
    expect(await store.get('other')).toBeUndefined();
  });

  it('keeps keys apart that are longer than LMDB allows', async () => {
    const store = open();
    const [left, right] = [`${'x'.repeat(5000)}a`, `${'x'.repeat(5000)}b`];
    await store.put(left, response);
    expect(await store.get(right)).toBeUndefined();
    expect(await store.get(left)).toEqual(response);
  });

  it('has the answer on disk when put resolves: another process reads it while this one is open', async () => {
    const store = open();
    await store.put('key', response);
    expect(runElsewhere("console.log(JSON.stringify(database.get(hash('key'))));")).toEqual(response);
  });

  it('shares one folder between processes that both write', async () => {
    const store = open();
    await store.put('mine', response);
    runElsewhere(`await database.put(hash('theirs'), { ...database.get(hash('mine')), text: 'theirs' });`);
    expect(await store.get('theirs')).toEqual({ ...response, text: 'theirs' });
    expect(await store.get('mine')).toEqual(response);
  });

  it('is found again after it was closed', async () => {
    const first = openResponseStore(folder);
    await Promise.all(
      Array.from({ length: 200 }, (_, index) => first.put(`key ${index}`, { ...response, latencyMs: index })),
    );
    await first.close();
    const second = open();
    for (let index = 0; index < 200; index++) expect((await second.get(`key ${index}`))?.latencyMs).toBe(index);
  });

  it('creates folders, also with a dot in the name', async () => {
    const path = join(folder, 'runs', 'movies.v2');
    await open(path).put('key', response);
    expect((await stat(path)).isDirectory()).toBe(true);
    expect(await readdir(path)).toContain('data.mdb');
  });

  it('serves a model: nothing that is on disk is asked for again', async () => {
    const request = { messages: [{ role: 'user', text: 'a' }], sampleIndex: 0, purpose: 'rank' } as const;
    const first = openResponseStore(folder);
    await withResponseStore(createScriptedModel(['fine']), first).generate(request);
    await first.close();
    expect(await withResponseStore(createScriptedModel([]), open()).generate(request)).toMatchObject({
      text: 'fine',
      cached: true,
    });
  });

  it('is closed once, and says so to whoever uses it then', async () => {
    const store = open();
    await store.put('key', response);
    await store.close();
    await store.close();
    for (const call of [store.get('key'), store.put('key', response)]) {
      await expect(call).rejects.toMatchObject({
        code: 'RESPONSE_STORE',
        message: expect.stringContaining('received: a closed one. Close it after the last call.'),
      });
    }
  });

  it('says what cannot be kept', async () => {
    const broken: TextResponse = {
      ...response,
      get text(): string {
        throw new Error('no text');
      },
    };
    await expect(open().put('key', broken)).rejects.toMatchObject({
      code: 'RESPONSE_STORE',
      message: expect.stringContaining('received: no text. Look for'),
    });
  });

  it.each(["'text'", '7', "{ text: 'a' }"])('does not take the entry %s for an answer', async (entry) => {
    const store = open();
    await store.put('key', response);
    runElsewhere(`await database.put(hash('foreign'), ${entry});`);
    await expect(store.get('foreign')).rejects.toMatchObject({
      code: 'RESPONSE_STORE',
      message: expect.stringContaining('received: an entry that is no answer'),
    });
    expect(await store.get('key')).toEqual(response);
  });
});

describe('openResponseStore on folders that are none', () => {
  const fail = (path: string): { readonly code: string; readonly message: string } => {
    try {
      open(path);
    } catch (error) {
      return error as { readonly code: string; readonly message: string };
    }
    return expect.fail('Expected an error, received a store');
  };

  it('names a file, and a path inside of one', async () => {
    const path = join(folder, 'notes.txt');
    await writeFile(path, 'hello');
    expect(fail(path)).toMatchObject({
      code: 'RESPONSE_STORE',
      message: expect.stringMatching(/^Expected a response store in ".*notes\.txt" .*, received: a file\. Move/),
    });
    expect(fail(join(path, 'inside'))).toMatchObject({
      code: 'RESPONSE_STORE',
      message: expect.stringMatching(/received: ENOTDIR.*Pass the path of a folder that this process may write/),
    });
    expect(await readFile(path, 'utf8')).toBe('hello');
  });

  /** A store with answers, whose data file is then changed. */
  async function damage(change: (bytes: Buffer) => Buffer): Promise<void> {
    const store = openResponseStore(folder);
    await Promise.all(Array.from({ length: 500 }, (_, index) => store.put(`key ${index}`, response)));
    await store.close();
    const path = join(folder, 'data.mdb');
    await writeFile(path, change(await readFile(path)));
  }

  it.each<[string, (bytes: Buffer) => Buffer, string]>([
    ['is something else', (bytes) => bytes.fill(7), 'no LMDB database, or a damaged one'],
    ['has no second page', (bytes) => bytes.subarray(0, 3000), 'no LMDB database, or a damaged one'],
    ['is shorter than its header', (bytes) => bytes.subarray(0, 50), 'no LMDB database, or a damaged one'],
    ['was cut off', (bytes) => bytes.subarray(0, 9000), 'a data file that was cut off at 9000 bytes'],
  ])('refuses a data file that %s, before LMDB ends the process over it', async (_what, change, words) => {
    await damage(change);
    expect(fail(folder)).toMatchObject({
      code: 'RESPONSE_STORE',
      message: expect.stringContaining(words),
    });
    expect(fail(folder).message).toContain('Move it away or restore it from a copy.');
  });

  it('opens a data file that was created and not yet written to', async () => {
    await damage((bytes) => bytes.subarray(0, 0));
    expect(await open().get('key 1')).toBeUndefined();
  });

  it('opens a store that is still empty', async () => {
    await openResponseStore(folder).close();
    const store = open();
    await store.put('key', response);
    expect(await store.get('key')).toEqual(response);
  });
});
