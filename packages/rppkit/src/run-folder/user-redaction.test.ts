import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createUserRedaction } from './user-redaction.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redaction-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('names a user alike in one folder, and otherwise in another one', () => {
  const redact = createUserRedaction(folder);
  const other = createUserRedaction(join(folder, 'other'));
  expect(redact('42')).toMatch(/^[0-9a-f]{16}$/);
  expect(createUserRedaction(folder)('42')).toBe(redact('42'));
  expect(redact('43')).not.toBe(redact('42'));
  expect(other('42')).not.toBe(redact('42'));
});

it('hashes with the salt that it keeps for its owner alone', () => {
  const redact = createUserRedaction(folder);
  const salt = Buffer.from(readFileSync(join(folder, 'redaction-salt'), 'utf8').trim(), 'hex');
  expect(salt).toHaveLength(32);
  expect(redact('é')).toBe(createHmac('sha256', salt).update('é').digest('hex').slice(0, 16));
  if (process.platform !== 'win32') expect(statSync(join(folder, 'redaction-salt')).mode & 0o777).toBe(0o600);
});

it('refuses a file without a salt, rather than use a new one', () => {
  writeFileSync(join(folder, 'redaction-salt'), 'secret\n');
  expect(() => createUserRedaction(folder)).toThrow(/redaction-salt to hold 64 hexadecimal characters/);
});
