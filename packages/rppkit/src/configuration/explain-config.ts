import { createConfigSchema } from './create-config-schema.ts';
import type { FieldOrigin, ResolvedConfig } from './resolve-config.ts';

/** One field of a resolved configuration. */
export interface ExplainedField {
  /** Its path, such as `data.columns.user`. */
  readonly field: string;
  /** Undefined where it is not set. */
  readonly value: unknown;
  readonly origin: FieldOrigin;
  /** What it means, on one line. */
  readonly meaning: string;
}

/** The part of a JSON Schema that is read here. */
interface SchemaNode {
  readonly description?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | false;
  readonly oneOf?: readonly SchemaNode[];
}

/** Every field of a configuration in the order of its schema; of parts that are absent, one line for the whole part. */
export function explainConfig({ config, findOrigin }: ResolvedConfig): ExplainedField[] {
  const { properties: { $schema: _, ...properties } = {} } = createConfigSchema() as SchemaNode;
  return listFields({ properties }, config, '').map(({ field, value, meaning }) => ({
    field,
    value,
    // A flag may set one of two fields; the other one keeps its default.
    origin: value === undefined && field !== 'plus' ? { from: 'default' } : findOrigin(field),
    meaning,
  }));
}

function listFields(node: SchemaNode, value: unknown, path: string): Omit<ExplainedField, 'origin'>[] {
  if (!isRecord(value)) return [{ field: path, value, meaning: node.description ?? '' }];
  const { properties, additionalProperties } = chooseBranch(node, value);
  if (properties === undefined) return [{ field: path, value, meaning: node.description ?? '' }];
  const named = { ...properties };
  for (const name of Object.keys(value)) {
    if (additionalProperties) named[name] ??= additionalProperties;
  }
  return Object.entries(named).flatMap(([name, part]) =>
    listFields(part, value[name], path === '' ? name : `${path}.${name}`),
  );
}

/** Of alternatives the one that the field `kind` names. */
function chooseBranch(node: SchemaNode, value: Readonly<Record<string, unknown>>): SchemaNode {
  return node.oneOf?.find(({ properties }) => properties?.['kind']?.const === value['kind']) ?? node;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
