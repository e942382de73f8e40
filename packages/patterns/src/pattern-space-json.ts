import { describeValue } from '@rppkit/spec';
import { assertFields, createShapeError } from './json-shape.ts';
import { PatternError } from './pattern-error.ts';
import { createPatternSpace, type PatternSpace } from './pattern-space.ts';

const schema = 'rppkit/pattern-space';
const version = 1;

/** A space as indented JSON text with schema and version, for files that people read and edit. */
export function serializePatternSpace(space: PatternSpace): string {
  return `${JSON.stringify({ schema, version, ...createPatternSpace(space) }, undefined, 2)}\n`;
}

/**
 * The space that a JSON text holds; inverse of `serializePatternSpace`. Throws `PatternError` with the JSON path of what is
 * wrong: no JSON, another schema or version, unknown fields, unknown slots.
 */
export function parsePatternSpace(text: string): PatternSpace {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PatternError(
      `Expected the JSON text of a pattern space, received ${describeValue(text)}: ${cause}. Pass what serializePatternSpace wrote.`,
    );
  }
  const fields = assertFields(value, '', ['schema', 'version', 'domain', 'patterns', 'layout', 'phrases']);
  if (fields.schema !== schema) throw createShapeError('schema', `"${schema}"`, fields.schema);
  if (fields.version !== version) {
    throw new PatternError(
      `Expected version to be ${version}, received ${describeValue(fields.version)}. Read it with the version of rppkit that wrote it.`,
    );
  }
  const { schema: _schema, version: _version, ...space } = fields;
  return createPatternSpace(space as unknown as PatternSpace);
}
