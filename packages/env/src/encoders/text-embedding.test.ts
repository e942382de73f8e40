import { type Encoder, type EncoderContext, RppError, type TextEmbedder } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createTextEmbedding, type TextEmbeddingOptions } from './text-embedding.ts';
import { createTextProjection } from './text-projection.ts';

/** Writes counts of three letters, and keeps what it was asked. */
function createLetterEmbedder(): TextEmbedder & { readonly calls: (readonly string[])[] } {
  const calls: (readonly string[])[] = [];
  return {
    id: 'letters',
    dimensions: 3,
    calls,
    embed: async (texts) => {
      calls.push(texts);
      return texts.map((text) => Float32Array.from('aeh', (letter) => text.split(letter).length - 1));
    },
  };
}

function createContext(user: string, titles: readonly string[], prompt?: string): EncoderContext {
  return {
    task: {
      id: user,
      user,
      history: titles.map((title) => ({ item: { id: title, title, attributes: { genres: ['A', 'B'], year: '1' } } })),
      candidates: [{ id: 'x', title: 'Heat' }],
    },
    round: 0,
    rounds: 1,
    ...(prompt === undefined
      ? {}
      : { last: { choice: [0], prompt, status: 'invalid' as const, ranking: new Int32Array(0) } }),
  };
}

function encode(encoder: Encoder, context: EncoderContext): Float32Array {
  const output = new Float32Array(encoder.size).fill(Number.NaN);
  encoder.encode(context, output);
  return output;
}

function create(options: Partial<TextEmbeddingOptions> = {}) {
  const embedder = createLetterEmbedder();
  return { embedder, encoder: createTextEmbedding({ embedder, dimensions: 4, ...options }) };
}

describe('createTextProjection', () => {
  it('is linear in the direction, blind to length, and 0 for nothing', () => {
    const project = createTextProjection(1, 3, 4);
    const [x, y, both] = [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0), Float32Array.of(3, 4, 0)].map(project);
    both!.forEach((value, place) => {
      // (3, 4) has length 5.
      expect(value).toBeCloseTo(0.6 * x![place]! + 0.8 * y![place]!, 5);
    });
    expect(project(Float32Array.of(30, 40, 0))).toEqual(both);
    expect(project(new Float32Array(3))).toEqual(new Float32Array(4));
  });

  it('has floats of mean 0 and deviation 1, and keeps angles', () => {
    const project = createTextProjection('angles', 50, 4000);
    const left = new Float32Array(50).fill(1);
    const right = Float32Array.from({ length: 50 }, (_, place) => (place < 25 ? 1 : 0));
    const [a, b] = [project(left), project(right)];
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean([...a]))).toBeLessThan(0.07);
    expect(Math.abs(mean([...a].map((value) => value * value)) - 1)).toBeLessThan(0.1);
    // The cosine is 25 / sqrt(50 * 25).
    expect(Math.abs(mean([...a].map((value, place) => value * b[place]!)) - Math.SQRT1_2)).toBeLessThan(0.1);
  });

  it('depends on the seed and the sizes alone', () => {
    const vector = Float32Array.of(1, 2, 3);
    expect(createTextProjection(1, 3, 4)(vector)).toEqual(createTextProjection(1, 3, 4)(vector));
    expect(createTextProjection(1, 3, 4)(vector)).not.toEqual(createTextProjection(2, 3, 4)(vector));
    expect(createTextProjection('1', 3, 4)(vector)).not.toEqual(createTextProjection(1, 3, 4)(vector));
  });
});

