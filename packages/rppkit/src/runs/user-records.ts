import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ExperimentResults } from '../experiment/results.ts';
import { renderReport } from '../report/render-report.ts';
import { replaceFile } from '../run-folder/durable-files.ts';
import { readSoundExamples, writeExamples } from '../run-folder/example-file.ts';
import { readFileLines } from '../run-folder/file-lines.ts';

/** What the files of a run hold of one user, besides stored answers. */
export interface UserRecords {
  /** Lines of `trajectories.jsonl`. */
  readonly trajectories: number;
  /** Rows of `evaluation.csv`. */
  readonly evaluation: number;
  /** Lines of `examples.jsonl`, which `report.html` shows; damaged ones may be about the user and count. */
  readonly examples: number;
}

/** The user and the ids of the tasks that a run may have made of what the user did. */
export interface ForgottenUser {
  readonly user: string;
  readonly tasks: ReadonlySet<string>;
}

/** Counts what `removeUserRecords` would remove. */
export function countUserRecords(path: string, user: ForgottenUser): UserRecords {
  return {
    trajectories: count(readTrajectories(path), (line) => isLineOf(line, user)),
    evaluation: count(readEvaluation(path), (record) => isRecordOf(record, user)),
    examples: countExamples(path, user),
  };
}

/** Removes a user from the files of a run, each of them in one step, and renders the report anew. */
export async function removeUserRecords(path: string, user: ForgottenUser): Promise<void> {
  const { trajectories, evaluation, examples } = countUserRecords(path, user);
  if (trajectories > 0) {
    replaceFile(
      join(path, 'trajectories.jsonl'),
      filter(readTrajectories(path), (line) => !isLineOf(line, user)),
    );
  }
  if (evaluation > 0) {
    replaceFile(
      join(path, 'evaluation.csv'),
      filter(readEvaluation(path), (record) => !isRecordOf(record, user)),
    );
  }
  if (examples > 0) {
    const kept = readSoundExamples(path).examples.filter((example) => example.user !== user.user);
    // A redacted report may show the user among its examples, without the id; it can be made again.
    rmSync(join(path, 'report-redacted.html'), { force: true });
    // The report first: where this is interrupted, examples.jsonl still says that there is something to remove.
    if (existsSync(join(path, 'results.json'))) {
      const results = JSON.parse(readFileSync(join(path, 'results.json'), 'utf8')) as ExperimentResults;
      replaceFile(join(path, 'report.html'), await renderReport(results, kept));
    }
    writeExamples({ path }, kept);
  }
}

function readTrajectories(path: string): Iterable<Buffer> {
  const file = join(path, 'trajectories.jsonl');
  return existsSync(file) ? readFileLines(file) : [];
}

/** A line that was cut off counts by the task that it names. */
function isLineOf(line: Buffer, { tasks }: ForgottenUser): boolean {
  for (const task of tasks) {
    if (!line.includes(JSON.stringify(task))) continue;
    const named = readTask(line);
    if (named === undefined || named === task) return true;
  }
  return false;
}

function readTask(line: Buffer): unknown {
  try {
    return (JSON.parse(line.toString()) as { readonly task?: unknown }).task;
  } catch {
    return undefined;
  }
}

/** The records of the CSV file as they are written, each with its line feed. */
function readEvaluation(path: string): readonly string[] {
  const file = join(path, 'evaluation.csv');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').match(/(?:"(?:[^"]|"")*"|[^"\n])*(?:\n|$)/g)!;
}

function isRecordOf(record: string, { user }: ForgottenUser): boolean {
  const field = /^(?:"((?:[^"]|"")*)"|([^,]*)),/.exec(record);
  return (field?.[1]?.replaceAll('""', '"') ?? field?.[2]) === user;
}

function countExamples(path: string, { user }: ForgottenUser): number {
  const { examples, damaged } = readSoundExamples(path);
  return damaged + count(examples, (example) => example.user === user);
}

function count<Value>(values: Iterable<Value>, isCounted: (value: Value) => boolean): number {
  let counted = 0;
  for (const value of values) if (isCounted(value)) counted++;
  return counted;
}

function* filter<Value>(values: Iterable<Value>, isKept: (value: Value) => boolean): Generator<Value> {
  for (const value of values) if (isKept(value)) yield value;
}
