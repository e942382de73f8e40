import { isDeepStrictEqual } from 'node:util';
import { findFlag } from './config-fields.ts';
import type { ExperimentConfig } from './experiment-config.ts';

/** The fields that decide what random prompts of training users ask; others, such as `concurrency`, change no answer. */
const fields = [
  'data',
  'domain',
  'patterns',
  'model',
  'temperature',
  'seed',
  'candidates',
  'trainUsers',
  'reportUsers',
] as const satisfies readonly (keyof ExperimentConfig)[];

/** The first field by which two configurations ask different things, as its flag where it has one; undefined: none. */
export function findAskingDifference(left: ExperimentConfig, right: ExperimentConfig): string | undefined {
  const field = fields.find((one) => !isDeepStrictEqual(left[one], right[one]));
  return field === undefined ? undefined : (findFlag(field) ?? field);
}
