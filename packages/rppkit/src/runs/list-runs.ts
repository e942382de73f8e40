import { readdirSync } from 'node:fs';
import { UsageError } from '../usage-error.ts';
import { type RunSummary, summarizeRun } from './run-summary.ts';

/** What a runs folder holds. */
export interface RunList {
  /** The latest first. */
  readonly runs: readonly RunSummary[];
  /** Folders that are no runs, or damaged ones, by name. */
  readonly others: readonly { readonly name: string; readonly problem: string }[];
}

/** Lists a runs folder; one that does not exist holds nothing. Throws `UsageError` where it cannot be read. */
export function listRuns(root: string): RunList {
  const found = listFolders(root).map((name) => summarizeRun(root, name));
  return {
    runs: found
      .flatMap((run) => ('problem' in run ? [] : [run]))
      .sort((left, right) => Date.parse(right.startedAt) - Date.parse(left.startedAt)),
    others: found.flatMap((run) => ('problem' in run ? [run] : [])),
  };
}

/** Names of the folders in a runs folder, sorted; none where it does not exist. Throws `UsageError` where it cannot be read. */
export function listFolders(root: string): string[] {
  try {
    return readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new UsageError(
      `Expected --runs to be a folder that can be read, received ${JSON.stringify(root)}: ${code}. Check the path.`,
    );
  }
}
