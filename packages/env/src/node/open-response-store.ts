import { createHash } from 'node:crypto';
import type { TextResponse } from '@rppkit/spec';
import { open } from 'lmdb';
import type { ResponseStore } from '../text-models/with-response-store.ts';

/** A response store on disk; safe to share between processes. */
export interface DiskResponseStore extends ResponseStore {
  close(): Promise<void>;
}

/**
 * Opens (or creates) the store in `folder`. `put` resolves when the answer is on disk, where a crash of the process or
 * the machine leaves it.
 */
export function openResponseStore(folder: string): DiskResponseStore {
  const database = open<TextResponse, string>({
    path: folder,
    compression: true,
    // Else LMDB takes a folder with a dot in its name for a file.
    noSubdir: false,
  });
  // LMDB limits keys to 1,978 bytes; prompts are longer.
  const hash = (key: string): string => createHash('sha256').update(key).digest('hex');
  return {
    async get(key) {
      return database.get(hash(key));
    },
    async put(key, response) {
      await database.put(hash(key), response);
      await database.flushed;
    },
    close: () => database.close(),
  };
}
