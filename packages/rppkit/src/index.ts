// Experiments
export {
  type DataConfig,
  type ExperimentConfig,
  type ExperimentConfigInput,
  parseExperimentConfig,
} from './experiment/experiment-config.ts';
export type {
  CallCount,
  CallPhase,
  Estimate,
  ExperimentResults,
  LearningPoint,
  PatternUse,
  PromptExample,
  ResultRow,
  RowId,
} from './experiment/results.ts';
export {
  type RunOptions,
  readConfig,
  readPolicy,
  reevaluateExperiment,
  runExperiment,
} from './experiment/run-experiment.ts';

// Models
export { type CreateRankerOptions, createRanker, type Ranker } from './models/create-ranker.ts';
export { renderReport } from './report/render-report.ts';

// The command line
export { type CliStreams, runCli } from './run-cli.ts';
export {
  createRunFolder,
  openRunFolder,
  type RunFolder,
  type RunManifest,
  type RunStatus,
} from './run-folder/run-folder.ts';
export { createProgress, type Progress } from './terminal/progress.ts';
export { InterruptedError, UsageError } from './usage-error.ts';
