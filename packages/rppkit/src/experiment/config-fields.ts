/**
 * Every field of an experiment's configuration: what it means, its default and its flag. The schema, the help of the command
 * line and `rppkit config explain` take their words from here; zod is not loaded for it, so that a help page is fast.
 */
export const configFields = {
  data: { meaning: 'where the interactions come from' },
  'data.kind': { meaning: 'synthetic: a world of the simulator; files: interactions on disk', flag: '--data' },
  'data.preset': { meaning: 'which synthetic world', flag: '--data' },
  'data.users': { meaning: 'users of a synthetic world', default: 5000, flag: '--users' },
  'data.path': { meaning: 'folder, zip archive or file of a data set', flag: '--data' },
  'data.format': {
    meaning: 'layout of the data',
    otherwise: 'recognised by file names; Amazon must be named',
    flag: '--format',
  },
  'data.order': {
    meaning: 'what orders the rows of a user: times, the rows or counts themselves, or nothing',
    otherwise: 'by the columns',
    flag: '--order',
  },
  'data.columns': { meaning: 'names of the columns of a table' },
  'data.columns.user': { meaning: 'column with user ids', flag: '--user-column' },
  'data.columns.item': { meaning: 'column with item ids', flag: '--item-column' },
  'data.columns.time': { meaning: 'column with times', flag: '--time-column' },
  'data.columns.position': { meaning: 'column that orders rows without being a time', flag: '--position-column' },
  'data.columns.value': { meaning: 'column with ratings or counts', flag: '--value-column' },
  'data.columns.title': { meaning: 'column with item titles', otherwise: 'ids', flag: '--title-column' },
  'data.timeFormat': { meaning: 'how times are written', otherwise: 'seconds', flag: '--time-format' },
  'data.items': { meaning: 'a second file, with one row an item', flag: '--items' },
  'data.items.path': { meaning: 'path of the file of items', flag: '--items' },
  'data.items.columns': { meaning: 'names of the columns of the file of items' },
  'data.items.columns.item': { meaning: 'column with ids in the file of items', flag: '--items-id-column' },
  'data.items.columns.title': { meaning: 'column with titles in the file of items', flag: '--items-title-column' },
  'data.items.columns.*': {
    meaning: 'column with this attribute in the file of items',
    flag: '--items-attributes',
  },
  'data.delimiter': {
    meaning: 'text between fields',
    otherwise: 'a comma; a tab for .tsv',
    flag: '--delimiter',
  },
  'data.quotes': { meaning: 'whether fields may stand in quotes', otherwise: 'true', flag: '--quotes' },
  'data.header': { meaning: 'names of the columns of a file without a header line', flag: '--header' },
  'data.encoding': { meaning: 'how the text is encoded', otherwise: 'utf-8', flag: '--encoding' },
  'data.titleColumn': {
    meaning: 'RecBole: column with item titles',
    otherwise: 'what RecBole files usually name',
    flag: '--title-column',
  },
  'data.catalogue': {
    meaning: 'Amazon: items with an interaction, or all of the meta file',
    otherwise: 'interacted',
    flag: '--catalogue',
  },
  'data.skipBadLines': {
    meaning: 'leave out lines that cannot be used, and report them, instead of stopping',
    otherwise: 'false',
    flag: '--skip-bad-lines',
  },
  'data.minimumValue': { meaning: 'keep interactions of at least this value', flag: '--minimum-value' },
  'data.kCore': { meaning: 'then keep users and items with at least so many interactions', flag: '--k-core' },
  domain: {
    meaning: 'words of the prompts',
    otherwise: 'movies for MovieLens and synthetic data, else products',
    flag: '--domain',
  },
  model: {
    meaning:
      'what ranks: simulated, simulated:strong, or provider:name such as openai:gpt-4o-mini; keys come from the environment',
    default: 'simulated',
    flag: '--model',
  },
  temperature: { meaning: 'sampling temperature, 0 to 2', otherwise: 'the model’s own', flag: '--temperature' },
  concurrency: { meaning: 'calls under way at a time', default: 32, flag: '--concurrency' },
  seed: { meaning: 'decides every random choice', default: 1, flag: '--seed' },
  candidates: {
    meaning: 'items to rank in each task, the relevant one and random others: 2 to 100',
    default: 10,
    flag: '--candidates',
  },
  trainUsers: { meaning: 'users to train on', otherwise: '40 %, at most 10,000', flag: '--train-users' },
  reportUsers: {
    meaning: 'users to report on, none of them trained on',
    otherwise: '40 %, at most 2,000',
    flag: '--report-users',
  },
  preset: {
    meaning:
      'defaults of another setting: reference is that of the paper’s released code, as far as it can be expressed here',
    otherwise: 'none',
    flag: '--preset',
  },
  rounds: {
    meaning: 'rounds of an episode, 1 to 50: later prompts know the answer before them, and the last answer counts',
    default: 1,
    flag: '--rounds',
  },
  patterns: {
    meaning: 'what may be chosen: default, or reference, whose history grows by 0, 1 or 2 items a round',
    default: 'default',
    flag: '--patterns',
  },
  learner: {
    meaning: 'how it is learned: rpp, or reference, the update of the paper’s released code with its defects',
    default: 'rpp',
    flag: '--learner',
  },
  observation: {
    meaning: 'what the policy sees: default, or reference, a user embedding with the last prompt and ranking',
    default: 'default',
    flag: '--observation',
  },
  episodes: {
    meaning: 'training episodes, one call a round each, in whole batches',
    default: 3000,
    flag: '--episodes',
  },
  batchSize: { meaning: 'episodes between updates', default: 64, flag: '--batch-size' },
  bestFixedCalls: {
    meaning: 'calls to find the best fixed prompt, at least 128',
    otherwise: 'as many as episodes',
    flag: '--best-fixed-calls',
  },
  freeze: {
    meaning:
      'patterns of which everybody gets the sentence of the best fixed prompt, so that only the others are learned',
    otherwise: 'none',
    flag: '--freeze',
  },
  oracleAnswers: {
    meaning: 'answers for the context oracle, 1000 or more; 0 leaves it out',
    default: 0,
    flag: '--oracle-answers',
  },
  swaps: {
    meaning: 'times that users are swapped, for the control that is the mean of them',
    otherwise: '20 with a simulated model, else 1',
    flag: '--swaps',
  },
  allowedLoss: {
    meaning: 'share of report users that failed calls may cost',
    default: 0.02,
    flag: '--allowed-loss',
  },
  plus: {
    meaning: 'RPP+: the model refines sentences, and those that pass the guards are trained on, too',
    otherwise: 'the sentences stay as they are',
    flag: '--plus',
  },
  'plus.every': { meaning: 'updates from one refinement to the next', default: 1, flag: '--refine-every' },
  'plus.share': {
    meaning: 'most of the training’s calls that refining and testing may take, between 0 and 1',
    default: 0.2,
    flag: '--refine-share',
  },
  'plus.patterns': {
    meaning: 'patterns whose sentences are refined',
    default: ['role', 'reasoning', 'format'],
    flag: '--refine-patterns',
  },
} as const;

/** A field by its path. */
export type ConfigFieldName = keyof typeof configFields;

/** What one field means. */
interface ConfigField {
  readonly meaning: string;
  /** The value that stands in where it is absent; `otherwise` says it in words where it is no fixed value. */
  readonly default?: string | number | readonly string[];
  readonly otherwise?: string;
  readonly flag?: string;
}

/** What a field means and what stands in where it is absent, on one line. */
export function describeField(name: ConfigFieldName): string {
  const field: ConfigField = configFields[name];
  const absent = field.otherwise ?? field.default;
  return absent === undefined ? field.meaning : `${field.meaning} (default: ${String(absent)})`;
}

/** The flag that sets the field at a path; undefined where there is none. Attributes of items are named by the user. */
export function findFlag(path: string): string | undefined {
  const name = path in configFields ? path : path.replace(/^(data\.items\.columns)\..*$/, '$1.*');
  const field: ConfigField | undefined = configFields[name as ConfigFieldName];
  return field?.flag;
}
