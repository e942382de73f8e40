/** A JSON schema as requests carry it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export type JsonKind = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

/** Resolves parts of one schema, each of them once. */
export type SchemaResolver = (part: unknown) => JsonSchema;

/**
 * The part of a schema that says what a value looks like: references inside `root` are followed, of alternatives the first
 * that is not null is taken, and all parts of an `allOf` together, their properties and required names united. What leads
 * nowhere, or back to itself, says nothing.
 */
export function createSchemaResolver(root: JsonSchema): SchemaResolver {
  // A part that is being resolved stands for `{}`, so that no schema, however it refers to itself, is walked through twice.
  const resolved = new Map<JsonSchema, JsonSchema>();
  const resolve: SchemaResolver = (part) => {
    if (!isSchema(part)) return {};
    const known = resolved.get(part);
    if (known !== undefined) return known;
    resolved.set(part, {});
    const whole = resolvePart(part);
    resolved.set(part, whole);
    return whole;
  };
  const resolvePart = (part: JsonSchema): JsonSchema => {
    const { $ref: reference, anyOf, oneOf, allOf, ...rest } = part;
    if (typeof reference === 'string') return { ...resolve(followReference(reference, root)), ...rest };
    const alternatives: unknown = Array.isArray(anyOf) ? anyOf : oneOf;
    if (Array.isArray(alternatives) && alternatives.length > 0) {
      const chosen = alternatives.find((alternative) => findKind(resolve(alternative)) !== 'null') ?? alternatives[0];
      return mergeSchemas([rest, resolve(chosen)]);
    }
    if (Array.isArray(allOf)) return mergeSchemas([rest, ...allOf.map(resolve)]);
    return part;
  };
  return resolve;
}

function mergeSchemas(parts: readonly JsonSchema[]): JsonSchema {
  const properties = parts.map((part) => part['properties']).filter(isSchema);
  const required = parts.flatMap((part) => (Array.isArray(part['required']) ? part['required'] : []));
  return {
    ...(Object.assign({}, ...parts) as JsonSchema),
    ...(properties.length > 0 && { properties: Object.assign({}, ...properties) as JsonSchema }),
    ...(required.length > 0 && { required }),
  };
}

/** True where null is among the values that a part allows. */
export function isNullable(part: unknown, resolve: SchemaResolver): boolean {
  if (!isSchema(part)) return false;
  const { type, anyOf, oneOf } = part;
  if (type === 'null' || (Array.isArray(type) && type.includes('null'))) return true;
  const alternatives: unknown = Array.isArray(anyOf) ? anyOf : oneOf;
  return Array.isArray(alternatives) && alternatives.some((alternative) => findKind(resolve(alternative)) === 'null');
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

/** A JSON pointer from the root, such as `#/$defs/Item` or `#/anyOf/0`. */
function followReference(reference: string, root: JsonSchema): unknown {
  if (!reference.startsWith('#')) return undefined;
  let place: unknown = root;
  for (const escaped of reference.slice(1).split('/').slice(1)) {
    const name = decodeName(escaped);
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name)) return undefined;
    place = (place as JsonSchema)[name];
  }
  return place;
}

function decodeName(escaped: string): string {
  const name = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
