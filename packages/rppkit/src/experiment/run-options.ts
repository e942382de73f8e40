import type { BudgetOptions } from '@rppkit/env';
import type { RunFolder } from '../run-folder/run-folder.ts';
import type { Progress } from '../terminal/progress.ts';
import type { RunEstimate } from './estimate-run.ts';
import type { ExperimentConfig } from './experiment-config.ts';
import type { ModelOptions } from './prepare-experiment.ts';

/** What an experiment needs from its surroundings. */
export interface RunOptions extends ModelOptions {
  readonly config: ExperimentConfig;
  readonly folder: RunFolder;
  /** As typed, with absolute paths made relative; goes into the manifest. */
  readonly command: string;
  /** Receives one line of text at a time. */
  readonly log: (line: string) => void;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** What may be spent; default no limit. A run that has spent it is interrupted, and can be gone on with. */
  readonly limits?: RunLimits;
  /** Asked before the first call of new work with a model that costs something; default: goes on. */
  readonly confirm?: (estimate: RunEstimate) => Promise<boolean>;
}

/** What one command may spend; stored answers cost nothing of it. */
export type RunLimits = Pick<BudgetOptions, 'maxCalls' | 'maxTokens' | 'maxCost' | 'prices'>;
