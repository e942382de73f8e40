import { findKind, isSchema, type JsonSchema, resolveSchema } from './json-schema.ts';
import { computeSchemaScalar, type SchemaContent, type SchemaEntry, type ValuePlace } from './schema-scalar.ts';

/**
 * The answer as JSON text that follows a schema. A list of integers holds the candidates' numbers as shown (places from 1
 * where they have letters), one of strings their titles (labels, where an `enum` has those), one of objects both, by the names
 * of the properties: `rank`, `reason`, `score`, `id` and the like. `enum`, `const`, `minItems`, `maxItems`, `uniqueItems`,
 * `minimum`, `maximum` and `maxLength` are kept; other limits, such as patterns of strings, are not.
 */
export function renderSchemaAnswer(schema: JsonSchema, content: SchemaContent): string {
  return JSON.stringify(fillValue(schema, { root: schema, content }, { depth: 0 }) ?? null);
}

interface Filling {
  readonly root: JsonSchema;
  readonly content: SchemaContent;
}

/** Recursive schemas go no deeper than this. */
const maximumDepth = 8;

/** Undefined where nothing that the schema allows can be said about an entry. */
function fillValue(part: unknown, filling: Filling, place: ValuePlace): unknown {
  const schema = resolveSchema(part, filling.root);
  if ('const' in schema) return schema['const'];
  switch (findKind(schema)) {
    case 'object':
      return fillObject(schema, filling, place);
    case 'array':
      return fillArray(schema, filling, place);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return computeSchemaScalar(schema, filling.content, place);
  }
}

function fillObject({ properties }: JsonSchema, filling: Filling, { depth, entry }: ValuePlace): object {
  if (!isSchema(properties) || depth >= maximumDepth) return {};
  return Object.fromEntries(
    Object.entries(properties).map(([property, schema]) => [
      property,
      fillValue(schema, filling, { depth: depth + 1, property, ...(entry !== undefined && { entry }) }),
    ]),
  );
}

/** Every list at the top holds the ranking; lists about one entry (its genres, say) stay empty. */
function fillArray(schema: JsonSchema, filling: Filling, { depth, entry }: ValuePlace): unknown[] {
  const { ranking, candidates } = filling.content;
  const { minItems, maxItems, uniqueItems, items } = schema;
  if (entry !== undefined || depth >= maximumDepth) return [];
  const values: unknown[] = [];
  const seen = new Set<string>();
  const add = (about: SchemaEntry): void => {
    if (typeof maxItems === 'number' && values.length >= maxItems) return;
    const value = fillValue(items, filling, { depth: depth + 1, entry: { ...about, rank: values.length + 1 } });
    const key = JSON.stringify(value);
    if (value === undefined || (uniqueItems === true && seen.has(key))) return;
    seen.add(key);
    values.push(value);
  };
  for (const about of ranking) add(about);
  // A list that is too short is filled up with what it left out.
  const listed = new Set(ranking.map(({ candidate }) => candidate));
  for (const about of candidates) {
    if (typeof minItems === 'number' && values.length < minItems && !listed.has(about.candidate)) add(about);
  }
  return values;
}
