import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { TokenPrices } from '@rppkit/env';
import { RppError } from '@rppkit/spec';
import { InterruptedError, UsageError } from '../usage-error.ts';
import { getVersions } from '../versions.ts';
import { readCheckedManifest } from './checked-files.ts';
import type { RunFolder } from './run-folder.ts';
import { takeRun } from './run-lock.ts';

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

/** Where the policy of a run came from that did not train it. */
export interface PolicySource {
  /** Name of the run that trained it. */
  readonly run: string;
  /** The model that it was trained on, as the configuration names it; the best fixed prompt was found with it, too. */
  readonly model: string;
  /** SHA-256 of `policy.rpp` in hexadecimal. */
  readonly policyChecksum: string;
}

/** `manifest.json`: what a run needs to be understood later. Holds times and versions, never keys or absolute paths. */
export interface RunManifest extends RunWork {
  readonly schemaVersion: 1;
  /** Absent for a training; `headroom` for a cheap look, which has no policy. */
  readonly kind?: 'headroom';
  /** Calls that a cheap look plans. */
  readonly calls?: number;
  readonly seed: number;
  /** Of a training in another setting than the default one. */
  readonly preset?: 'reference';
  readonly model: string;
  readonly backend: string;
  readonly data: { readonly name: string; readonly checksums: Readonly<Record<string, string>> };
  /** SHA-256 of `config.json` in hexadecimal. */
  readonly configChecksum: string;
  readonly versions: Readonly<Record<string, string>>;
  /** What tokens cost, as the latest command that was told says. */
  readonly prices?: TokenPrices;
  /** Of a run that evaluates the policy of another run. */
  readonly source?: PolicySource;
  /** Later work on a training that had been interrupted, in order. */
  readonly resumptions: readonly RunWork[];
  /** Later evaluations, in order. */
  readonly evaluations: readonly RunWork[];
}

/** Reads the manifest of a run. Throws `UsageError` where it is damaged or of a version that this one cannot read. */
export function readManifest(folder: RunFolder): RunManifest {
  const manifest = readCheckedManifest(folder.resolve('manifest.json'));
  if ('value' in manifest) return manifest.value;
  const { problem, writer } = manifest;
  const advice =
    writer === undefined ? 'Restore it from a copy, or remove the run.' : `Read it with npx rppkit@${writer}.`;
  throw new UsageError(`Expected a run whose manifest can be read, received ${folder.path}: ${problem}. ${advice}`);
}

export interface TrackedWork {
  readonly folder: RunFolder;
  readonly command: string;
  readonly signal: AbortSignal;
  /** Of which the manifest keeps the prices. */
  readonly limits?: { readonly prices?: TokenPrices };
}

/** What is known of a run before it begins. */
export interface RunFacts extends Pick<RunManifest, 'seed' | 'preset' | 'model' | 'backend' | 'data' | 'source'> {
  /** Content of `config.json`. */
  readonly config: string;
}

/** Does the work of a new run, its training or that of a policy’s `source`, and keeps its manifest true to what happens. */
export function trackTraining<Result>(
  { folder, command, signal, limits }: TrackedWork,
  facts: RunFacts,
  action: () => Promise<Result>,
): Promise<Result> {
  const goOn = describeGoOn(folder, facts.source === undefined ? 'train --resume' : 'evaluate --run');
  return track({ folder, signal, goOn }, action, () => beginRun(folder, command, { ...facts, ...pickPrices(limits) }));
}

/** Does a cheap look, or goes on with it: the same command again asks nothing that is stored. */
export function trackLook<Result>(
  { folder, command, signal, limits }: TrackedWork,
  { calls, ...facts }: RunFacts & { readonly calls: number },
  action: () => Promise<Result>,
): Promise<Result> {
  const look = { kind: 'headroom', calls } as const;
  return track({ folder, signal, goOn: command }, action, () => {
    const prices = pickPrices(limits);
    if (!folder.has('manifest.json')) return beginRun(folder, command, { ...facts, ...look, ...prices });
    const { error: _error, endedAt: _endedAt, ...before } = readManifest(folder);
    return (end) => writeManifest(folder, { ...before, ...prices, status: 'running', ...end });
  });
}

function beginRun(
  folder: RunFolder,
  command: string,
  { config, ...facts }: RunFacts & Pick<RunManifest, 'kind' | 'calls' | 'prices'>,
): (end: WorkEnd) => void {
  folder.write('config.json', config);
  const started = {
    schemaVersion: 1,
    ...beginWork(command),
    ...facts,
    configChecksum: computeChecksum(config),
    versions: getVersions(),
    resumptions: [],
    evaluations: [],
  } as const;
  return (end) => writeManifest(folder, { ...started, ...end });
}

/** Goes on with a training that was interrupted: adds to the manifest's resumptions. */
export function trackResumption<Result>(
  { folder, command, signal, limits }: TrackedWork,
  action: () => Promise<Result>,
): Promise<Result> {
  return track({ folder, signal, goOn: describeGoOn(folder, 'train --resume') }, action, () => {
    const { error: _error, endedAt: _endedAt, ...before } = readManifest(folder);
    const started = beginWork(command);
    return (end) => {
      const resumption = { ...started, ...end };
      writeManifest(folder, {
        ...before,
        ...pickPrices(limits),
        ...end,
        status: resumption.status,
        resumptions: [...before.resumptions, resumption],
      });
    };
  });
}

