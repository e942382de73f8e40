import {
  createSchemaResolver,
  findKind,
  isNullable,
  isSchema,
  type JsonSchema,
  type SchemaResolver,
} from './json-schema.ts';
import { computeSchemaScalar, type SchemaContent, type SchemaEntry, type ValuePlace } from './schema-scalar.ts';

/**
 * The answer as JSON text that follows a schema. A list of integers holds the candidates' numbers as shown (places from 1
 * where they have letters), one of strings their titles (labels, where an `enum` has those), one of objects both, by the names
 * of the properties: `rank`, `reason`, `score`, `id` and the like. `enum`, `const`, `required`, tuples, `minItems`, `maxItems`,
 * `uniqueItems`, the limits of numbers and `maxLength` are kept; other limits, such as patterns of strings, are not. Schemas
 * that refer to themselves are followed a few levels deep, and no answer holds more than 10,000 values.
 */
export function renderSchemaAnswer(schema: JsonSchema, content: SchemaContent): string {
  const filling: Filling = { resolve: createSchemaResolver(schema), content, left: maximumValues };
  return JSON.stringify(fillValue(schema, filling, { depth: 0 }) ?? null);
}

interface Filling {
  readonly resolve: SchemaResolver;
  readonly content: SchemaContent;
  /** How many more values may be written. */
  left: number;
}

/** Deeper than this only what a schema insists on is written. */
const usualDepth = 8;
const maximumDepth = 32;
const maximumValues = 10_000;

/** Undefined where nothing that the schema allows can be said about an entry, or nothing more may be said at all. */
function fillValue(part: unknown, filling: Filling, place: ValuePlace): unknown {
  if (filling.left-- <= 0) return undefined;
  const { depth } = place;
  if (depth >= usualDepth && isNullable(part, filling.resolve)) return null;
  const schema = filling.resolve(part);
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return computeSchemaScalar(schema, filling.content, place);
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

/** An entry of which a required property cannot be told is left out as a whole. */
function fillObject(
  { properties, required, additionalProperties }: JsonSchema,
  filling: Filling,
  { depth, entry }: ValuePlace,
): object | undefined {
  if (depth >= maximumDepth) return {};
  const known = isSchema(properties) ? properties : {};
  const needed = new Set(Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []);
  const names = new Set([...(depth < usualDepth ? Object.keys(known) : []), ...needed]);
  const values: [string, unknown][] = [];
  for (const property of names) {
    const schema = Object.hasOwn(known, property) ? known[property] : additionalProperties;
    const value = fillValue(schema, filling, { depth: depth + 1, property, ...(entry !== undefined && { entry }) });
    if (value !== undefined) values.push([property, value]);
    else if (entry !== undefined && needed.has(property)) return undefined;
  }
  return Object.fromEntries(values);
}

/** Every list at the top holds the ranking; lists about one entry (its genres, say) are as short as they may be. */
function fillArray(schema: JsonSchema, filling: Filling, place: ValuePlace): unknown[] | undefined {
  const { depth, entry } = place;
  const { minItems, maxItems, uniqueItems, items, prefixItems } = schema;
  if (depth >= maximumDepth) return [];
  const tuple = Array.isArray(prefixItems) ? prefixItems : items;
  if (Array.isArray(tuple)) return fillTuple(tuple, filling, place);
  const least = typeof minItems === 'number' ? minItems : 0;
  const most = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY;
  const values: unknown[] = [];
  const seen = new Set<string>();
  /** Whether there is one value more. */
  const add = (about: SchemaEntry | undefined): boolean => {
    if (values.length >= most) return false;
    const rank = entry?.rank ?? values.length + 1;
    const value = fillValue(items, filling, {
      depth: depth + 1,
      ...(about !== undefined && { entry: { ...about, rank } }),
    });
    const key = JSON.stringify(value);
    if (value === undefined || (uniqueItems === true && seen.has(key))) return false;
    seen.add(key);
    values.push(value);
    return true;
  };
  const { ranking, candidates } = filling.content;
  const isAboutAll = entry === undefined && depth < usualDepth;
  if (isAboutAll) {
    for (const about of ranking) add(about);
    // A list that is too short is filled up with what it left out.
    const listed = new Set(ranking.map(({ candidate }) => candidate));
    for (const about of candidates) if (values.length < least && !listed.has(about.candidate)) add(about);
  }
  // Where there is too little to say, it is said again.
  const again = isAboutAll && ranking.length > 0 ? ranking : [entry];
  const addNeeded = (about: SchemaEntry | undefined): boolean => values.length < least && add(about);
  while (again.map(addNeeded).includes(true));
  return values;
}

function fillTuple(parts: readonly unknown[], filling: Filling, { depth, entry }: ValuePlace): unknown[] | undefined {
  const values = parts.map((part) =>
    fillValue(part, filling, { depth: depth + 1, ...(entry !== undefined && { entry }) }),
  );
  return values.includes(undefined) ? undefined : values;
}
