import { readFileSync } from 'node:fs';
import { decodePolicy, type PolicyFile } from '@rppkit/policy';
import { type ExperimentConfig, parseExperimentConfig } from '../experiment/experiment-config.ts';
import type { GrowthOutcome } from '../experiment/grow-space.ts';
import type { CallCount, LearningPoint } from '../experiment/results.ts';
import { UsageError } from '../usage-error.ts';
import type { RunFolder } from './run-folder.ts';
import { assertSameConfig, assertTraining, describeGoOn } from './run-manifest.ts';

const bestFixedFile = 'checkpoints/best-fixed.json';
const trainingFile = 'training.json';

/** `training.json`: what a later evaluation needs to know of the training. */
export interface TrainingRecord {
  /** Number of the best fixed prompt's joint action. */
  readonly bestFixed: number;
  readonly bestFixedCalls: number;
  readonly policyCalls: number;
  readonly learningCurve: readonly LearningPoint[];
  /** Of RPP+. */
  readonly growth?: GrowthOutcome;
  /** Calls until the end of the training. */
  readonly calls: readonly CallCount[];
}

/** The configuration of an earlier run. Throws `UsageError` where it was changed since. */
export function readConfig(folder: RunFolder): ExperimentConfig {
  const text = readFileSync(folder.resolve('config.json'), 'utf8');
  assertSameConfig(folder, text);
  return parseExperimentConfig(JSON.parse(text));
}

/** `checkpoints/best-fixed.json`: what was found before training began. */
export interface BestFixedRecord {
  /** Number of its joint action. */
  readonly choice: number;
  readonly calls: number;
  /** Calls until then. */
  readonly counts: readonly CallCount[];
}

/** The best fixed prompt of an interrupted run; undefined where it was not found yet. */
export function readBestFixed(folder: RunFolder): BestFixedRecord | undefined {
  return folder.has(bestFixedFile) ? (folder.readJson(bestFixedFile) as BestFixedRecord) : undefined;
}

export function writeBestFixed(folder: RunFolder, record: BestFixedRecord): void {
  folder.write(bestFixedFile, `${JSON.stringify(record)}\n`);
}

/** Whether the training of a run has ended. */
export function isTrained(folder: RunFolder): boolean {
  return folder.has(trainingFile);
}

export function writeTrainingRecord(folder: RunFolder, record: TrainingRecord): void {
  folder.write(trainingFile, `${JSON.stringify(record, null, 2)}\n`);
}

/** Throws `UsageError` where the training of a run did not end. */
export function assertTrained(folder: RunFolder): void {
  assertTraining(folder);
  if (!isTrained(folder)) {
    throw new UsageError(
      `Expected run ${folder.name} to hold a trained policy, received none: its training did not end. Go on with it: ${describeGoOn(folder, 'train --resume')}.`,
    );
  }
}

/** The policy of an earlier run. Throws `UsageError` where its training did not end. */
export function readPolicy(folder: RunFolder): PolicyFile {
  assertTrained(folder);
  return decodePolicy(readFileSync(folder.resolve('policy.rpp')));
}

/** What is kept of the training of an earlier run that ended. */
export function readTrainingRecord(folder: RunFolder): TrainingRecord {
  return folder.readJson(trainingFile) as TrainingRecord;
}
