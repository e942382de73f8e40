// Interactions and data sets
export type { Dataset, InteractionOrder } from './dataset.ts';
export { type DatasetDescription, describeDataset } from './describe-dataset.ts';
export { createInteractionLog, type InteractionLog, type InteractionRow } from './interaction-log.ts';
export { createUserSequences, type Repeats, type UserSequences } from './user-sequences.ts';

// Readers of texts
export type { CsvOptions } from './csv-table.ts';
export { type InteractionColumns, type InteractionCsvOptions, parseInteractionCsv } from './interaction-csv.ts';
export { type ItemColumns, type ItemCsvOptions, parseItemCsv } from './item-csv.ts';
export { type Movielens100kOptions, type Movielens100kTexts, parseMovielens100k } from './movielens-100k.ts';

// Splits and tasks
export { assertDisjointUsers, SharedUsersError } from './disjoint-users.ts';
export { createJudgedTasks, type JudgedTasksOptions, type TaskTarget } from './judged-tasks.ts';
export { type SplitUsersOptions, splitUsers, type UserSplit } from './split-users.ts';

// Errors
export { DatasetError } from './dataset-error.ts';
