import { join } from 'node:path';
import { readCheckedManifest } from '../run-folder/checked-files.ts';
import { UsageError } from '../usage-error.ts';
import { listFolders } from './list-runs.ts';

/** Name of the training or evaluation in the runs folder `root` that was started last. Throws `UsageError` where it holds none that can be read. */
export function findLatestRun(root: string): string {
  let latest: { readonly name: string; readonly started: number } | undefined;
  for (const name of listFolders(root)) {
    const manifest = readCheckedManifest(join(root, name, 'manifest.json'));
    // A look has no results to report.
    if ('problem' in manifest || manifest.value.kind !== undefined) continue;
    const started = Date.parse(manifest.value.startedAt);
    if (latest === undefined || started > latest.started) latest = { name, started };
  }
  if (latest !== undefined) return latest.name;
  throw new UsageError(
    `Expected a run in ${JSON.stringify(root)}, received none. Train one with rppkit train, or pass --runs if they are elsewhere.`,
  );
}
