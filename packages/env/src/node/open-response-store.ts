import { createHash } from 'node:crypto';
import { RppError, type TextResponse } from '@rppkit/spec';
import { open, type RootDatabase } from 'lmdb';
import type { ResponseStore } from '../text-models/with-response-store.ts';
import { explainDamage } from './explain-damage.ts';

/** A response store on disk; safe to share between processes. */
export interface DiskResponseStore extends ResponseStore {
  /** Waits for what is being written. The store can be used no longer. */
  close(): Promise<void>;
}

/**
 * Opens (or creates) the store in `folder`, an LMDB database that several processes may read and write at once. `put`
 * resolves when the answer is on disk, where a crash of the process or the machine leaves it. Throws `RppError` of code
 * `RESPONSE_STORE` for a folder that is a file, cannot be written, or whose data file is cut off or none of LMDB's; `get`
 * and `put` reject with one where the store fails or was closed.
 */
export function openResponseStore(folder: string): DiskResponseStore {
  const database = openDatabase(folder);
  let closed = false;

  const attempt = async <Value>(action: () => Value | Promise<Value>): Promise<Value> => {
    if (closed) throw createStoreError(folder, 'a closed one', 'Close it after the last call.');
    try {
      return await action();
    } catch (error) {
      throw createStoreError(
        folder,
        describe(error),
        'Look for space on the disk and for damage in the folder.',
        error,
      );
    }
  };

  return {
    get: (key) =>
      attempt(() => {
        const value: unknown = database.get(hash(key));
        return value === undefined ? undefined : assertResponse(value);
      }),
    put: (key, response) =>
      attempt(async () => {
        await database.put(hash(key), response);
        await database.flushed;
      }),
    async close() {
      if (closed) return;
      closed = true;
      await database.close();
    },
  };
}

function openDatabase(folder: string): RootDatabase<TextResponse, string> {
  const advice = 'Pass the path of a folder that this process may write, or a new one.';
  try {
    const damage = explainDamage(folder);
    if (damage !== undefined)
      throw createStoreError(folder, damage, `Move it away or restore it from a copy. ${advice}`);
    return open<TextResponse, string>({
      path: folder,
      compression: true,
      // Else LMDB takes a folder with a dot in its name for a file.
      noSubdir: false,
    });
  } catch (error) {
    throw RppError.isInstance(error) ? error : createStoreError(folder, describe(error), advice, error);
  }
}

/** What is read is checked: the folder may hold anything. */
function assertResponse(value: unknown): TextResponse {
  const { text, usage } = value as Partial<TextResponse>;
  if (typeof text !== 'string' || typeof usage?.inputTokens !== 'number') throw new Error('an entry that is no answer');
  return value as TextResponse;
}

/** LMDB limits keys to 1,978 bytes; prompts are longer. */
function hash(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function createStoreError(folder: string, received: string, advice: string, cause?: unknown): RppError {
  return new RppError(
    'RESPONSE_STORE',
    `Expected a response store in ${JSON.stringify(folder)} that can be read and written, received: ${received}. ${advice}`,
    { cause },
  );
}
