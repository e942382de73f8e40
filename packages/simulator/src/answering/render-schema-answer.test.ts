import { describe, expect, it } from 'vitest';
import type { JsonSchema } from './json-schema.ts';
import { renderSchemaAnswer } from './render-schema-answer.ts';
import type { SchemaContent, SchemaEntry } from './schema-scalar.ts';

const candidates: readonly SchemaEntry[] = ['Alien', 'Heat', 'Fargo', 'Ran'].map((title, candidate) => ({
  title,
  candidate,
  label: candidate + 1,
  remark: `why ${title}`,
}));
const [alien, heat, fargo] = candidates as [SchemaEntry, SchemaEntry, SchemaEntry];
const content: SchemaContent = {
  ranking: [fargo, alien, heat],
  candidates,
  byLabel: false,
  text: () => 'prose',
  reasons: () => 'thoughts',
};
const fill = (schema: JsonSchema, changes: Partial<SchemaContent> = {}): unknown =>
  JSON.parse(renderSchemaAnswer(schema, { ...content, ...changes }));
const integers = { type: 'array', items: { type: 'integer' } };
const strings = { type: 'array', items: { type: 'string' } };

describe('renderSchemaAnswer', () => {
  it('gives numbers as shown to lists of integers and titles to lists of strings', () => {
    expect(fill({ type: 'object', properties: { ranking: integers } })).toEqual({ ranking: [3, 1, 2] });
    expect(fill(integers)).toEqual([3, 1, 2]);
    expect(fill(strings)).toEqual(['Fargo', 'Alien', 'Heat']);
    expect(fill({ type: 'array', items: { type: 'number' } })).toEqual([3, 1, 2]);
  });

  it('gives letters to lists of strings where labels are asked for, and places to lists of integers', () => {
    const lettered = candidates.map((entry, index) => ({ ...entry, label: 'ABCD'[index]! }));
    const ranking = [lettered[2]!, lettered[0]!];
    expect(fill(strings, { ranking, candidates: lettered, byLabel: true })).toEqual(['C', 'A']);
    expect(fill(strings, { ranking, candidates: lettered })).toEqual(['Fargo', 'Alien']);
    expect(fill(integers, { ranking, candidates: lettered })).toEqual([3, 1]);
    expect(fill({ type: 'array', items: { enum: ['A', 'B', 'C', 'D'] } }, { ranking })).toEqual(['C', 'A']);
  });

  it('keeps to an enum: by number, by title, or by place where the values have other names', () => {
    const list = (values: readonly unknown[]): unknown => fill({ type: 'array', items: { enum: values } });
    expect(list([1, 2, 3, 4])).toEqual([3, 1, 2]);
    expect(list(['1', '2', '3', '4'])).toEqual(['3', '1', '2']);
    expect(list(['Heat', 'Alien', 'Ran', 'Fargo'])).toEqual(['Fargo', 'Alien', 'Heat']);
    expect(list(['x0', 'x1', 'x2', 'x3'])).toEqual(['x2', 'x0', 'x1']);
    // Neither a number nor a title, and not as many as candidates.
    expect(list(['x0'])).toEqual([]);
    expect(fill({ type: 'boolean', enum: [false] })).toBe(false);
    expect(fill({ enum: [] })).toBeNull();
  });

  it('leaves titles that are no candidates out of numbers, not out of titles', () => {
    const ranking = [fargo, { title: 'Old', label: 'Old', remark: '' }, alien];
    expect(fill(integers, { ranking })).toEqual([3, 1]);
    expect(fill(strings, { ranking })).toEqual(['Fargo', 'Old', 'Alien']);
    expect(fill({ type: 'array', items: { enum: ['a', 'b', 'c', 'd'] } }, { ranking })).toEqual(['c', 'a']);
  });

  it('fills lists up to minItems with what was left out, and cuts them at maxItems', () => {
    expect(fill({ ...integers, minItems: 4 })).toEqual([3, 1, 2, 4]);
    expect(fill({ ...integers, minItems: 2 })).toEqual([3, 1, 2]);
    expect(fill({ ...integers, maxItems: 2 })).toEqual([3, 1]);
  });

  it('repeats nothing where items are unique', () => {
    const ranking = [fargo, fargo, alien];
    expect(fill(integers, { ranking })).toEqual([3, 3, 1]);
    expect(fill({ ...integers, uniqueItems: true, minItems: 3 }, { ranking })).toEqual([3, 1, 2]);
  });

  it('fills objects in lists by the names of their properties', () => {
    const properties = {
      rank: { type: 'integer' },
      title: { type: 'string' },
      id: { type: 'integer' },
      letter: { type: 'string' },
      reason: { type: 'string' },
      score: { type: 'number', maximum: 0.9 },
      points: { type: 'integer', minimum: 2 },
      rating: { type: 'integer' },
      genres: strings,
      seen: { type: 'boolean' },
      kind: { const: 'film' },
      none: { type: 'null' },
    };
    const [first, , last] = fill({ type: 'array', items: { type: 'object', properties } }) as object[];
    expect(first).toEqual({
      rank: 1,
      title: 'Fargo',
      id: 3,
      letter: '3',
      reason: 'why Fargo',
      score: 0.9,
      points: 3,
      rating: 3,
      genres: [],
      seen: true,
      kind: 'film',
      none: null,
    });
    expect(last).toMatchObject({ rank: 3, title: 'Heat', score: 1 / 3, points: 2, rating: 1 });
  });

  it('fills values outside a list with the best candidate and with prose', () => {
    const properties = {
      reasoning: { type: 'string' },
      answer: { type: 'string', maxLength: 3 },
      best: { type: 'integer' },
      choice: { type: 'string', enum: ['Alien', 'Fargo'] },
      other: { enum: ['p', 'q'] },
    };
    expect(fill({ type: 'object', properties })).toEqual({
      reasoning: 'thoughts',
      answer: 'pro',
      best: 3,
      choice: 'Fargo',
      other: 'p',
    });
  });

  it('says something where there is nothing to rank', () => {
    const schema = { type: 'object', properties: { ranking: integers, best: { type: 'integer' }, note: {} } };
    expect(fill(schema, { ranking: [], candidates: [] })).toEqual({ ranking: [], best: 0, note: 'thoughts' });
  });

  it('comes to an end where a schema is recursive', () => {
    const schema = {
      type: 'object',
      properties: { next: { $ref: '#' }, list: { type: 'array', items: { $ref: '#' } } },
    };
    expect(JSON.stringify(fill(schema)).length).toBeLessThan(2000);
    const lists = { type: 'array', items: { $ref: '#' } };
    expect(fill(lists)).toEqual([[], [], []]);
    expect(fill({ type: 'object' })).toEqual({});
  });

  it('gives entries every required property, or leaves them out', () => {
    const entry = {
      type: 'object',
      properties: {
        id: { type: 'integer' },
        mood: { enum: ['light', 'dark'] },
        tags: { type: 'array', items: { type: 'string' }, minItems: 1 },
      },
      required: ['id', 'mood', 'tags', 'more'],
    };
    const ranking = [fargo, { title: 'Old', label: 'Old', remark: '' }];
    expect(fill({ type: 'array', items: entry }, { ranking })).toEqual([
      { id: 3, mood: 'light', tags: ['Fargo'], more: 'Fargo' },
    ]);
    expect(fill({ type: 'array', items: { ...entry, required: [] } }, { ranking })).toHaveLength(2);
    const named = { type: 'object', properties: { title: { enum: ['Fargo', 'Heat'] } }, required: ['title'] };
    expect(fill({ type: 'array', items: named })).toEqual([{ title: 'Fargo' }, { title: 'Heat' }]);
  });

  it('fills tuples', () => {
    const pair = [{ type: 'string' }, { type: 'integer' }];
    expect(fill({ type: 'array', items: { type: 'array', prefixItems: pair } })).toEqual([
      ['Fargo', 3],
      ['Alien', 1],
      ['Heat', 2],
    ]);
    expect(fill({ type: 'array', items: pair })).toEqual(['prose', 3]);
  });

  it('says things again where a list has to be longer than there are candidates', () => {
    expect(fill({ ...integers, minItems: 6 })).toEqual([3, 1, 2, 4, 3, 1]);
    expect(fill({ ...integers, minItems: 6, uniqueItems: true })).toEqual([3, 1, 2, 4]);
    expect(fill({ ...strings, minItems: 2 }, { ranking: [], candidates: [] })).toEqual(['prose', 'prose']);
  });

  it('keeps numbers to their limits', () => {
    const number = (limits: object): unknown => fill({ type: 'number', ...limits });
    // The best candidate has number 3.
    expect(number({ exclusiveMinimum: 3 })).toBe(4);
    expect(number({ exclusiveMinimum: 0, exclusiveMaximum: 1 })).toBe(0.5);
    expect(number({ multipleOf: 5 })).toBe(5);
    expect(number({ multipleOf: 2, maximum: 3 })).toBe(2);
    expect(number({ minimum: 2, exclusiveMaximum: 3.5 })).toBe(3);
    expect(fill({ type: 'integer', minimum: 3.5 })).toBe(4);
    expect(fill({ type: 'integer', maximum: 2.5 })).toBe(2);
  });

  it('cuts strings between characters', () => {
    expect(fill({ type: 'string', maxLength: 1 }, { text: () => '🎬🎬' })).toBe('🎬');
  });

  it('ends a recursive schema with null or without the property, and keeps what is required', () => {
    const node = {
      type: 'object',
      properties: { name: { type: 'string' }, next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } },
      required: ['name', 'next'],
    };
    let part = fill(node) as { readonly name: string; readonly next: typeof part } | null;
    for (; part !== null; part = part.next) expect(part.name).toBe('prose');
  });

  it.each([
    ['optional', []],
    ['required', [...'abcdefghijkl']],
  ])('comes to an end where a schema branches into itself, %s', (_, required) => {
    const properties = Object.fromEntries([...'abcdefghijkl'].map((name) => [name, { $ref: '#' }]));
    const text = renderSchemaAnswer({ type: 'object', properties, required }, content);
    expect(text.length).toBeLessThan(200_000);
    expect(fill({ ...strings, minItems: 1e9 })).toHaveLength(9_999);
  });

  it('follows references', () => {
    const schema = {
      type: 'object',
      properties: { ranking: { type: 'array', items: { $ref: '#/$defs/Number' } } },
      $defs: { Number: { type: 'integer' } },
    };
    expect(fill(schema)).toEqual({ ranking: [3, 1, 2] });
  });
});
