import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenTable } from './token-table.ts';

const encoder = new TextEncoder();

describe('TokenTable', () => {
  it('numbers tokens as a Map does', () => {
    const token = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.integer().map(String),
      fc.integer({ min: 0, max: 1_200_000 }).map(String),
      fc.stringMatching(/^0?[0-9]{1,7}$/),
      fc.string({ maxLength: 2 }),
    );
    fc.assert(
      fc.property(
        fc.array(
          token.filter((text) => !text.includes('\0')),
          { maxLength: 200 },
        ),
        (tokens) => {
          const table = new TokenTable();
          const expected = new Map<string, number>();
          for (const text of tokens) {
            const bytes = encoder.encode(`-${text}-`);
            expect(table.find(bytes, 1, bytes.length - 1)).toBe(expected.get(text) ?? -1);
            if (!expected.has(text)) expected.set(text, expected.size);
            expect(table.intern(bytes, 1, bytes.length - 1)).toBe(expected.get(text));
            expect(table.internText(text)).toBe(expected.get(text));
          }
          expect(table.size).toBe(expected.size);
          expect(table.toTexts()).toEqual([...expected.keys()]);
        },
      ),
    );
  });

  it('grows', () => {
    const table = new TokenTable();
    const tokens = Array.from(
      { length: 20_000 },
      (_, index) => `${index % 2 === 0 ? 'a rather long token ' : ''}${index}`,
    );
    expect(tokens.map((text) => table.internText(text))).toEqual(tokens.map((_, index) => index));
    expect(tokens.map((text) => table.internText(text))).toEqual(tokens.map((_, index) => index));
    expect(table.toTexts()).toEqual(tokens);
  });

  it('keeps long tokens apart that have the same hash and length', () => {
    const table = new TokenTable();
    // A known pair with equal FNV-1a of 32 bits.
    expect(['declinate', 'macallums', 'declinate'].map((text) => table.internText(text))).toEqual([0, 1, 0]);
  });

  it('keeps apart tokens of up to 8 bytes that share bytes', () => {
    const table = new TokenTable();
    const tokens = ['', 'a', 'aa', 'aaaa', 'aaaaa', 'aaaaaaaa', 'aaaaaaaaa', 'abcdefgh', 'abcdefghi', 'abcdefghj'];
    expect(tokens.map((text) => table.internText(text))).toEqual(tokens.map((_, index) => index));
    expect(table.toTexts()).toEqual(tokens);
  });
});
