import { join } from 'node:path';
import { z } from 'zod';
import type { Estimate } from '../experiment/results.ts';
import { readCheckedLook, type StoredLook } from '../headroom/headroom-results.ts';
import {
  readChecked,
  readCheckedManifest,
  readCheckedResults,
  type StoredResults,
} from '../run-folder/checked-files.ts';
import { readLiveLock } from '../run-folder/run-lock.ts';
import type { RunManifest, RunStatus, RunWork } from '../run-folder/run-manifest.ts';
import { countAskedCalls, readRunCalls } from './run-calls.ts';
import { measurePath } from './run-files.ts';

/** How a run stands. `killed`: its manifest says running, and no process works on it. */
export type RunState = RunStatus | 'killed';

/** A run in a line of a list. */
export interface RunSummary {
  readonly name: string;
  readonly status: RunState;
  readonly data: string;
  /** As the configuration names it. */
  readonly model: string;
  readonly startedAt: string;
  /** Mean NDCG@10 over the report users; null until the run was evaluated. */
  readonly ndcg: { readonly bestFixed: number; readonly rpp: number; readonly gain: Estimate } | null;
  /** What a cheap look found; null for trainings, and until it has ended. */
  readonly look: Pick<StoredLook, 'verdict' | 'p'> | null;
  /** Calls that reached the model; null where none were counted yet. */
  readonly calls: number | null;
  /** Length of all its files. */
  readonly bytes: number;
}

/** What a folder that is listed turned out to be. */
export type FoundRun = RunSummary | { readonly name: string; readonly problem: string };

const configSchema = z.looseObject({ model: z.string() });

/** Looks at one folder of the runs folder `root`. Never throws for what is in it. */
export function summarizeRun(root: string, name: string): FoundRun {
  const path = join(root, name);
  const manifest = readCheckedManifest(join(path, 'manifest.json'));
  if ('problem' in manifest) return { name, problem: manifest.problem };
  const config = readChecked(join(path, 'config.json'), configSchema);
  const results = readCheckedResults(join(path, 'results.json'));
  const stored = 'value' in results ? results.value : undefined;
  const look = readCheckedLook(join(path, 'headroom.json'));
  const calls = readRunCalls(path, stored);
  return {
    name,
    status: determineRunState(path, manifest.value),
    data: manifest.value.data.name,
    model: 'value' in config ? config.value.model : manifest.value.model,
    startedAt: manifest.value.startedAt,
    ndcg: stored === undefined ? null : summarizeNdcg(stored),
    look: 'value' in look ? { verdict: look.value.verdict, p: look.value.p } : null,
    calls: calls === undefined ? null : countAskedCalls(calls),
    bytes: measurePath(path),
  };
}

/** The state of a run, which is running also where it is being evaluated again. */
export function determineRunState(path: string, { status, evaluations }: RunManifest): RunState {
  const evaluation = evaluations.at(-1);
  const evaluating = evaluation !== undefined && determineState(path, evaluation) === 'running';
  return evaluating ? 'running' : determineState(path, { status });
}

/** Of work that says running: whether a process works on the run. */
export function determineState(path: string, { status }: Pick<RunWork, 'status'>): RunState {
  return status === 'running' && readLiveLock(path) === undefined ? 'killed' : status;
}

function summarizeNdcg({ rows, gains }: StoredResults): RunSummary['ndcg'] {
  const find = (wanted: string): number | undefined => rows.find(({ id }) => id === wanted)?.ndcg[10].mean;
  const [bestFixed, rpp] = [find('best-fixed'), find('rpp')];
  return bestFixed === undefined || rpp === undefined ? null : { bestFixed, rpp, gain: gains.overBestFixed };
}
