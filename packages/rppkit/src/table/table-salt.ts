import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { replaceFile } from '../run-folder/durable-files.ts';
import { UsageError } from '../usage-error.ts';

/** The path of the salt of the table at `path`. */
function getSaltPath(path: string): string {
  return `${path}.salt`;
}

/** Makes a random salt for the table at `path`, unless it has one; only its owner may read it. */
export function ensureTableSalt(path: string): void {
  const own = getSaltPath(path);
  if (existsSync(own)) return;
  replaceFile(own, `${randomBytes(32).toString('hex')}\n`);
  chmodSync(own, 0o600);
}

/**
 * What stands for each user in the redacted table at `path`: 24 hexadecimal digits of an HMAC (SHA-256) with its salt. Throws
 * `UsageError` without the salt: nobody can tell then who the users are, which includes a replay.
 */
export function readUserHash(path: string): (user: string) => string {
  const own = getSaltPath(path);
  if (!existsSync(own)) {
    throw new UsageError(
      `Expected ${own} beside a redacted table, received none: its users cannot be found in the data without it. Restore it, or record a new table.`,
    );
  }
  const salt = readFileSync(own, 'utf8').trim();
  return (user) => createHmac('sha256', salt).update(user).digest('hex').slice(0, 24);
}
