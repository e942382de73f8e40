import { describe, expect, it } from 'vitest';
import { createPatterns } from './create-patterns.ts';
import { defaultPatterns } from './default-patterns.ts';
import { movies } from './domains.ts';
import { createPatternSpace } from './pattern-space.ts';
import { parsePatternSpace, serializePatternSpace } from './pattern-space-json.ts';

const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
const text = serializePatternSpace(space);
interface LooseSpace {
  readonly domain: object;
  readonly patterns: readonly { readonly expressions: readonly object[] }[];
}
const change = (edit: (value: LooseSpace) => void): string => {
  const value = JSON.parse(text) as LooseSpace;
  edit(value);
  return JSON.stringify(value);
};

describe('the JSON form of a space', () => {
  it('names schema and version first', () => {
    expect(text.split('\n').slice(0, 4)).toEqual([
      '{',
      '  "schema": "rppkit/pattern-space",',
      '  "version": 1,',
      '  "domain": {',
    ]);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('survives the round trip', () => {
    expect(parsePatternSpace(text)).toEqual(space);
    const chinese = createPatterns({
      preset: 'reference',
      language: 'zh',
      records: { initialWindow: 5, timeGaps: true },
    });
    const other = createPatternSpace({ domain: { ...movies, measureWord: '部' }, patterns: chinese });
    expect(parsePatternSpace(serializePatternSpace(other))).toEqual(other);
  });

  it.each<[string, string, string]>([
    ['text that is no JSON', '{', 'Expected the JSON text of a pattern space, received "{": SyntaxError'],
    ['another value', '[]', 'Expected the whole value to be an object'],
    [
      'another schema',
      change((value) => Object.assign(value, { schema: 'x' })),
      'Expected schema to be "rppkit/pattern-space", received "x"',
    ],
    [
      'another version',
      change((value) => Object.assign(value, { version: 2 })),
      'Expected version to be 1, received 2',
    ],
    ['an unknown field', change((value) => Object.assign(value, { patern: 2 })), 'received patern'],
    ['a word that is missing', change((value) => Object.assign(value.domain, { field: null })), 'domain.field'],
    [
      'a bad slot',
      change((value) => Object.assign(value.patterns[2]!.expressions[4]!, { template: 'By {taste}.' })),
      'patterns[2].expressions[4].template (expression infer-preferences of pattern reasoning) to be among {count}',
    ],
    [
      'an unknown field of an expression',
      change((value) => Object.assign(value.patterns[1]!.expressions[0]!, { windows: 3 })),
      'received patterns[1].expressions[0].windows',
    ],
  ])('refuses %s', (_, broken, message) => {
    expect(() => parsePatternSpace(broken)).toThrow(message);
  });
});
