import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from './decimal.ts';

const parse = (text: string): number => {
  const bytes = new TextEncoder().encode(`9${text}9`);
  return parseDecimal(bytes, 1, bytes.length - 1);
};

describe('parseDecimal', () => {
  it('rounds like Number', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 20 });
    const fixed = fc
      .tuple(fc.constantFrom('', '-', '+'), digits, fc.option(digits, { nil: '' }))
      .map(([sign, whole, part]) => `${sign}${whole}.${part}`);
    const numbers = fc.oneof(
      fixed,
      digits,
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.integer().map(String),
    );
    fc.assert(
      fc.property(numbers, (text) => {
        expect(parse(text)).toBe(Number(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['.5', 0.5],
    ['5.', 5],
    ['-0', -0],
    [' 7 ', 7],
    ['1e3', 1000],
    ['0.1', 0.1],
    ['123456789012345.6', 123456789012345.6],
  ])('reads %j', (text, value) => {
    expect(parse(text)).toBe(value);
  });

  it.each(['', '-', '.', '1.2.3', '1,5', 'x', '0x10', 'NaN', 'Infinity', '1e999', '--1', '1 2', '٣', '1'.repeat(500)])(
    'refuses %j',
    (text) => {
      expect(parse(text)).toBeNaN();
    },
  );
});
