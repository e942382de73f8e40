// Interactions and data sets
export type { Dataset, InteractionOrder } from './dataset.ts';
export {
  collectInteractionLog,
  createInteractionLog,
  type InteractionLog,
  type InteractionRow,
} from './interaction-log.ts';
export { createUserSequences, type Repeats, type UserSequences } from './user-sequences.ts';

// Description
export { type DatasetDescription, describeDataset } from './describe/describe-dataset.ts';
export type { LengthQuantiles } from './describe/length-quantiles.ts';

// Files
export { createBlobFile, createMemoryFile, type DataFile } from './files/data-file.ts';
export type { ReadOptions } from './files/read-options.ts';
export type { TextEncoding } from './files/text-encoding.ts';
export { cleanTitle, type TitleOptions } from './titles/clean-title.ts';

// Readers of any data
export type { CsvSyntax } from './formats/csv-syntax.ts';
export { type InteractionCsvOptions, type InteractionOptions, readInteractionCsv } from './formats/interaction-csv.ts';
export type { InteractionColumns } from './formats/interaction-table.ts';
export type { TimeFormat } from './formats/interaction-time.ts';
export { type ItemCsvOptions, readItemCsv } from './formats/item-csv.ts';
export type { ItemColumns } from './formats/item-table.ts';
export {
  type InteractionJsonLinesOptions,
  type ItemJsonLinesOptions,
  readInteractionJsonLines,
  readItemJsonLines,
} from './formats/json-lines.ts';

// Readers of known data sets
export { type AmazonFiles, type AmazonOptions, readAmazonReviews } from './formats/amazon.ts';
export type { AmazonGeneration } from './formats/amazon-layout.ts';
export { type HetrecLastfmFiles, type HetrecLastfmOptions, readHetrecLastfm } from './formats/hetrec-lastfm.ts';
export { type Movielens100kFiles, readMovielens100k } from './formats/movielens-100k.ts';
export {
  type MovielensLatestFiles,
  type MovielensLatestOptions,
  readMovielensLatest,
} from './formats/movielens-csv.ts';
export {
  type Movielens1mFiles,
  type Movielens10mFiles,
  readMovielens1m,
  readMovielens10m,
} from './formats/movielens-dat.ts';

// Atomic files of RecBole
export { type AtomicDatasetOptions, type AtomicFiles, readAtomicDataset } from './formats/atomic-dataset.ts';
export type { AtomicColumns } from './formats/atomic-header.ts';
export type { AtomicItemOptions } from './formats/atomic-features.ts';
export type { AtomicInteractionOptions } from './formats/atomic-interactions.ts';
export {
  type RenderAtomicOptions,
  renderAtomicInteractions,
  renderAtomicItems,
  renderAtomicUsers,
} from './formats/render-atomic.ts';

// Filters
export { filterByHistoryLength, type HistoryLengthRange } from './filters/filter-by-history-length.ts';
export { filterByTime, type TimeRange } from './filters/filter-by-time.ts';
export { filterByValue, type ValueRange } from './filters/filter-by-value.ts';
export { filterKCore, type KCoreOptions } from './filters/filter-k-core.ts';
export { type RemoveRepeatsOptions, removeRepeats } from './filters/remove-repeats.ts';
export { selectRows } from './filters/select-rows.ts';

// Splits
export type { InteractionSplit } from './splits/interaction-split.ts';
export { computeRowRoles, rowRoles } from './splits/row-roles.ts';
export { type RatioSplitOptions, splitByRatio } from './splits/split-by-ratio.ts';
export { splitByTime, type TimeSplitOptions } from './splits/split-by-time.ts';
export { type LeaveOneOutOptions, splitLeaveOneOut } from './splits/split-leave-one-out.ts';
export { type SplitUsersOptions, splitUsers, type UserSplit } from './splits/split-users.ts';

// Candidates
export type { CandidateRequest, CandidateSource } from './candidates/candidate-source.ts';
export { createHardSource, type HardSourceOptions } from './candidates/hard-source.ts';
export { createListedSource } from './candidates/listed-source.ts';
export { type CandidateShare, createMixedSource } from './candidates/mixed-source.ts';
export { createPopularitySource, type PopularitySourceOptions } from './candidates/popularity-source.ts';
export { createUniformSource } from './candidates/uniform-source.ts';
export { type CandidateFileOptions, readCandidateFile, renderCandidateFile } from './formats/candidate-file.ts';

// Tasks
export { readJudgedTasks, renderJudgedTasks } from './tasks/judged-tasks-json.ts';
export { listTaskUsers, type TaskUsersOptions } from './tasks/list-task-users.ts';
export { createJudgedTasks, type JudgedTasksOptions, type TaskTarget } from './tasks/judged-tasks.ts';

// Protocol linter
export { lint, type LintOptions } from './lint/lint.ts';
export type { LintCode, LintFinding, LintSeverity } from './lint/lint-finding.ts';
export { type TaskRole, taskRoles, type TasksByRole } from './lint/index-tasks.ts';
export { assertNoErrors, ProtocolError } from './lint/protocol-error.ts';
export { assertDisjointUsers, SharedUsersError } from './splits/disjoint-users.ts';

// Errors
export { DatasetError } from './dataset-error.ts';
