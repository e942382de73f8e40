import { type Encoder, InvalidArgumentError, RppError, type TextEmbedder } from '@rppkit/spec';
import { assertNotAborted } from '../text-models/assert-not-aborted.ts';
import { isFiniteVector } from './embedding-table.ts';
import { assertCount, assertName } from './state-fields.ts';
import { createTextProjection } from './text-projection.ts';
import {
  assertTextSource,
  getTextOwner,
  renderText,
  type TextOwner,
  type TextSource,
  type TextSourceOptions,
} from './text-source.ts';

/** Which text is embedded, by which model, and into how many floats. */
export interface TextEmbeddingOptions extends TextSourceOptions {
  readonly embedder: TextEmbedder;
  /** Of the projection; default 0. */
  readonly seed?: number | string;
  /** Texts sent in one call of the embedder; default 128. */
  readonly batchSize?: number;
  /** Texts whose vectors are remembered; the latest stay. Default 10,000. */
  readonly cacheSize?: number;
  /** Default: the source, then `-text-embedding`. */
  readonly name?: string;
}

/** JSON form of the encoder; the embedder itself is passed when it is restored. */
export interface TextEmbeddingState {
  readonly kind: 'text-embedding';
  readonly name: string;
  readonly source: TextSource;
  readonly window: number;
  readonly dimensions: number;
  readonly seed: number | string;
  readonly embedder: { readonly id: string; readonly dimensions: number };
}

/**
 * The embedding of a text through a fixed random projection that depends on the seed alone; zeros where there is no text.
 * Embedders are asynchronous: `prepare` (or `prepareEncoders`) asks for each distinct text once, in batches, and remembers
 * the vectors; `encode` throws `RppError` (`ENCODER_NOT_PREPARED`) for a text that was not prepared. Throws
 * `InvalidArgumentError` for options outside their ranges, and in `prepare` for vectors of another shape.
 */
export function createTextEmbedding({
  embedder,
  source = 'history',
  window = 20,
  dimensions = 32,
  seed = 0,
  batchSize = 128,
  cacheSize = 10_000,
  name = `${source}-text-embedding`,
}: TextEmbeddingOptions): Encoder {
  assertTextSource({ source, window, dimensions, name });
  if (typeof embedder?.embed !== 'function') {
    const advice = 'Make one of LangChain embeddings with fromLangChainEmbeddings.';
    throw new InvalidArgumentError('embedder', 'a text embedder, { id, dimensions, embed }', embedder, advice);
  }
  assertName('embedder.id', embedder.id);
  for (const [field, value] of Object.entries({ 'embedder.dimensions': embedder.dimensions, batchSize, cacheSize })) {
    assertCount(field, value);
  }
  const project = createTextProjection(seed, embedder.dimensions, dimensions);
  const cache = createBoundedCache(cacheSize);
  // What was prepared can be encoded, however small the cache.
  const prepared = new WeakMap<TextOwner, Float32Array>();
  const nothing = new Float32Array(dimensions);
  const render = (owner: TextOwner): string => renderText(owner, { source, window });

  return {
    name,
    size: dimensions,
    async prepare(contexts, { signal } = {}) {
      const owners = new Map<string, TextOwner[]>();
      for (const context of contexts) {
        const owner = getTextOwner(source, context);
        if (owner === undefined || prepared.has(owner)) continue;
        const text = render(owner);
        const vector = text === '' ? nothing : cache.get(text);
        const same = owners.get(text);
        if (vector !== undefined) prepared.set(owner, vector);
        else if (same === undefined) owners.set(text, [owner]);
        else same.push(owner);
      }
      const texts = [...owners.keys()];
      for (let start = 0; start < texts.length; start += batchSize) {
        assertNotAborted(signal);
        const batch = texts.slice(start, start + batchSize);
        const vectors = await embedder.embed(batch, signal === undefined ? {} : { signal });
        assertVectors(vectors, batch.length, embedder);
        batch.forEach((text, index) => {
          const vector = project(vectors[index]!);
          cache.set(text, vector);
          for (const owner of owners.get(text)!) prepared.set(owner, vector);
        });
      }
    },
    encode(context, output) {
      const owner = getTextOwner(source, context);
      let vector = owner === undefined ? nothing : prepared.get(owner);
      if (owner !== undefined && vector === undefined) {
        const text = render(owner);
        vector = text === '' ? nothing : cache.get(text);
      }
      if (vector === undefined) {
        throw new RppError(
          'ENCODER_NOT_PREPARED',
          `Expected the texts of encoder ${name} to be prepared, received one that was not. ` +
            'Await prepareEncoders(encoders, contexts) before encoding.',
        );
      }
      output.set(vector);
    },
    state: (): TextEmbeddingState => ({
      kind: 'text-embedding',
      name,
      source,
      window,
      dimensions,
      seed,
      embedder: { id: embedder.id, dimensions: embedder.dimensions },
    }),
  };
}

function assertVectors(vectors: readonly Float32Array[], count: number, { id, dimensions }: TextEmbedder): void {
  if (vectors.length !== count) {
    throw new InvalidArgumentError(`what text embedder ${id} returns`, `${count} vectors, one a text`, vectors);
  }
  for (const vector of vectors) {
    if (isFiniteVector(vector, dimensions)) continue;
    throw new InvalidArgumentError(`a vector of text embedder ${id}`, `${dimensions} finite floats`, vector);
  }
}

interface BoundedCache {
  get(text: string): Float32Array | undefined;
  set(text: string, vector: Float32Array): void;
}

/** Forgets the texts that were used longest ago. */
function createBoundedCache(limit: number): BoundedCache {
  const vectors = new Map<string, Float32Array>();
  const set = (text: string, vector: Float32Array): void => {
    // A map keeps the order of insertion.
    vectors.delete(text);
    vectors.set(text, vector);
    if (vectors.size > limit) vectors.delete(vectors.keys().next().value!);
  };
  return {
    get(text) {
      const vector = vectors.get(text);
      if (vector !== undefined) set(text, vector);
      return vector;
    },
    set,
  };
}
