// Training, evaluating and serving from your own code
export {
  evaluatePolicy,
  type FinishedRun,
  type RunRppOptions,
  resumeRpp,
  type TrainRppOptions,
  trainRpp,
} from './api/train-rpp.ts';
export type { RunEvent, RunListener } from './api/run-events.ts';
export type { ModelOptions } from './experiment/prepare-experiment.ts';
export { openPromptPolicy, type PersonalPrompt, type PromptPolicy, parseRanking, personalize } from '@rppkit/env';
export { fromLangChain } from '@rppkit/env/langchain';
export { decodePolicy, type PolicyFile } from '@rppkit/policy';
export { type Item, type RankingTask, RppError, type TextModel, TextModelError } from '@rppkit/spec';

// Experiments
export type { RunEstimate } from './experiment/estimate-run.ts';
export {
  reevaluateExperiment,
  resumeExperiment,
  runExperiment,
} from './experiment/run-experiment.ts';
export type { RunLimits, RunOptions } from './experiment/run-options.ts';
export { createTransferConfig, type TransferOptions, transferExperiment } from './experiment/transfer-experiment.ts';
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
  FrozenPattern,
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
  RunSetting,
  Significance,
  SystemComparison,
} from './experiment/results.ts';
export type { CallFacts, RateLimitFacts, RunFacts } from './experiment/run-facts.ts';

// The paper's experiment
export { type RankingSuiteOptions, runRankingSuite } from './suite/run-ranking-suite.ts';
export { summarizeSuite } from './suite/summarize-suite.ts';
export { renderSuite } from './suite/render-suite.ts';
export { type RankingRowKind, type RankingRowName, rankingRowNames } from './suite/ranking-rows.ts';
export type { MeasuredRow, MissingRow, RowOutcome, SuiteOutcome, SuiteValues } from './suite/suite-outcome.ts';
export type { SuiteResults, SuiteRow } from './suite/suite-results.ts';

// Run folders and reports
export { createRunFolder, openRunFolder, type RunFolder } from './run-folder/run-folder.ts';
export {
  type PolicySource,
  readManifest,
  type RunManifest,
  type RunStatus,
  type RunWork,
} from './run-folder/run-manifest.ts';
export { readConfig, readPolicy } from './run-folder/read-run.ts';
export { readExamples } from './run-folder/example-file.ts';
export { type CreateProgressOptions, createProgress, type Progress, type TextStream } from './terminal/progress.ts';
export { type ReportOptions, renderReport } from './report/render-report.ts';

// Comparisons
export { type ComparedMetric, compareRuns, type RunComparison } from './comparison/compare-runs.ts';
export type { RunDifference } from './comparison/list-differences.ts';

// Models
export { type CreateRankerOptions, createRanker, type Ranker } from './models/create-ranker.ts';

// The command line
export { type CliStreams, runCli } from './run-cli.ts';
export { InterruptedError, UsageError } from './usage-error.ts';
