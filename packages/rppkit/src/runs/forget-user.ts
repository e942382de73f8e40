import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deleteStoredResponses } from '@rppkit/env/node';
import { readCheckedManifest } from '../run-folder/checked-files.ts';
import { openRunFolder, type RunFolder } from '../run-folder/run-folder.ts';
import { assertNotRunning, withRuns } from '../run-folder/run-lock.ts';
import { readManifest } from '../run-folder/run-manifest.ts';
import { findRun } from './find-run.ts';
import { listFolders } from './list-runs.ts';
import { listRunFiles, measurePath } from './run-files.ts';
import { findUserAnswers } from './user-answers.ts';
import { countUserRecords, type ForgottenUser, removeUserRecords, type UserRecords } from './user-records.ts';

/** What a run holds of one user, and what will stay after the user was forgotten. */
export interface UserTraces extends UserRecords {
  readonly run: string;
  readonly user: string;
  /** Keys of stored answers to prompts about the user. */
  readonly answers: readonly string[];
  /** Bytes of checkpoints, which hold the state of episodes and go as a whole. */
  readonly checkpoints: number;
  /** What cannot be removed, a sentence each. */
  readonly remaining: readonly string[];
}

/** Files that hold nothing of single users, or are dealt with. */
const knownFiles: ReadonlySet<string> = new Set([
  'calls.jsonl',
  'checkpoints/',
  'config.json',
  'evaluation.csv',
  'examples.jsonl',
  'headroom.json',
  'lineage.json',
  'lock',
  'manifest.json',
  'metrics.csv',
  'policy.rpp',
  'redaction-salt',
  'report-redacted.html',
  'report.html',
  'responses/',
  'results.json',
  'timing.csv',
  'training.json',
  'trajectories.jsonl',
]);

/** Looks for one user in a run. Throws `UsageError` where there is no such run, and where it is running. */
export async function findUserTraces(root: string, run: string, user: string): Promise<UserTraces> {
  const path = findRun(root, run);
  assertNotRunning(path);
  const records = countUserRecords(path, listTasks(openRunFolder(root, run), user));
  const { keys: answers, problem } = await findUserAnswers(openRunFolder(root, run), user);
  const holds = records.trajectories + records.evaluation + records.examples + answers.length > 0;
  return {
    run,
    user,
    ...records,
    answers,
    checkpoints: holds ? measurePath(join(path, 'checkpoints')) : 0,
    remaining: describeRemaining(path, { run, trained: records.trajectories > 0, problem }),
  };
}

/** Removes what `findUserTraces` found. Where it is interrupted, the same again removes the rest. */
export async function forgetUser(root: string, { run, user, answers, checkpoints }: UserTraces): Promise<void> {
  const path = findRun(root, run);
  await withRuns([path], async () => {
    if (checkpoints > 0) rmSync(join(path, 'checkpoints'), { recursive: true });
    if (answers.length > 0) await deleteStoredResponses(join(path, 'responses'), answers);
    await removeUserRecords(path, listTasks(openRunFolder(root, run), user));
  });
}

/** Tasks are named after data set, user and the part of what the user did that judges them. */
function listTasks(folder: RunFolder, user: string): ForgottenUser {
  const { data } = readManifest(folder);
  return { user, tasks: new Set(['validation', 'test'].map((target) => `${data.name}:${user}:${target}`)) };
}

function describeRemaining(
  path: string,
  { run, trained, problem }: { readonly run: string; readonly trained: boolean; readonly problem: string | undefined },
): readonly string[] {
  const manifest = readCheckedManifest(join(path, 'manifest.json'));
  const source = 'value' in manifest ? manifest.value.source : undefined;
  const files = listRunFiles(path).map(({ name }) => name);
  const unknown = files.filter((name) => !knownFiles.has(name));
  const remaining = [
    'The data set: it still holds the user, and an evaluation would ask about the user again. Remove the user there too; an evaluation of this run is then refused, because its data have changed.',
    'Figures over all users (results.json, report.html, training.json, metrics.csv): this user still counts in them.',
  ];
  if (trained && files.includes('policy.rpp')) {
    remaining.push('policy.rpp: its weights were learned from this user among others. Train again without the user.');
  }
  if (source !== undefined) {
    remaining.push(`policy.rpp: it is that of run ${source.run}, which may hold the user. Forget the user there, too.`);
  }
  if (
    'value' in manifest &&
    [manifest.value, ...manifest.value.resumptions, ...manifest.value.evaluations].some(
      ({ error }) => error !== undefined,
    )
  ) {
    remaining.push('manifest.json: messages of errors, in which a provider may have quoted a prompt.');
  }
  if (files.includes('lineage.json')) {
    remaining.push(
      'lineage.json: sentences that were refined after answers about many users, and the stored answers of refinements.',
    );
  }
  if (files.includes('responses/')) {
    if (problem !== undefined) {
      remaining.push(
        `responses/: answers about this user could not be told from others. ${problem} To remove all answers: rppkit runs clean ${run} --responses`,
      );
    }
    remaining.push('What the provider of the model keeps of the prompts that it was sent.');
  }
  const evaluations = listTransfers(path, run);
  if (evaluations.length > 0) {
    remaining.push(`Runs that evaluate its policy: ${evaluations.join(', ')}. Forget the user there, too.`);
  }
  remaining.push('Copies of this folder, and reports that were handed on.');
  if (unknown.length > 0) remaining.push(`Files that rppkit did not write or does not know: ${unknown.join(', ')}.`);
  return remaining;
}

/** Runs beside it whose policy is that of this run. */
function listTransfers(path: string, run: string): readonly string[] {
  const root = dirname(path);
  return listFolders(root).filter((name) => {
    const manifest = readCheckedManifest(join(root, name, 'manifest.json'));
    return 'value' in manifest && manifest.value.source?.run === run;
  });
}
