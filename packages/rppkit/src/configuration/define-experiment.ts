import type { ExperimentConfigInput } from '../experiment/experiment-config.ts';

/** Gives a configuration file its type; the configuration is checked when it is read. */
export function defineExperiment(config: ExperimentConfigInput): ExperimentConfigInput {
  return config;
}
