import { z } from 'zod';
import { UsageError } from '../usage-error.ts';

/** Where an experiment's interactions come from. Paths are relative to the working folder. */
export type DataConfig =
  | { readonly kind: 'synthetic'; readonly preset: 'diverse' | 'null'; readonly users: number }
  | { readonly kind: 'movielens-100k'; readonly folder: string }
  | {
      readonly kind: 'csv';
      readonly interactions: string;
      readonly columns: {
        readonly user: string;
        readonly item: string;
        readonly time?: string;
        readonly value?: string;
        readonly title?: string;
      };
      /** A file with one row an item: its id, its title, and any attributes by name. */
      readonly items?: {
        readonly path: string;
        readonly columns: { readonly item: string; readonly title: string; readonly [attribute: string]: string };
      };
      /** One character, in both files; default ",". */
      readonly delimiter?: string;
      /** Default `timestamp` where a time column is named. */
      readonly order?: 'timestamp' | 'column';
    };

/** A complete, validated experiment. */
export interface ExperimentConfig {
  readonly data: DataConfig;
  /** The words of the prompts; default movies. */
  readonly domain: 'movies' | 'products';
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
}

/** What may be written: everything but `data` has a default. */
export type ExperimentConfigInput = Partial<ExperimentConfig> & Pick<ExperimentConfig, 'data'>;

const positive = z.int().positive();

const configSchema: z.ZodType<ExperimentConfig> = z.strictObject({
  data: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('synthetic'), preset: z.enum(['diverse', 'null']), users: positive }),
    z.strictObject({ kind: z.literal('movielens-100k'), folder: z.string() }),
    z.strictObject({
      kind: z.literal('csv'),
      interactions: z.string(),
      columns: z.strictObject({
        user: z.string(),
        item: z.string(),
        time: z.string().exactOptional(),
        value: z.string().exactOptional(),
        title: z.string().exactOptional(),
      }),
      items: z
        .strictObject({
          path: z.string(),
          columns: z.object({ item: z.string(), title: z.string() }).catchall(z.string()),
        })
        .exactOptional(),
      delimiter: z.string().length(1).exactOptional(),
      order: z.enum(['timestamp', 'column']).exactOptional(),
    }),
  ]),
  domain: z.enum(['movies', 'products']).default('movies'),
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
});

/** Checks a configuration and fills in its defaults. Throws `UsageError` naming the first field that is wrong. */
export function parseExperimentConfig(input: unknown): ExperimentConfig {
  const result = configSchema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const field = issue.path.join('.') || '(root)';
  throw new UsageError(`The configuration field ${field} cannot be used: ${issue.message}. Correct it.`);
}
