// Experiments
export type { RunEstimate } from './experiment/estimate-run.ts';
export {
  reevaluateExperiment,
  resumeExperiment,
  type RunLimits,
  type RunOptions,
  runExperiment,
} from './experiment/run-experiment.ts';
export {
  type DataConfig,
  type ExperimentConfig,
  type ExperimentConfigInput,
  parseExperimentConfig,
} from './experiment/experiment-config.ts';
export { defineExperiment } from './configuration/define-experiment.ts';
export { createConfigSchema } from './configuration/create-config-schema.ts';
export type {
  AnswerCounts,
  CallCount,
  CallPhase,
  Estimate,
  ExperimentResults,
  ExpressionEffect,
  GroupUse,
  LearningPoint,
  PatternEffects,
  PatternUse,
  PhaseCost,
  PositionBias,
  PromptExample,
  ResultRow,
  RowId,
  RunCost,
  Significance,
  SystemComparison,
} from './experiment/results.ts';

// Run folders and reports
export { createRunFolder, openRunFolder, type RunFolder } from './run-folder/run-folder.ts';
export { readManifest, type RunManifest, type RunStatus, type RunWork } from './run-folder/run-manifest.ts';
export { readConfig, readPolicy } from './run-folder/read-run.ts';
export { readExamples } from './run-folder/example-file.ts';
export { createProgress, type Progress, type TextStream } from './terminal/progress.ts';
export { type ReportOptions, renderReport } from './report/render-report.ts';

// Models
export { type CreateRankerOptions, createRanker, type Ranker } from './models/create-ranker.ts';

// The command line
export { type CliStreams, runCli } from './run-cli.ts';
export { InterruptedError, UsageError } from './usage-error.ts';
