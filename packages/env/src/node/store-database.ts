import { createHash } from 'node:crypto';
import { RppError, type TextResponse } from '@rppkit/spec';
import { open, type RootDatabase } from 'lmdb';
import { explainDamage } from './explain-damage.ts';

/** Opens (or creates) the database of a response store. Throws as `openResponseStore` does. */
export function openStoreDatabase(folder: string): RootDatabase<TextResponse, string> {
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

/** LMDB limits keys to 1,978 bytes; prompts are longer. */
export function hashStoreKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The error of a store that was opened and then failed. */
export function describeStoreFailure(folder: string, error: unknown): RppError {
  return createStoreError(folder, describe(error), 'Look for space on the disk and for damage in the folder.', error);
}

/** An error that says which store was expected, and what it is instead. */
export function createStoreError(folder: string, received: string, advice: string, cause?: unknown): RppError {
  return new RppError(
    'RESPONSE_STORE',
    `Expected a response store in ${JSON.stringify(folder)} that can be read and written, received: ${received}. ${advice}`,
    { cause },
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
