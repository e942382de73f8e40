import { describe, expect, it } from 'vitest';
import { findKind, resolveSchema } from './json-schema.ts';

describe('resolveSchema', () => {
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
