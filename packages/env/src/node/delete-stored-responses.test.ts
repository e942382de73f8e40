import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextResponse } from '@rppkit/spec';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deleteStoredResponses } from './delete-stored-responses.ts';
import { openResponseStore } from './open-response-store.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rppkit-store-'));
});

afterEach(() => rm(folder, { recursive: true }));

const answer = (text: string): TextResponse => ({
  text,
  usage: { inputTokens: 1, outputTokens: 1, estimated: false },
  cached: false,
  latencyMs: 1,
  finishReason: 'stop',
});

async function fill(texts: readonly string[]): Promise<void> {
  const store = openResponseStore(folder);
  for (const text of texts) await store.put(`key of ${text}`, answer(text));
  await store.close();
}

it('deletes the answers of the keys alone, and their bytes from the file', async () => {
  await fill(['secret one', 'public', 'secret two']);
  expect(await readFile(join(folder, 'data.mdb'), 'latin1')).toContain('secret one');
  const keys = ['key of secret one', 'key of nobody', 'key of secret two'];
  expect(await deleteStoredResponses(folder, keys)).toBe(2);
  expect(await readFile(join(folder, 'data.mdb'), 'latin1')).not.toContain('secret');
  expect((await readdir(folder)).filter((file) => !file.endsWith('.mdb'))).toEqual([]);
  const store = openResponseStore(folder);
  expect(await store.get('key of secret one')).toBeUndefined();
  expect(await store.get('key of public')).toEqual(answer('public'));
  await store.put('key of secret one', answer('again'));
  expect(await store.get('key of secret one')).toEqual(answer('again'));
  await store.close();
});

it('finds nothing twice, and nothing where there is no store', async () => {
  await fill(['secret']);
  expect(await deleteStoredResponses(folder, ['key of secret', 'key of secret'])).toBe(1);
  expect(await deleteStoredResponses(folder, ['key of secret'])).toBe(0);
  const absent = join(folder, 'absent');
  expect(await deleteStoredResponses(absent, ['key'])).toBe(0);
  expect(existsSync(absent)).toBe(false);
});

it('refuses a damaged store and leaves it as it is', async () => {
  const path = join(folder, 'data.mdb');
  await writeFile(path, 'x'.repeat(9000));
  await expect(deleteStoredResponses(folder, ['key'])).rejects.toMatchObject({ code: 'RESPONSE_STORE' });
  expect(await readFile(path, 'utf8')).toBe('x'.repeat(9000));
});
