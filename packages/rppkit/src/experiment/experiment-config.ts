import type { InteractionColumns, InteractionOrder, ItemColumns, TextEncoding, TimeFormat } from '@rppkit/datasets';
import type { DatasetFormat } from '@rppkit/datasets/node';
import type { WorldPreset } from '@rppkit/simulator';
import { z } from 'zod';
import { datasetFormats } from '../data/dataset-formats.ts';
import { worldNames } from '../data/world-names.ts';
import { UsageError } from '../usage-error.ts';
import { type DomainName, domainNames } from './domain-names.ts';
import { type PatternName, patternNames } from './pattern-names.ts';

/** Where an experiment's interactions come from. Paths are relative to the working folder. */
export type DataConfig =
  | { readonly kind: 'synthetic'; readonly preset: WorldPreset; readonly users: number }
  | {
      readonly kind: 'files';
      /** A folder, a zip archive or a file. */
      readonly path: string;
      /** Recognised by the names of the files where absent. */
      readonly format?: DatasetFormat;
      readonly order?: InteractionOrder;
      /** Of tables: names of the columns. */
      readonly columns?: InteractionColumns;
      readonly timeFormat?: TimeFormat;
      /** Of tables: a file with one row an item: its id, its title, and any attributes by name. */
      readonly items?: {
        readonly path: string;
        readonly columns: ItemColumns;
      };
      readonly delimiter?: string;
      readonly quotes?: boolean;
      readonly header?: readonly string[];
      readonly encoding?: TextEncoding;
      readonly titleColumn?: string;
      readonly catalogue?: 'interacted' | 'all';
      /** Lines that cannot be used are left out and counted; default false: they end the reading. */
      readonly skipBadLines?: boolean;
      /** Interactions of a lower value are left out. */
      readonly minimumValue?: number;
      /** Users and items with fewer interactions are left out, until all have so many. */
      readonly kCore?: number;
    };

/** A complete, validated experiment. */
export interface ExperimentConfig {
  readonly data: DataConfig;
  /** The words of the prompts; default movies. */
  readonly domain: DomainName;
  /** `simulated` (default), or `provider:name` of a LangChain chat model such as `openai:gpt-4o-mini`. */
  readonly model: string;
  /** Sampling temperature in [0, 2]; the model's own default where absent. */
  readonly temperature?: number;
  /** Calls under way at a time; default 32. */
  readonly concurrency: number;
  /** Decides every random choice of the run; default 1. */
  readonly seed: number;
  /** Items to rank in each task, the relevant one and random others: 2 to 100, default 10. */
  readonly candidates: number;
  /** Users to train on; 40 % of the usable ones, at most 10,000, where absent. */
  readonly trainUsers?: number;
  /** Users to report on, none of them trained on; 40 % of the usable ones, at most 2,000, where absent. */
  readonly reportUsers?: number;
  /** One prompt each, rounded up to whole batches; default 3,000. */
  readonly episodes: number;
  /** Episodes side by side, one update each; default 64. */
  readonly batchSize: number;
  /** Calls to find the best fixed prompt, at least 128; as many as training makes where absent. */
  readonly bestFixedCalls?: number;
  /** Answers for the context oracle, at least 1,000; 0 (default) leaves it out. */
  readonly oracleAnswers: number;
  /** Derangements that the swapped control is the mean of; default 1. */
  readonly swaps: number;
  /** Share of report users that failed calls may cost, in [0, 1]; default 0.02. */
  readonly allowedLoss: number;
  /** RPP+: the model refines sentences while RPP trains. Absent: the sentences stay as they are. */
  readonly plus?: PlusConfig;
}

/** How sentences are refined and tested. Their calls come out of those of the training. */
interface PlusConfig {
  /** Updates from one refinement to the next; default 1. */
  readonly every: number;
  /** Largest share of the training's calls that refining and testing may take, in (0, 1); default 0.2. */
  readonly share: number;
  /** Patterns whose sentences are refined; default role, reasoning and format. */
  readonly patterns: readonly PatternName[];
}

/** What may be written: everything but `data` has a default. */
export type ExperimentConfigInput = Partial<ExperimentConfig> & Pick<ExperimentConfig, 'data'>;

const positive = z.int().positive();

const configSchema: z.ZodType<ExperimentConfig> = z.strictObject({
  data: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('synthetic'), preset: z.enum(worldNames), users: positive }),
    z.strictObject({
      kind: z.literal('files'),
      path: z.string(),
      format: z.enum(datasetFormats).exactOptional(),
      order: z.enum(['timestamp', 'column', 'none']).exactOptional(),
      columns: z
        .strictObject({
          user: z.string(),
          item: z.string(),
          time: z.string().exactOptional(),
          position: z.string().exactOptional(),
          value: z.string().exactOptional(),
          title: z.string().exactOptional(),
        })
        .exactOptional(),
      timeFormat: z.enum(['seconds', 'milliseconds', 'iso-8601']).exactOptional(),
      items: z
        .strictObject({
          path: z.string(),
          columns: z.object({ item: z.string(), title: z.string() }).catchall(z.string()),
        })
        .exactOptional(),
      delimiter: z.string().min(1).exactOptional(),
      quotes: z.boolean().exactOptional(),
      header: z.array(z.string()).min(1).exactOptional(),
      encoding: z.enum(['utf-8', 'latin-1', 'utf-8-or-latin-1']).exactOptional(),
      titleColumn: z.string().exactOptional(),
      catalogue: z.enum(['interacted', 'all']).exactOptional(),
      skipBadLines: z.boolean().exactOptional(),
      minimumValue: z.number().exactOptional(),
      kCore: positive.exactOptional(),
    }),
  ]),
  domain: z.enum(domainNames).default('movies'),
  model: z.string().default('simulated'),
  temperature: z.number().min(0).max(2).exactOptional(),
  concurrency: positive.default(32),
  seed: z.int().default(1),
  candidates: z.int().min(2).max(100).default(10),
  trainUsers: positive.exactOptional(),
  reportUsers: z.int().min(2).exactOptional(),
  episodes: positive.default(3000),
  batchSize: positive.default(64),
  bestFixedCalls: z.int().min(128).exactOptional(),
  oracleAnswers: z
    .int()
    .refine((answers) => answers === 0 || answers >= 1000, 'Expected 0 or at least 1000')
    .default(0),
  swaps: positive.default(1),
  allowedLoss: z.number().min(0).max(1).default(0.02),
  plus: z
    .strictObject({
      every: positive.default(1),
      share: z.number().gt(0).lt(1).default(0.2),
      patterns: z.array(z.enum(patternNames)).min(1).default(['role', 'reasoning', 'format']),
    })
    .exactOptional(),
});

/** Checks a configuration and fills in its defaults. Throws `UsageError` naming the first field that is wrong. */
export function parseExperimentConfig(input: unknown): ExperimentConfig {
  const result = configSchema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const field = issue.path.join('.') || '(root)';
  throw new UsageError(`The configuration field ${field} cannot be used: ${issue.message}. Correct it.`);
}
