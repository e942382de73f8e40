import { rmdirSync } from 'node:fs';
import { takeRun } from '../run-folder/run-lock.ts';

/**
 * Takes the table at `path` for this process; the returned function gives it back. A lock that a killed process left is taken over.
 * Throws `UsageError` while another process holds it.
 */
export function lockTable(path: string): () => void {
  const folder = `${path}.lock`;
  const release = takeRun(folder);
  return () => {
    release();
    rmdirSync(folder);
  };
}
