import { z } from 'zod';
import { UsageError } from '../usage-error.ts';

const positive = z.int().positive();

/** Where interactions come from. */
const dataSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('synthetic'),
    preset: z.enum(['diverse', 'null']),
    users: positive,
  }),
  z.strictObject({ kind: z.literal('movielens-100k'), folder: z.string() }),
  z.strictObject({
    kind: z.literal('csv'),
    interactions: z.string(),
    columns: z.strictObject({
      user: z.string(),
      item: z.string(),
      time: z.string().optional(),
      value: z.string().optional(),
      title: z.string().optional(),
    }),
    delimiter: z.string().length(1).optional(),
    order: z.enum(['timestamp', 'column']).optional(),
    items: z
      .strictObject({
        path: z.string(),
        columns: z.strictObject({ item: z.string(), title: z.string() }).catchall(z.string()),
      })
      .optional(),
  }),
]);

const configSchema = z.strictObject({
  data: dataSchema,
  /** The words of the prompts. */
  domain: z.enum(['movies', 'products']).default('movies'),
  /** `simulated`, or `provider:name` of a LangChain chat model such as `openai:gpt-4o-mini`. */
  model: z.string().default('simulated'),
  /** Sampling temperature of the model; its own default where absent. */
  temperature: z.number().min(0).max(2).optional(),
  /** Calls under way at a time. */
  concurrency: positive.default(32),
  /** Decides every random choice of the run. */
  seed: z.int().default(1),
  /** Items to rank in each task: the relevant one and random others. */
  candidates: z.int().min(2).max(100).default(10),
  /** Users to train on; at most 40 % of the usable ones where absent. */
  trainUsers: positive.optional(),
  /** Users to report on, none of them trained on; at most 40 % of the usable ones where absent. */
  reportUsers: positive.optional(),
  /** One prompt each; rounded up to whole batches. */
  episodes: positive.default(3000),
  /** Episodes side by side, one update each. */
  batchSize: positive.default(64),
  /** Calls to find the best fixed prompt. */
  bestFixedCalls: z.int().min(64).default(1000),
  /** Answers for the context oracle; 0 leaves it out. */
  oracleAnswers: z.int().min(0).default(0),
  /** Derangements that the swapped control is the mean of. */
  swaps: positive.default(1),
  /** Share of report users that may be lost to failed calls. */
  allowedLoss: z.number().min(0).max(1).default(0.02),
});

/** What may be written; everything but `data` has a default. */
export type ExperimentConfigInput = z.input<typeof configSchema>;

/** A complete, validated experiment. */
export type ExperimentConfig = z.output<typeof configSchema>;

/** Where an experiment's interactions come from. */
export type DataConfig = ExperimentConfig['data'];

/** Checks a configuration and fills in its defaults. Throws `UsageError` naming the first field that is wrong. */
export function parseExperimentConfig(input: unknown): ExperimentConfig {
  const result = configSchema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new UsageError(
    `The configuration field ${issue.path.join('.') || '(root)'} cannot be used: ${issue.message}. Correct it.`,
  );
}
