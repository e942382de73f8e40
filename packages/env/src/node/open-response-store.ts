import type { TextResponse } from '@rppkit/spec';
import type { ResponseStore } from '../text-models/with-response-store.ts';
import { createStoreError, describeStoreFailure, hashStoreKey, openStoreDatabase } from './store-database.ts';

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
  const database = openStoreDatabase(folder);
  let closed = false;

  const attempt = async <Value>(action: () => Value | Promise<Value>): Promise<Value> => {
    if (closed) throw createStoreError(folder, 'a closed one', 'Close it after the last call.');
    try {
      return await action();
    } catch (error) {
      throw describeStoreFailure(folder, error);
    }
  };

  return {
    get: (key) =>
      attempt(() => {
        const value: unknown = database.get(hashStoreKey(key));
        return value === undefined ? undefined : assertResponse(value);
      }),
    put: (key, response) =>
      attempt(async () => {
        await database.put(hashStoreKey(key), response);
        await database.flushed;
      }),
    async close() {
      if (closed) return;
      closed = true;
      await database.close();
    },
  };
}

/** What is read is checked: the folder may hold anything. */
function assertResponse(value: unknown): TextResponse {
  const { text, usage } = value as Partial<TextResponse>;
  if (typeof text !== 'string' || typeof usage?.inputTokens !== 'number') throw new Error('an entry that is no answer');
  return value as TextResponse;
}
