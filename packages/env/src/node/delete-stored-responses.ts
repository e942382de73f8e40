import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeStoreFailure, hashStoreKey, openStoreDatabase } from './store-database.ts';

/**
 * Deletes the answers of these keys (`computeStoreKey`) from the store in `folder` and resolves with how many there were.
 * LMDB leaves deleted bytes in its file until it needs their place, so the file is written anew without them, beside the
 * old one and then in its place; a crash leaves one or the other. A folder without a store holds no answer. No process may
 * have the store open. Rejects with `RppError` of code `RESPONSE_STORE` where the store cannot be read or written.
 */
export async function deleteStoredResponses(folder: string, keys: Iterable<string>): Promise<number> {
  if (!existsSync(join(folder, 'data.mdb'))) return 0;
  const database = openStoreDatabase(folder);
  const copy = join(folder, 'rewritten');
  try {
    let deleted = 0;
    for (const key of keys) {
      const hash = hashStoreKey(key);
      if (database.doesExist(hash) && (await database.remove(hash))) deleted++;
    }
    await database.flushed;
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy);
    await database.backup(copy, true);
    await database.close();
    flush(join(copy, 'data.mdb'));
    renameSync(join(copy, 'data.mdb'), join(folder, 'data.mdb'));
    return deleted;
  } catch (error) {
    throw describeStoreFailure(folder, error);
  } finally {
    await database.close();
    rmSync(copy, { recursive: true, force: true });
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
