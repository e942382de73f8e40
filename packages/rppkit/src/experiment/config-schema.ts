import { z } from 'zod';
import { datasetFormats } from '../data/dataset-formats.ts';
import { worldNames } from '../data/world-names.ts';
import { type ConfigFieldName, configFields, describeField } from './config-fields.ts';
import { domainNames } from './domain-names.ts';
import type { ExperimentConfig } from './experiment-config.ts';
import { patternNames } from './pattern-names.ts';

/** A configuration with its fixed defaults; those that depend on other fields are not filled in. */
type CheckedConfig = Omit<ExperimentConfig, 'domain' | 'swaps'> & Partial<Pick<ExperimentConfig, 'domain' | 'swaps'>>;

const positive = z.int().positive();

/** Gives a schema the words that all places use for the field. */
function field<Schema extends z.ZodType>(name: ConfigFieldName, schema: Schema): Schema {
  return schema.describe(describeField(name));
}

const world = z.strictObject({
  kind: field('data.kind', z.literal('synthetic')),
  preset: field('data.preset', z.enum(worldNames)),
  users: field('data.users', positive.default(configFields['data.users'].default)),
});

const columns = z.strictObject({
  user: field('data.columns.user', z.string()),
  item: field('data.columns.item', z.string()),
  time: field('data.columns.time', z.string().exactOptional()),
  position: field('data.columns.position', z.string().exactOptional()),
  value: field('data.columns.value', z.string().exactOptional()),
  title: field('data.columns.title', z.string().exactOptional()),
});

const itemColumns = z
  .object({
    item: field('data.items.columns.item', z.string()),
    title: field('data.items.columns.title', z.string()),
  })
  .catchall(field('data.items.columns.*', z.string()));

const files = z.strictObject({
  kind: field('data.kind', z.literal('files')),
  path: field('data.path', z.string()),
  format: field('data.format', z.enum(datasetFormats).exactOptional()),
  order: field('data.order', z.enum(['timestamp', 'column', 'none']).exactOptional()),
  columns: field('data.columns', columns.exactOptional()),
  timeFormat: field('data.timeFormat', z.enum(['seconds', 'milliseconds', 'iso-8601']).exactOptional()),
  items: field(
    'data.items',
    z
      .strictObject({
        path: field('data.items.path', z.string()),
        columns: field('data.items.columns', itemColumns),
      })
      .exactOptional(),
  ),
  delimiter: field('data.delimiter', z.string().min(1).exactOptional()),
  quotes: field('data.quotes', z.boolean().exactOptional()),
  header: field('data.header', z.array(z.string()).min(1).exactOptional()),
  encoding: field('data.encoding', z.enum(['utf-8', 'latin-1', 'utf-8-or-latin-1']).exactOptional()),
  titleColumn: field('data.titleColumn', z.string().exactOptional()),
  catalogue: field('data.catalogue', z.enum(['interacted', 'all']).exactOptional()),
  skipBadLines: field('data.skipBadLines', z.boolean().exactOptional()),
  minimumValue: field('data.minimumValue', z.number().exactOptional()),
  kCore: field('data.kCore', positive.exactOptional()),
});

const plus = z.strictObject({
  every: field('plus.every', positive.default(configFields['plus.every'].default)),
  share: field('plus.share', z.number().gt(0).lt(1).default(configFields['plus.share'].default)),
  patterns: field(
    'plus.patterns',
    z
      .array(z.enum(patternNames))
      .min(1)
      .default([...configFields['plus.patterns'].default]),
  ),
});

const freeze = z
  .array(z.enum(patternNames))
  .min(1)
  .refine((names) => new Set(names).size < patternNames.length, 'patterns of which at least one is left to be learned');

const oracleAnswers = z.int().refine((answers) => answers === 0 || answers >= 1000, '0 or an integer of at least 1000');

/** What a configuration may hold. Its descriptions are those of `configFields`. */
export const configSchema: z.ZodType<CheckedConfig> = z.strictObject({
  data: field('data', z.discriminatedUnion('kind', [world, files])),
  domain: field('domain', z.enum(domainNames).exactOptional()),
  model: field('model', z.string().default(configFields.model.default)),
  temperature: field('temperature', z.number().min(0).max(2).exactOptional()),
  concurrency: field('concurrency', positive.default(configFields.concurrency.default)),
  seed: field('seed', z.int().default(configFields.seed.default)),
  candidates: field('candidates', z.int().min(2).max(100).default(configFields.candidates.default)),
  trainUsers: field('trainUsers', positive.exactOptional()),
  reportUsers: field('reportUsers', z.int().min(2).exactOptional()),
  preset: field('preset', z.enum(['reference']).exactOptional()),
  rounds: field('rounds', z.int().min(1).max(50).default(configFields.rounds.default)),
  patterns: field('patterns', z.enum(['default', 'reference']).default(configFields.patterns.default)),
  learner: field('learner', z.enum(['rpp', 'reference']).default(configFields.learner.default)),
  observation: field('observation', z.enum(['default', 'reference']).default(configFields.observation.default)),
  episodes: field('episodes', positive.default(configFields.episodes.default)),
  batchSize: field('batchSize', positive.default(configFields.batchSize.default)),
  bestFixedCalls: field('bestFixedCalls', z.int().min(128).exactOptional()),
  freeze: field('freeze', freeze.exactOptional()),
  oracleAnswers: field('oracleAnswers', oracleAnswers.default(configFields.oracleAnswers.default)),
  swaps: field('swaps', positive.exactOptional()),
  allowedLoss: field('allowedLoss', z.number().min(0).max(1).default(configFields.allowedLoss.default)),
  plus: field('plus', plus.exactOptional()),
});
