import { readFileSync } from 'node:fs';
import { decodePolicy, type PolicyFile } from '@rppkit/policy';
import { type ExperimentConfig, parseExperimentConfig } from '../experiment/experiment-config.ts';
import type { GrowthOutcome } from '../experiment/grow-space.ts';
import type { CallCount, LearningPoint } from '../experiment/results.ts';
import { UsageError } from '../usage-error.ts';
import type { RunFolder } from './run-folder.ts';

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

/** The configuration of an earlier run. */
export function readConfig(folder: RunFolder): ExperimentConfig {
  return parseExperimentConfig(folder.readJson('config.json'));
}

/** The policy of an earlier run. Throws `UsageError` where its training did not end. */
export function readPolicy(folder: RunFolder): PolicyFile {
  if (!folder.has('training.json')) {
    throw new UsageError(
      `Expected run ${folder.name} to hold a trained policy, received none: its training did not end. Train again.`,
    );
  }
  return decodePolicy(readFileSync(folder.resolve('policy.rpp')));
}

/** What is kept of the training of an earlier run that ended. */
export function readTrainingRecord(folder: RunFolder): TrainingRecord {
  return folder.readJson('training.json') as TrainingRecord;
}
