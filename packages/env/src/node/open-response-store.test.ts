import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
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
});