/** Does an evaluation of a trained run: adds it to the manifest's evaluations and leaves the rest as it was. */
export function trackEvaluation<Result>(
  { folder, command, signal, limits }: TrackedWork,
  action: () => Promise<Result>,
): Promise<Result> {
  return track({ folder, signal, goOn: describeGoOn(folder, 'evaluate --run') }, action, () => {
    const { error: _error, ...before } = readManifest(folder);
    const started = beginWork(command);
    return (end) => {
      const evaluation = { ...started, ...end };
      writeManifest(folder, {
        ...before,
        ...pickPrices(limits),
        // Training may have ended well and only its evaluation failed: a good evaluation completes the run.
        ...(evaluation.status === 'done' ? { status: 'done' } : {}),
        evaluations: [...before.evaluations, evaluation],
      });
    };
  });
}

/** Whether a run began and has not come to its end. */
export function isUnfinished(folder: RunFolder): boolean {
  return folder.has('manifest.json') && readManifest(folder).status !== 'done';
}

/** Refuses to go on with a run that has ended, or that has no training. Throws `UsageError`. */
export function assertUnfinished(folder: RunFolder): void {
  assertTraining(folder);
  const { source } = readManifest(folder);
  if (source !== undefined) {
    throw new UsageError(
      `Expected --resume to name a training, received ${folder.name}, which evaluates the policy of run ${source.run}. Go on with it: ${describeGoOn(folder, 'evaluate --run')}.`,
    );
  }
  if (isUnfinished(folder)) return;
  throw new UsageError(
    `Expected --resume to name a run that has not ended, received ${folder.name}, which is done. See ${folder.resolve('report.html')}, or evaluate it again: ${describeGoOn(folder, 'evaluate --run')}.`,
  );
}

/** Refuses a cheap look, which has no policy and is gone on with by its own command. Throws `UsageError`. */
export function assertTraining(folder: RunFolder): void {
  const { kind, command } = readManifest(folder);
  if (kind === undefined) return;
  throw new UsageError(
    `Expected a run of train, received ${folder.name}, a look of ${command.split(' ').slice(0, 2).join(' ')}, which holds no policy. See it with rppkit runs show ${folder.name}; to go on with it, type the same command again: ${command}`,
  );
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

/** Refuses a configuration that is not the one that the run began with. Throws `UsageError`. */
export function assertSameConfig(folder: RunFolder, config: string): void {
  if (computeChecksum(config) === readManifest(folder).configChecksum) return;
  throw new UsageError(
    `Expected ${folder.resolve('config.json')} as it was when the run began, received other content. Undo the change, or train a new run with it.`,
  );
}

/** Which command goes on with a run: a training is resumed, the evaluation of another run's policy is made again. */
export function nameGoOn(folder: RunFolder): 'train --resume' | 'evaluate --run' {
  return readManifest(folder).source === undefined ? 'train --resume' : 'evaluate --run';
}

/** The command that goes on with a run. */
export function describeGoOn({ name, path }: RunFolder, command: 'train --resume' | 'evaluate --run'): string {
  const root = dirname(path);
  return `rppkit ${command} ${name}${root === 'runs' ? '' : ` --runs ${JSON.stringify(root)}`}`;
}

function pickPrices(limits: TrackedWork['limits']): Pick<RunManifest, 'prices'> {
  return limits?.prices === undefined ? {} : { prices: limits.prices };
}

function beginWork(command: string): RunWork {
  return { status: 'running', command, startedAt: new Date().toISOString() };
}

function computeChecksum(config: string): string {
  return createHash('sha256').update(config).digest('hex');
}

function writeManifest(folder: RunFolder, manifest: RunManifest): void {
  folder.write('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
}

type WorkEnd = Partial<Pick<RunWork, 'status' | 'endedAt' | 'error'>>;

/** Takes the run, writes that work has begun and how it ended, and gives the run back. */
async function track<Result>(
  {
    folder,
    signal,
    goOn,
  }: Pick<TrackedWork, 'folder' | 'signal'> & {
    /** The command that goes on. */
    readonly goOn: string;
  },
  action: () => Promise<Result>,
  begin: () => (end: WorkEnd) => void,
): Promise<Result> {
  const release = takeRun(folder.path);
  let write: (end: WorkEnd) => void = () => {};
  const writeEnd = (end: WorkEnd): void => write({ ...end, endedAt: new Date().toISOString() });
  /** For what has failed already: a full disk must not hide why. */
  const tryToWriteEnd = (end: WorkEnd): void => {
    try {
      writeEnd(end);
    } catch (error) {
      if (!RppError.isInstance(error)) throw error;
    }
  };
  // Said at once: the process may not live long enough to end in order.
  const onAbort = (): void => tryToWriteEnd({ status: 'interrupted' });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    write = begin();
    write({});
    const result = await action();
    writeEnd({ status: 'done' });
    return result;
  } catch (error) {
    if (signal.aborted || error instanceof InterruptedError) {
      // Once more for an abort that came before the work began.
      onAbort();
      const what = signal.aborted ? 'The run was interrupted.' : (error as InterruptedError).message;
      throw new InterruptedError(`${what} What the run had is kept in its folder. Go on with: ${goOn}`);
    }
    tryToWriteEnd({ status: 'failed', error: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    release();
  }
}
