/** A JSON schema as requests carry it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export type JsonKind = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

/** References that lead nowhere else end here. */
const maximumDepth = 16;

/**
 * The part of a schema that says what a value looks like: references inside `root` are followed, of alternatives the first
 * that is not null is taken, and all parts of an `allOf` together.
 */
export function resolveSchema(schema: unknown, root: JsonSchema, depth = 0): JsonSchema {
  if (!isSchema(schema) || depth > maximumDepth) return {};
  const next = (part: unknown): JsonSchema => resolveSchema(part, root, depth + 1);
  const { $ref: reference, anyOf, oneOf, allOf, ...rest } = schema;
  if (typeof reference === 'string') return { ...next(followReference(reference, root)), ...rest };
  const alternatives = Array.isArray(anyOf) ? anyOf : oneOf;
  if (Array.isArray(alternatives)) {
    const parts = alternatives.map(next);
    return { ...rest, ...(parts.find((part) => findKind(part) !== 'null') ?? parts[0]) };
  }
  if (Array.isArray(allOf)) return Object.assign({}, rest, ...allOf.map(next)) as JsonSchema;
  return schema;
}

/** What a resolved schema asks for, by its `type` or by its other words; undefined: anything. */
export function findKind({ type, properties, items, enum: values }: JsonSchema): JsonKind | undefined {
  const named: unknown = Array.isArray(type) ? (type.find((kind) => kind !== 'null') ?? type[0]) : type;
  if (typeof named === 'string') return named as JsonKind;
  if (isSchema(properties)) return 'object';
  if (items !== undefined) return 'array';
  if (!Array.isArray(values)) return undefined;
  return typeof values[0] === 'number' ? 'number' : 'string';
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON pointer from the root, such as `#/$defs/Item`. */
function followReference(reference: string, root: JsonSchema): unknown {
  if (!reference.startsWith('#')) return undefined;
  let place: unknown = root;
  for (const name of reference.slice(1).split('/').slice(1)) {
    place = isSchema(place) ? place[name.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  }
  return place;
}
