import { FakeEmbeddings } from '@langchain/core/utils/testing';
import { describe, expect, it } from 'vitest';
import { fromLangChainEmbeddings } from './from-langchain-embeddings.ts';

/** The vector of a text is its length and its first character code. */
function createEmbeddings() {
  const batches: string[][] = [];
  return {
    batches,
    async embedDocuments(texts: string[]) {
      batches.push(texts);
      return texts.map((text) => [text.length, text.charCodeAt(0)]);
    },
  };
}

describe('fromLangChainEmbeddings', () => {
  it('gives one vector a text, in order, over batches', async () => {
    const embeddings = createEmbeddings();
    const embedder = fromLangChainEmbeddings(embeddings, { id: 'e', dimensions: 2, batchSize: 2 });
    const vectors = await embedder.embed(['a', 'bb', 'ccc', 'dddd', 'e']);
    expect(embeddings.batches).toEqual([['a', 'bb'], ['ccc', 'dddd'], ['e']]);
    expect(vectors).toEqual([
      Float32Array.of(1, 97),
      Float32Array.of(2, 98),
      Float32Array.of(3, 99),
      Float32Array.of(4, 100),
      Float32Array.of(1, 101),
    ]);
    expect(embedder).toMatchObject({ id: 'e', dimensions: 2 });
    expect(await embedder.embed([])).toEqual([]);
    expect(embeddings.batches).toHaveLength(3);
  });

  it('takes the embeddings of @langchain/core', async () => {
    const vectors = await fromLangChainEmbeddings(new FakeEmbeddings(), { id: 'fake', dimensions: 4 }).embed(['a']);
    expect(vectors).toEqual([Float32Array.from([0.1, 0.2, 0.3, 0.4])]);
  });

  it.each([
    [[[1, 2, 3]], 'Expected dimensions to be the length of the vectors, 3, received 2'],
    [[[1, Number.NaN]], 'finite numbers'],
    [[[1, 1e300]], 'finite numbers'],
    [[], 'Expected vectors of the embeddings to be 1, one a text, received 0'],
  ])('rejects %j', async (vectors, words) => {
    const embedder = fromLangChainEmbeddings({ embedDocuments: async () => vectors }, { id: 'e', dimensions: 2 });
    await expect(embedder.embed(['a'])).rejects.toThrow(words);
  });

  it.each([{ dimensions: 0 }, { dimensions: 2, batchSize: 1.5 }])('refuses %j', (options) => {
    expect(() => fromLangChainEmbeddings(createEmbeddings(), { id: 'e', ...options })).toThrow('a positive integer');
  });

  it('types what the provider throws, without its key', async () => {
    const embeddings = {
      apiKey: 'marked/key',
      embedDocuments: () => Promise.reject(Object.assign(new Error('no marked/key'), { status: 503 })),
    };
    const call = fromLangChainEmbeddings(embeddings, { id: 'e', dimensions: 2 }).embed(['a']);
    await expect(call).rejects.toMatchObject({
      failure: 'server',
      message: 'The model call failed (server, HTTP 503): no [key]',
    });
  });

  it('asks nothing more when aborted', async () => {
    const controller = new AbortController();
    const asked: string[][] = [];
    const embeddings = {
      embedDocuments(texts: string[]) {
        asked.push(texts);
        controller.abort();
        return new Promise<number[][]>(() => {});
      },
    };
    const embedder = fromLangChainEmbeddings(embeddings, { id: 'e', dimensions: 2, batchSize: 1 });
    const { signal } = controller;
    await expect(embedder.embed(['a', 'b'], { signal })).rejects.toMatchObject({
      failure: 'aborted',
      possiblyPaid: true,
    });
    await expect(embedder.embed(['a'], { signal })).rejects.toMatchObject({ failure: 'aborted', possiblyPaid: false });
    expect(asked).toEqual([['a']]);
  });
});
