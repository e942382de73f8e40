import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePythonLiteral } from './python-literal.ts';

// What Python 3's `repr` writes for values of JSON.
function represent(value: unknown): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return representText(value);
  if (Array.isArray(value)) return `[${value.map(represent).join(', ')}]`;
  const entries = Object.entries(value as object).map(([key, entry]) => `${represent(key)}: ${represent(entry)}`);
  return `{${entries.join(', ')}}`;
}

function representText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = Array.from(text, (character) => {
    if (character === quote || character === '\\') return `\\${character}`;
    const code = character.codePointAt(0)!;
    if (code < 0x20) return `\\x${code.toString(16).padStart(2, '0')}`;
    if (code >= 0xd800 && code <= 0xdfff) return `\\u${code.toString(16)}`;
    return character;
  });
  return quote + body.join('') + quote;
}

describe('parsePythonLiteral', () => {
  it.each([
    ["{'asin': 'B1', 'price': 3.5}", { asin: 'B1', price: 3.5 }],
    [`{"it's": 'say "so"', 'a': "it's"}`, { "it's": 'say "so"', a: "it's" }],
    ["  [['Games', 'Old'], [], (1, -2.5e3, .5), (7,), ()] ", [['Games', 'Old'], [], [1, -2500, 0.5], [7], []]],
    ['[None, True, False, u"é", u\'x\',]', [null, true, false, 'é', 'x']],
    [String.raw`'\n\t\\\'\"\x41\u00e9\U0001F600\101\0'`, '\n\t\\\'"Aé😀A\0'],
    // As in Python, an unknown escape keeps its backslash.
    [String.raw`'a\/b\d'`, 'a\\/b\\d'],
    ["{'a': {'b': [{'c': None}]}}", { a: { b: [{ c: null }] } }],
    ["{'a': 1, 'a': 2}", { a: 2 }],
    ["'𝒳 ü'", '𝒳 ü'],
  ])('reads %s', (source, value) => {
    expect(parsePythonLiteral(source)).toEqual(value);
  });

  it('reads back what repr writes for any value of JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }), (value) => {
        expect(parsePythonLiteral(represent(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('makes a key __proto__ a plain field', () => {
    const value = parsePythonLiteral("{'__proto__': {'polluted': 1}}") as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('polluted' in value).toBe(false);
  });

  it.each([
    ['', 'a value at character 1'],
    ["{'a': 1", 'a comma or } at character 8'],
    ["{'a' 1}", 'a colon at character 6'],
    ["{'a': }", 'a value at character 7'],
    ["{1: 'a'}", 'a text as key'],
    ["{'a'}", 'a colon at character 5'],
    ["['a' 'b']", 'a comma or ] at character 6'],
    ["['a', , 'b']", 'a value at character 7'],
    ['(1)', 'a comma in a tuple of one'],
    ["'open", 'a closing quote at character 6'],
    ["'two\nlines'", 'a closing quote at character 5'],
    [String.raw`'\x4'`, 'a complete escape'],
    [String.raw`'\u12'`, 'a complete escape'],
    [String.raw`'\N{DASH}'`, 'a complete escape'],
    ["'\\", 'a complete escape'],
    [String.raw`'\UFFFFFFFF'`, 'a character of Unicode'],
    ['1 2', 'the end at character 3'],
    ['1.2.3', 'the end at character 4'],
    ['nan', 'a value at character 1'],
    ['u', 'a value at character 1'],
    ['Nonesuch', 'the end at character 5'],
    ["b'x'", 'a value at character 1'],
    ['__import__("os").system("ls")', 'a value at character 1'],
    ['[x for x in y]', 'a value at character 2'],
    ['"""a"""', 'the end at character 3'],
    ['['.repeat(100_000), 'at most 64 nested containers'],
  ])('refuses %j', (source, message) => {
    expect(() => parsePythonLiteral(source)).toThrow(SyntaxError);
    expect(() => parsePythonLiteral(source)).toThrow(message);
  });
});
