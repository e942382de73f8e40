import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RecommendationEnvironmentState } from '@rppkit/env';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '@rppkit/marl';
import type { GrowthState } from '@rppkit/refiner';
import type { LearningCurveState } from '../experiment/learning-curve.ts';
import type { CallCount } from '../experiment/results.ts';
import { beginsAsMarked, type FileMark } from './appended-file.ts';
import { replaceFile } from './durable-files.ts';
import type { RunFolder } from './run-folder.ts';

/** Files that a checkpoint knows the content of, and resuming cuts back to it. */
const markedFiles = ['trajectories.jsonl', 'metrics.csv'] as const;

/** All that the training of a run needs to go on as if it had never been interrupted. */
export interface RunCheckpoint {
  readonly training: Checkpoint;
  /** Of RPP. */
  readonly environment?: RecommendationEnvironmentState;
  /** Of RPP+; holds the environment's state, too. */
  readonly growth?: GrowthState;
  readonly curve: LearningCurveState;
  readonly files: Readonly<Record<(typeof markedFiles)[number], FileMark>>;
  /** Calls until then. */
  readonly calls: readonly CallCount[];
}

/** Two, so that one is whole whatever happens to the other. */
const kept = 2;
const fileName = /^(\d{8})\.ckpt$/;

/**
 * Writes a checkpoint to `checkpoints/` and removes all but the last two. A file holds the SHA-256 of the rest in
 * hexadecimal, a line of JSON, and the bytes of `encodeCheckpoint`.
 */
export function writeCheckpoint(folder: RunFolder, { training, ...state }: RunCheckpoint): void {
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(state)}\n`), encodeCheckpoint(training)]);
  const name = `${String(training.training.updates).padStart(8, '0')}.ckpt`;
  replaceFile(join(folder.resolve('checkpoints'), name), Buffer.concat([Buffer.from(`${hash(body)}\n`), body]));
  for (const older of listCheckpoints(folder).slice(kept)) rmSync(older);
}

/**
 * The newest checkpoint that is whole and whose files begin as they did then; undefined where there is none. `log` is told of
 * those that cannot be used.
 */
export function readCheckpoint(folder: RunFolder, log: (line: string) => void): RunCheckpoint | undefined {
  for (const path of listCheckpoints(folder)) {
    const checkpoint = decode(readFileSync(path));
    if (checkpoint === undefined) {
      log(`Checkpoint ${path} is damaged and is left out.`);
      continue;
    }
    const changed = markedFiles.find((name) => !beginsAsMarked(folder.resolve(name), checkpoint.files[name]));
    if (changed === undefined) return checkpoint;
    log(`Checkpoint ${path} is left out: ${changed} is not as it was then.`);
  }
  return undefined;
}

/** Paths, newest first. */
function listCheckpoints(folder: RunFolder): readonly string[] {
  if (!folder.has('checkpoints')) return [];
  const path = folder.resolve('checkpoints');
  const names = readdirSync(path).filter((name) => fileName.test(name));
  return names
    .toSorted()
    .toReversed()
    .map((name) => join(path, name));
}

function decode(bytes: Buffer): RunCheckpoint | undefined {
  const first = bytes.indexOf(10);
  const body = bytes.subarray(first + 1);
  if (first < 0 || bytes.subarray(0, first).toString() !== hash(body)) return undefined;
  const second = body.indexOf(10);
  const state = JSON.parse(body.subarray(0, second).toString()) as Omit<RunCheckpoint, 'training'>;
  // A copy begins at an address that arrays of floats can begin at.
  return { ...state, training: decodeCheckpoint(Uint8Array.from(body.subarray(second + 1))) };
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
