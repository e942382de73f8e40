import { join } from 'node:path';
import { z } from 'zod';
import { readCheckedLook, type StoredLook } from '../headroom/headroom-results.ts';
import {
  readChecked,
  readCheckedResults,
  type StoredCallCount,
  type StoredResults,
} from '../run-folder/checked-files.ts';
import { openRunFolder } from '../run-folder/run-folder.ts';
import { type RunManifest, type RunWork, readManifest } from '../run-folder/run-manifest.ts';
import { findRun } from './find-run.ts';
import { readRunCalls } from './run-calls.ts';
import { listRunFiles, type RunFile } from './run-files.ts';
import { determineRunState, determineState, type RunState } from './run-summary.ts';

/** Everything that `rppkit runs show` tells of a run. */
export interface RunDescription {
  readonly name: string;
  readonly path: string;
  readonly status: RunState;
  readonly manifest: RunManifest;
  /** Later evaluations, in order. */
  readonly evaluations: readonly (Omit<RunWork, 'status'> & { readonly status: RunState })[];
  /** As written; null where it cannot be read. */
  readonly config: Readonly<Record<string, unknown>> | null;
  /** Null until the run was evaluated. */
  readonly results: Pick<StoredResults, 'rows' | 'gains' | 'verdict'> | null;
  /** What a cheap look found; null for trainings, and until it has ended. */
  readonly look: StoredLook | null;
  /** Null where none were counted yet. */
  readonly calls: readonly StoredCallCount[] | null;
  readonly files: readonly RunFile[];
  /** What cannot be read, and why. */
  readonly problems: readonly string[];
  /** Commands with which to go on, and what each does. */
  readonly next: readonly { readonly command: string; readonly purpose: string }[];
}

const configSchema = z.record(z.string(), z.unknown());

/** Reads a run. Throws `UsageError` where there is none, or none whose manifest can be read. */
export function describeRun(root: string, name: string): RunDescription {
  const path = findRun(root, name);
  const manifest = readManifest(openRunFolder(root, name));
  const status = determineRunState(path, manifest);
  const config = readChecked(join(path, 'config.json'), configSchema);
  const results = readCheckedResults(join(path, 'results.json'));
  const look = readCheckedLook(join(path, 'headroom.json'));
  const files = listRunFiles(path);
  const held = new Set(files.map((file) => file.name));
  const problems = [
    ...('problem' in config ? [config.problem] : []),
    ...('problem' in results && held.has('results.json') ? [results.problem] : []),
    ...('problem' in look && held.has('headroom.json') ? [look.problem] : []),
  ];
  const stored = 'value' in results ? results.value : undefined;
  return {
    name,
    path,
    status,
    manifest,
    evaluations: manifest.evaluations.map((evaluation) => ({
      ...evaluation,
      status: determineState(path, evaluation),
    })),
    config: 'value' in config ? config.value : null,
    results: stored === undefined ? null : { rows: stored.rows, gains: stored.gains, verdict: stored.verdict },
    look: 'value' in look ? look.value : null,
    calls: readRunCalls(path, stored) ?? null,
    files,
    problems,
    next:
      manifest.kind === 'headroom'
        ? listLookSteps(manifest, status, 'value' in look ? look.value : undefined)
        : listNextSteps(name, root, { status, trained: held.has('training.json') && held.has('policy.rpp') }),
  };
}

function listLookSteps(
  { command }: RunManifest,
  status: RunState,
  look: StoredLook | undefined,
): RunDescription['next'] {
  if (status === 'running') return [];
  if (status === 'done' && look !== undefined) return look.next;
  return [{ command, purpose: 'go on with the look' }];
}

function listNextSteps(
  name: string,
  root: string,
  { status, trained }: { readonly status: RunState; readonly trained: boolean },
): RunDescription['next'] {
  const where = root === 'runs' ? '' : ` --runs ${root}`;
  if (status === 'running') return [];
  const evaluate = { command: `rppkit evaluate --run ${name}${where}`, purpose: 'evaluate again' };
  const personalize = {
    command: `rppkit personalize --run ${name} --user ID${where}`,
    purpose: 'print the prompt for one user',
  };
  if (trained) return [evaluate, personalize];
  return [{ command: `rppkit train --resume ${name}${where}`, purpose: 'go on where the training ended' }];
}
