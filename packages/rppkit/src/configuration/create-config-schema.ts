import { z } from 'zod';
import { configSchema } from '../experiment/config-schema.ts';

/**
 * The JSON Schema (draft 2020-12) of a configuration file, with the meaning and default of every field. Editors that know it
 * complete and check `rppkit.config.json`.
 */
export function createConfigSchema(): Readonly<Record<string, unknown>> {
  const { $schema, properties, ...schema } = z.toJSONSchema(configSchema, { io: 'input' });
  const reference = { type: 'string', description: 'path or address of this schema' };
  return { $schema, title: 'rppkit experiment', ...schema, properties: { $schema: reference, ...properties } };
}
