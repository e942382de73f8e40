import type { ExperimentConfig } from './experiment-config.ts';

/**
 * The setting of the paper's released code, as far as the fields of a configuration can say it: 200 episodes of 15 rounds are
 * 3,000 calls, and one batch.
 */
const referencePreset = {
  rounds: 15,
  patterns: 'reference',
  learner: 'reference',
  observation: 'reference',
  candidates: 10,
  trainUsers: 200,
  reportUsers: 200,
  episodes: 200,
  batchSize: 200,
} as const satisfies Partial<ExperimentConfig>;

/** What the preset leaves out, as one line for people. */
export const referenceLimits =
  'Preset reference: hashed words stand in for BERT with PCA, a weighted mean for the GRU, the model’s own settings for LLaMA2’s temperature and top-p; most defects of the released code are not rebuilt, those of its update are.';

/** Puts the values of the preset that a configuration names below its own; what names none stays as it is. */
export function applyPreset(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('preset' in input)) return input;
  return input.preset === 'reference' ? { ...referencePreset, ...input } : input;
}

/** Whether the value of a field, where flags and file leave it out, is that of the preset. */
export function isOfPreset({ preset }: Pick<ExperimentConfig, 'preset'>, field: string): boolean {
  return preset === 'reference' && field in referencePreset;
}
