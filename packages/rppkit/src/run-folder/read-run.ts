import { readFileSync } from 'node:fs';
import { decodePolicy, type PolicyFile } from '@rppkit/policy';
import { type ExperimentConfig, parseExperimentConfig } from '../experiment/experiment-config.ts';
import { UsageError } from '../usage-error.ts';
import type { RunFolder } from './run-folder.ts';

/** The configuration of an earlier run. */
export function readConfig(folder: RunFolder): ExperimentConfig {
  return parseExperimentConfig(folder.readJson('config.json'));
}

/** The policy of an earlier run. Throws `UsageError` where its training did not end. */
export function readPolicy(folder: RunFolder): PolicyFile {
  try {
    return decodePolicy(readFileSync(folder.resolve('policy.rpp')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new UsageError(
        `Expected run ${folder.name} to hold policy.rpp, received none: its training did not end. Train again.`,
        { cause: error },
      );
    }
    throw error;
  }
}