describe('createTextEmbedding', () => {
  it('projects the embedding of the latest history entries', async () => {
    const { encoder, embedder } = create({ window: 2, seed: 5 });
    const context = createContext('u', ['gone', 'heat', 'ha']);
    await encoder.prepare!([context]);
    expect(embedder.calls).toEqual([['heat (genres: A, B; year: 1)\nha (genres: A, B; year: 1)']]);
    // Letters of that text: a 1 + 1 + 2 of "year", e 1 + 2 * 3 of "genres" and "year", h 1 + 1.
    expect(encode(encoder, context)).toEqual(createTextProjection(5, 3, 4)(Float32Array.of(4, 7, 2)));
  });

  it('reads the candidates or the last prompt where it is told to', async () => {
    const heat = createTextProjection(0, 3, 4)(Float32Array.of(1, 1, 0));
    for (const [source, context] of [
      ['candidates', createContext('u', ['other'])],
      ['last-prompt', createContext('u', ['other'], 'Heat')],
    ] as const) {
      const { encoder } = create({ source });
      expect(encoder.name).toBe(`${source}-text-embedding`);
      await encoder.prepare!([context]);
      expect(encode(encoder, context), source).toEqual(heat);
    }
  });

  it('asks for each distinct text once, in batches', async () => {
    const { encoder, embedder } = create({ source: 'last-prompt', batchSize: 2 });
    const prompts = ['a', 'e', 'a', 'h', 'e', 'aa', 'ah'];
    const contexts = prompts.map((prompt) => createContext('u', [], prompt));
    await encoder.prepare!(contexts);
    expect(embedder.calls).toEqual([['a', 'e'], ['h', 'aa'], ['ah']]);
    await encoder.prepare!([...contexts, createContext('v', [], 'e'), createContext('w', [], 'new')]);
    expect(embedder.calls.slice(3)).toEqual([['new']]);
    expect(encode(encoder, createContext('other object', [], 'h'))).toEqual(encode(encoder, contexts[3]!));
  });

  it('forgets the texts used longest ago, but never what was prepared for an object', async () => {
    const { encoder, embedder } = create({ source: 'last-prompt', cacheSize: 2 });
    const contexts = ['a', 'e', 'h'].map((prompt) => createContext('u', [], prompt));
    await encoder.prepare!(contexts.slice(0, 2));
    // Uses a, so that e is the oldest when h comes.
    await encoder.prepare!([createContext('v', [], 'a')]);
    await encoder.prepare!(contexts.slice(2));
    for (const context of contexts) encode(encoder, context);
    expect(() => encode(encoder, createContext('v', [], 'a'))).not.toThrow();
    expect(() => encode(encoder, createContext('v', [], 'e'))).toThrow('to be prepared');
    expect(embedder.calls).toHaveLength(2);
  });

  it('throws where it was not prepared, and says what to do', () => {
    const { encoder } = create();
    let thrown: unknown;
    try {
      encode(encoder, createContext('u', ['heat']));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: 'ENCODER_NOT_PREPARED',
      message: expect.stringContaining('Await prepareEncoders(encoders, contexts) before encoding.'),
    });
    expect(RppError.isInstance(thrown)).toBe(true);
  });

  it('writes zeros where there is no text, without asking', async () => {
    const zeros = new Float32Array(4);
    const { encoder, embedder } = create();
    expect(encode(encoder, createContext('u', []))).toEqual(zeros);
    await encoder.prepare!([createContext('u', [])]);
    expect(encode(encoder, createContext('u', []))).toEqual(zeros);
    expect(embedder.calls).toEqual([]);
    const prompts = create({ source: 'last-prompt' }).encoder;
    await prompts.prepare!([createContext('u', ['heat'])]);
    expect(encode(prompts, createContext('u', ['heat']))).toEqual(zeros);
  });

  it('hands the signal on, and stops between batches', async () => {
    const controller = new AbortController();
    const signals: (AbortSignal | undefined)[] = [];
    const letters = createLetterEmbedder();
    const embedder: TextEmbedder = {
      ...letters,
      embed: async (texts, options) => {
        signals.push(options?.signal);
        if (texts.includes('e')) controller.abort();
        return letters.embed(texts);
      },
    };
    const encoder = createTextEmbedding({ embedder, source: 'last-prompt', batchSize: 1 });
    const contexts = ['a', 'e', 'h'].map((prompt) => createContext('u', [], prompt));
    await expect(encoder.prepare!(contexts, { signal: controller.signal })).rejects.toMatchObject({
      failure: 'aborted',
    });
    expect(signals).toEqual([controller.signal, controller.signal]);
    // What had come is kept.
    encode(encoder, contexts[1]!);
    await encoder.prepare!(contexts);
    expect(letters.calls).toEqual([['a'], ['e'], ['h']]);
  });

  it.each<[string, readonly number[][], string]>([
    ['too few vectors', [], 'Expected what text embedder bad returns to be 1 vectors, one a text'],
    ['a short vector', [[1]], 'Expected a vector of text embedder bad to be 3 finite floats'],
    ['NaN', [[1, 2, Number.NaN]], 'Expected a vector of text embedder bad to be 3 finite floats'],
  ])('rejects an embedder that returns %s', async (_, vectors, message) => {
    const embedder: TextEmbedder = {
      id: 'bad',
      dimensions: 3,
      embed: async () => vectors.map((vector) => Float32Array.from(vector)),
    };
    const encoder = createTextEmbedding({ embedder });
    await expect(encoder.prepare!([createContext('u', ['heat'])])).rejects.toThrow(message);
  });

  it.each<[Partial<TextEmbeddingOptions>, string]>([
    [{ dimensions: 0 }, 'Expected dimensions'],
    [{ batchSize: 0 }, 'Expected batchSize'],
    [{ cacheSize: 0.5 }, 'Expected cacheSize'],
    [{ embedder: { ...createLetterEmbedder(), id: '' } }, 'Expected embedder.id'],
    [{ embedder: { ...createLetterEmbedder(), dimensions: 0 } }, 'Expected embedder.dimensions'],
  ])('rejects %o', (options, message) => {
    expect(() => create(options)).toThrow(message);
  });
});
