import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { replaceFile } from './durable-files.ts';

/** Hexadecimal characters that stand for a user: enough that no two of millions are alike. */
const hashLength = 16;

/**
 * Replaces user ids by hashes with the salt of a folder, which is drawn at random once and kept there in `redaction-salt`: within the
 * folder, equal users stay equal; across folders they cannot be joined. Throws as `readUserHash`.
 */
export function createUserRedaction(folder: string): (userId: string) => string {
  const path = join(folder, 'redaction-salt');
  ensureSalt(path);
  return readUserHash(path);
}

/** Writes a random salt to `path`, unless there is one. Only its owner may read it: whoever has it can try out user ids. */
export function ensureSalt(path: string): void {
  if (existsSync(path)) return;
  replaceFile(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
}

/**
 * What stands for each user: 16 hexadecimal characters of an HMAC-SHA-256 with the salt in the file at `path`. Throws `UsageError`
 * where that file is missing or holds no salt.
 */
export function readUserHash(path: string): (userId: string) => string {
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
  if (text === undefined || !/^[0-9a-f]{64}$/.test(text)) {
    throw new UsageError(
      `Expected ${path} to hold 64 hexadecimal characters, the salt of user ids, received ${text === undefined ? 'no such file' : 'something else'}. Restore it from a copy: with another salt users get other names.`,
    );
  }
  const salt = Buffer.from(text, 'hex');
  return (userId) => createHmac('sha256', salt).update(userId).digest('hex').slice(0, hashLength);
}
