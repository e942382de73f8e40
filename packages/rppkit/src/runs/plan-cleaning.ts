import { join } from 'node:path';
import { readCheckedManifest } from '../run-folder/checked-files.ts';
import { assertNotRunning } from '../run-folder/run-lock.ts';
import { findRun } from './find-run.ts';
import { countAskedCalls, readRunCalls } from './run-calls.ts';
import { measurePath } from './run-files.ts';

/** Parts of a run that can be removed. */
export type RunPart = 'responses' | 'checkpoints' | 'all';

/** One thing that would be removed. */
export interface Removal {
  readonly run: string;
  readonly part: RunPart;
  readonly path: string;
  readonly bytes: number;
  /** What can no longer be done afterwards. */
  readonly consequence: string;
}

/**
 * What cleaning would remove, without removing it; parts that a run does not have are left out. Throws `UsageError` for a run
 * that does not exist and for one that is running.
 */
export function planCleaning(root: string, names: readonly string[], parts: ReadonlySet<RunPart>): readonly Removal[] {
  return names.flatMap((run) => {
    const folder = findRun(root, run);
    assertNotRunning(folder);
    // The whole contains the others.
    const wanted: readonly RunPart[] = parts.has('all') ? ['all'] : [...parts];
    return wanted.flatMap((part) => {
      const path = part === 'all' ? folder : join(folder, part);
      const bytes = measurePath(path);
      return bytes === 0 ? [] : [{ run, part, path, bytes, consequence: describeConsequence(folder, part) }];
    });
  });
}

function describeConsequence(folder: string, part: RunPart): string {
  const manifest = readCheckedManifest(join(folder, 'manifest.json'));
  const done = 'value' in manifest && manifest.value.status === 'done';
  const look = 'value' in manifest && manifest.value.kind === 'headroom';
  switch (part) {
    case 'all':
      return 'The run is gone, with its policy, results, report and stored answers.';
    case 'checkpoints':
      return done
        ? 'Nothing is lost: the run is done and need not be resumed.'
        : 'The run can no longer be resumed; it has to be trained anew.';
    case 'responses':
      if (look) return `The same look asks the model, and pays, again for ${describeCalls(folder)}.`;
      return done
        ? `An evaluation asks the model again, and pays again, for ${describeCalls(folder)}.`
        : `The run can be resumed or evaluated only by asking, and paying, again for ${describeCalls(folder)}.`;
  }
}

function describeCalls(folder: string): string {
  const calls = readRunCalls(folder, undefined);
  return calls === undefined ? 'its answers' : `up to ${countAskedCalls(calls).toLocaleString('en-US')} answers`;
}
