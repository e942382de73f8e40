import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { replaceFile } from './durable-files.ts';

/** Name of the file that holds the salt of a folder's redactions. Whoever has it can try out user ids: it is not to be shared. */
export const saltFile = 'redaction-salt';

/**
 * Replaces user ids by 12 hexadecimal characters of an HMAC-SHA-256. Its salt is drawn at random once for a folder and kept there
 * in `redaction-salt`, which only its owner may read: within the folder, equal users stay equal; across folders they cannot be
 * joined. Throws `UsageError` where that file holds no salt.
 */
export function createUserRedaction(folder: string): (userId: string) => string {
  const salt = readSalt(folder) ?? writeSalt(folder);
  return (userId) => createHmac('sha256', salt).update(userId).digest('hex').slice(0, 12);
}

function readSalt(folder: string): Buffer | undefined {
  const path = join(folder, saltFile);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8').trim();
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new UsageError(
    `Expected ${path} to hold 64 hexadecimal characters, received something else. Restore it from a copy, or remove it for a new salt, with which users get other names than in earlier reports.`,
  );
}

function writeSalt(folder: string): Buffer {
  const salt = randomBytes(32);
  replaceFile(join(folder, saltFile), `${salt.toString('hex')}\n`, { mode: 0o600 });
  return salt;
}
