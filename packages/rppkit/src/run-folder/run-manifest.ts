import { InterruptedError, UsageError } from '../usage-error.ts';
import { getVersions } from '../versions.ts';
import type { RunFolder } from './run-folder.ts';

/** How a run or an evaluation ended, or that it has not. */
export type RunStatus = 'running' | 'done' | 'interrupted' | 'failed';

/** One stretch of work on a run. */
export interface RunWork {
  readonly status: RunStatus;
  readonly command: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** The message of what ended failed work. */
  readonly error?: string;
}

/** `manifest.json`: what a run needs to be understood later. Holds times and versions, never keys or absolute paths. */
export interface RunManifest extends RunWork {
  readonly schemaVersion: 1;
  readonly seed: number;
  readonly model: string;
  readonly backend: string;
  readonly data: { readonly name: string; readonly checksums: Readonly<Record<string, string>> };
  readonly versions: Readonly<Record<string, string>>;
  /** Later evaluations, in order. */
  readonly evaluations: readonly RunWork[];
}

/** Reads the manifest of a run. */
export function readManifest(folder: RunFolder): RunManifest {
  return folder.readJson('manifest.json') as RunManifest;
}

export interface TrackedWork {
  readonly folder: RunFolder;
  readonly command: string;
  readonly signal: AbortSignal;
}

/** Does the training of a run and keeps its manifest true to what happens. */
export function trackTraining<Result>(
  { folder, command, signal }: TrackedWork,
  facts: Pick<RunManifest, 'seed' | 'model' | 'backend' | 'data'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const started = {
    schemaVersion: 1,
    ...beginWork(command),
    ...facts,
    versions: getVersions(),
    evaluations: [],
  } as const;
  writeManifest(folder, started);
  return track(signal, work, (end) => writeManifest(folder, { ...started, ...end }));
}

/** Does an evaluation of a finished run: adds it to the manifest's evaluations and leaves the rest as it was. */
export function trackEvaluation<Result>(
  { folder, command, signal }: TrackedWork,
  work: () => Promise<Result>,
): Promise<Result> {
  const { error: _, ...before } = readManifest(folder);
  const started = beginWork(command);
  const write = (evaluation: RunWork): void =>
    writeManifest(folder, {
      ...before,
      // Training may have ended well and only its evaluation failed: a good evaluation completes the run.
      ...(evaluation.status === 'done' ? { status: 'done' } : {}),
      evaluations: [...before.evaluations, evaluation],
    });
  write(started);
  return track(signal, work, (end) => write({ ...started, ...end }));
}

/** Refuses data that are not those a run was trained on: users might have changed sides. Throws `UsageError`. */
export function assertSameData(folder: RunFolder, checksums: Readonly<Record<string, string>>): void {
  const before = readManifest(folder).data.checksums;
  for (const [file, checksum] of Object.entries(before)) {
    if (checksums[file] !== checksum) {
      throw new UsageError(
        `Expected ${file} as it was when run ${folder.name} was trained, received other content. Users could have moved from training to report; train again.`,
      );
    }
  }
}

function beginWork(command: string): RunWork {
  return { status: 'running', command, startedAt: new Date().toISOString() };
}

function writeManifest(folder: RunFolder, manifest: RunManifest): void {
  folder.write('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
}

async function track<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
  end: (state: Pick<RunWork, 'status' | 'endedAt' | 'error'>) => void,
): Promise<Result> {
  const endedAt = (): string => new Date().toISOString();
  // Said at once: the process may not live long enough to end in order.
  const onAbort = (): void => end({ status: 'interrupted', endedAt: endedAt() });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const result = await work();
    end({ status: 'done', endedAt: endedAt() });
    return result;
  } catch (error) {
    if (signal.aborted) {
      // Once more for an abort that came before the work began.
      onAbort();
      throw new InterruptedError();
    }
    end({ status: 'failed', endedAt: endedAt(), error: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
