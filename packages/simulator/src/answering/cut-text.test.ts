import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTokens } from './count-tokens.ts';
import { cutText } from './cut-text.ts';

describe('countTokens', () => {
  it.each([
    ['', 0],
    ['abcd', 1],
    ['abcde', 2],
    ['电影', 2],
    // Two code units of four quarters each, and one of one.
    ['a😀', 3],
  ])('counts %j as %d', (text, tokens) => {
    expect(countTokens(text)).toBe(tokens);
  });
});

describe('cutText', () => {
  it('leaves a text that fits as it is', () => {
    expect(cutText('abcdefgh', { maxTokens: 2 })).toEqual({ text: 'abcdefgh', finishReason: 'stop' });
    expect(cutText('abcdefgh', {})).toEqual({ text: 'abcdefgh', finishReason: 'stop' });
  });

  it('cuts at the limit: two tokens are eight ASCII characters', () => {
    expect(cutText('abcdefghi', { maxTokens: 2 })).toEqual({ text: 'abcdefgh', finishReason: 'length' });
    expect(cutText('好电影', { maxTokens: 2 })).toEqual({ text: '好电', finishReason: 'length' });
  });

  it('tears no surrogate pair apart', () => {
    expect(cutText('abc😀', { maxTokens: 2 })).toEqual({ text: 'abc', finishReason: 'length' });
  });

  it('ends in front of the first stop sequence, which is no cut', () => {
    expect(cutText('one two three', { stop: ['three', ' two', ''] })).toEqual({ text: 'one', finishReason: 'stop' });
    expect(cutText('one two', { stop: ['four'] })).toEqual({ text: 'one two', finishReason: 'stop' });
  });

  it('ends where the first of both limits is', () => {
    expect(cutText('abcdefgh ij', { stop: [' '], maxTokens: 2 }).finishReason).toBe('stop');
    expect(cutText('abcdefgh ij', { stop: [' '], maxTokens: 1 })).toEqual({ text: 'abcd', finishReason: 'length' });
  });

  it('gives the longest beginning within the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, maxTokens) => {
        const { text: cut, finishReason } = cutText(text, { maxTokens });
        expect(text.startsWith(cut)).toBe(true);
        expect(countTokens(cut)).toBeLessThanOrEqual(maxTokens);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
        expect(finishReason === 'stop').toBe(countTokens(text) <= maxTokens);
      }),
    );
  });
});
