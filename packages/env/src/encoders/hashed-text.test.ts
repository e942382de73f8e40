import type { Encoder, EncoderContext, Item } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHashedText } from './hashed-text.ts';
import { computeFnv1a, computeTextHash, mixBits } from './text-hash.ts';
import { listTokens } from './text-hasher.ts';

function createContext(history: readonly Item[], prompt?: string): EncoderContext {
  return {
    task: {
      id: 't',
      user: 'u',
      history: history.map((item) => ({ item })),
      candidates: [{ id: 'x', title: 'heat' }],
    },
    round: 0,
    rounds: 1,
    ...(prompt === undefined
      ? {}
      : { last: { choice: [0], prompt, status: 'invalid' as const, ranking: new Int32Array(0) } }),
  };
}

function encode(encoder: Encoder, context: EncoderContext): number[] {
  const output = new Float32Array(encoder.size).fill(Number.NaN);
  encoder.encode(context, output);
  return [...output];
}

/** Where a token goes, and its sign, from its hash. */
function locate(token: string, dimensions: number): { readonly place: number; readonly sign: number } {
  const hash = computeTextHash(token);
  return { place: Math.floor(hash / 2) % dimensions, sign: hash % 2 === 1 ? -1 : 1 };
}

describe('computeTextHash', () => {
  it('is FNV-1a of the published test vectors', () => {
    expect(computeFnv1a('')).toBe(0x811c9dc5);
    expect(computeFnv1a('a')).toBe(0xe40c292c);
    expect(computeFnv1a('foobar')).toBe(0xbf9cf968);
  });

  it('reads UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let hash = 0x811c9dc5;
        for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
        expect(computeFnv1a(text)).toBe(hash >>> 0);
      }),
    );
  });

  it('ends with the final mix of MurmurHash3', () => {
    expect(mixBits(0)).toBe(0);
    expect(mixBits(1)).toBe(0x514e28b7);
    expect(computeTextHash('foobar')).toBe(mixBits(0xbf9cf968));
  });
});

describe('listTokens', () => {
  it.each([
    ['The THING (1982)', ['the', 'thing', '1982']],
    ['Ａｌｉｅｎ³ — Amélie’s', ['alien3', 'amélie', 's']],
    ['重庆森林 1994', ['重庆', '庆森', '森林', '1994']],
    ['a人b', ['a', '人', 'b']],
    ['ラーメン', ['ラー', 'ーメ', 'メン']],
    ['기생충', ['기생충']],
    ['… 🎬', []],
  ])('splits %s', (text, tokens) => {
    expect([...listTokens(text)]).toEqual(tokens);
  });
});

describe('createHashedText', () => {
  it('writes signed counts as a vector of length 1', () => {
    const dimensions = 1024;
    const values = encode(
      createHashedText({ dimensions }),
      createContext([
        { id: '1', title: 'heat' },
        { id: '2', title: 'Heat', attributes: { genres: ['Crime'], year: '1995' } },
      ]),
    );
    // heat twice, the others once: length sqrt(4 + 1 + 1).
    const expected = new Array<number>(dimensions).fill(0);
    for (const [token, count] of [
      ['heat', 2],
      ['genres=crime', 1],
      ['year=1995', 1],
    ] as const) {
      const { place, sign } = locate(token, dimensions);
      expected[place] = Math.fround((sign * count) / Math.sqrt(6));
    }
    expect(values).toEqual(expected);
  });

  it('adds tokens that share a place with their signs', () => {
    const { sign } = locate('heat', 1);
    expect(encode(createHashedText({ dimensions: 1 }), createContext([{ id: '1', title: 'heat heat' }]))).toEqual([
      sign,
    ]);
    // Two words of different signs leave nothing of each other.
    const words = Array.from({ length: 20 }, (_, index) => `word${index}`);
    const plus = words.find((word) => locate(word, 1).sign === 1)!;
    const minus = words.find((word) => locate(word, 1).sign === -1)!;
    const cancelled = createContext([{ id: '1', title: `${plus} ${minus}` }]);
    expect(encode(createHashedText({ dimensions: 1 }), cancelled)).toEqual([0]);
  });

  it('reads the latest entries, the candidates or the last prompt', () => {
    const heat = { id: '1', title: 'heat' };
    const other = { id: '2', title: 'something else' };
    const alone = encode(createHashedText(), createContext([heat]));
    expect(encode(createHashedText({ window: 1 }), createContext([other, heat]))).toEqual(alone);
    expect(encode(createHashedText({ window: 2 }), createContext([other, heat]))).not.toEqual(alone);
    expect(encode(createHashedText({ source: 'candidates' }), createContext([other]))).toEqual(alone);
    expect(encode(createHashedText({ source: 'last-prompt' }), createContext([other], 'Heat!'))).toEqual(alone);
  });

  it('writes zeros where there is no text', () => {
    const zeros = new Array(32).fill(0);
    expect(encode(createHashedText(), createContext([]))).toEqual(zeros);
    expect(encode(createHashedText({ source: 'last-prompt' }), createContext([]))).toEqual(zeros);
    expect(encode(createHashedText({ source: 'last-prompt' }), createContext([], ''))).toEqual(zeros);
  });

  it('is named after its source', () => {
    expect(createHashedText({ source: 'last-prompt' }).name).toBe('last-prompt-hashed-text');
    expect(createHashedText({ name: 'words' }).state()).toEqual({
      kind: 'hashed-text',
      name: 'words',
      source: 'history',
      window: 20,
      dimensions: 32,
    });
  });

  it.each([
    [{ source: 'future' }, 'Expected source to be one of history, candidates, last-prompt, received "future"'],
    [{ window: 0 }, 'Expected window to be a positive integer'],
    [{ dimensions: 1.5 }, 'Expected dimensions to be a positive integer'],
    [{ name: '' }, 'Expected name to be text'],
  ])('rejects %o', (options, message) => {
    expect(() => createHashedText(options as object)).toThrow(message);
  });
});
