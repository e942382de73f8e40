import { describe, expect, it } from 'vitest';
import { createSchemaResolver, findKind, isNullable, type JsonSchema } from './json-schema.ts';

const resolveSchema = (part: unknown, root: JsonSchema): JsonSchema => createSchemaResolver(root)(part);

describe('createSchemaResolver', () => {
  it('follows references, also chained ones and with escaped names', () => {
    const root = { $defs: { 'a/b': { $ref: '#/$defs/end' }, end: { type: 'integer' } } };
    expect(resolveSchema({ $ref: '#/$defs/a~1b', title: 'T' }, root)).toEqual({ type: 'integer', title: 'T' });
    expect(resolveSchema({ $ref: '#' }, { type: 'string' })).toEqual({ type: 'string' });
  });

  it('takes what leads nowhere for anything', () => {
    expect(resolveSchema({ $ref: '#/$defs/missing' }, {})).toEqual({});
    expect(resolveSchema({ $ref: 'https://example.com/schema' }, {})).toEqual({});
    expect(resolveSchema(true, {})).toEqual({});
    const loop = { $ref: '#' };
    expect(resolveSchema(loop, loop)).toEqual({});
  });

  it('takes the first alternative that is not null', () => {
    const alternatives = [{ type: 'null' }, { type: 'string' }, { type: 'integer' }];
    expect(resolveSchema({ anyOf: alternatives, title: 'T' }, {})).toEqual({ type: 'string', title: 'T' });
    expect(resolveSchema({ oneOf: alternatives }, {})).toEqual({ type: 'string' });
    expect(resolveSchema({ anyOf: [{ type: 'null' }] }, {})).toEqual({ type: 'null' });
  });

  it('takes all parts of an allOf', () => {
    expect(resolveSchema({ allOf: [{ type: 'array' }, { minItems: 2 }], maxItems: 3 }, {})).toEqual({
      type: 'array',
      minItems: 2,
      maxItems: 3,
    });
  });
});

describe('createSchemaResolver, on schemas made to trap it', () => {
  it('follows pointers into lists and with percent signs, and never to what objects inherit', () => {
    const root = { anyOf: [{ type: 'null' }, { type: 'integer' }], $defs: { 'a b': { type: 'string' } } };
    expect(resolveSchema({ $ref: '#/anyOf/1' }, root)).toEqual({ type: 'integer' });
    expect(resolveSchema({ $ref: '#/$defs/a%20b' }, root)).toEqual({ type: 'string' });
    expect(resolveSchema({ $ref: '#/$defs/%' }, root)).toEqual({});
    expect(resolveSchema({ $ref: '#/__proto__' }, root)).toEqual({});
    expect(resolveSchema({ $ref: '#/anyOf/length' }, { anyOf: [] })).toEqual({});
  });

  it('walks through each part once, however often it refers to itself', () => {
    const loops = Array.from({ length: 40 }, () => ({ $ref: '#' }));
    expect(resolveSchema({ $ref: '#' }, { allOf: loops, type: 'string' })).toEqual({ type: 'string' });
    expect(resolveSchema({ $ref: '#' }, { anyOf: loops, type: 'string' })).toEqual({ type: 'string' });
  });

  it('unites the properties of an allOf', () => {
    const allOf = [
      { properties: { a: {} }, required: ['a'] },
      { properties: { b: {} }, required: ['b'] },
    ];
    expect(resolveSchema({ type: 'object', allOf }, {})).toEqual({
      type: 'object',
      properties: { a: {}, b: {} },
      required: ['a', 'b'],
    });
  });
});

describe('isNullable', () => {
  it.each([
    [{ type: 'null' }, true],
    [{ type: ['string', 'null'] }, true],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, true],
    [{ oneOf: [{ $ref: '#/$defs/none' }] }, true],
    [{ type: 'string' }, false],
    [{ anyOf: [{ type: 'string' }] }, false],
    [true, false],
  ])('%j: %s', (part, expected) => {
    expect(isNullable(part, createSchemaResolver({ $defs: { none: { type: 'null' } } }))).toBe(expected);
  });
});

describe('findKind', () => {
  it.each([
    [{ type: 'array' }, 'array'],
    [{ type: ['null', 'string'] }, 'string'],
    [{ type: ['null'] }, 'null'],
    [{ properties: {} }, 'object'],
    [{ items: {} }, 'array'],
    [{ enum: [1, 2] }, 'number'],
    [{ enum: ['a'] }, 'string'],
    [{}, undefined],
  ])('%j is of kind %s', (schema, kind) => {
    expect(findKind(schema)).toBe(kind);
  });
});
