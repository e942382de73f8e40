import { InvalidArgumentError, type TextEmbedder } from '@rppkit/spec';
import { assertNotAborted } from '../text-models/assert-not-aborted.ts';
import { classifyProviderError } from '../text-models/classify-provider-error.ts';
import { findSecrets } from '../text-models/remove-secrets.ts';
import { createLateAbortError, waitUnlessAborted } from '../text-models/wait-unless-aborted.ts';

/** What `fromLangChainEmbeddings` needs: any `Embeddings`. */
export interface LangChainEmbeddings {
  embedDocuments(texts: string[]): Promise<number[][]>;
}

export interface FromLangChainEmbeddingsOptions {
  /** Names provider, model and dimensions; saved with every encoder that uses it. */
  readonly id: string;
  /** Length of each vector. */
  readonly dimensions: number;
  /** Texts in one `embedDocuments`, between which an abort is noticed; at least 1, default 256. */
  readonly batchSize?: number;
}

/**
 * LangChain embeddings as a text embedder. `embed` gives one `Float32Array [dimensions]` a text, in order; batches are
 * asked one after the other. It rejects with `TextModelError` where the provider fails or the signal is aborted, and with
 * `InvalidArgumentError` for vectors of another length or with numbers that are not finite. Throws `InvalidArgumentError`
 * for dimensions or a batch size that are no positive integers.
 */
export function fromLangChainEmbeddings(
  embeddings: LangChainEmbeddings,
  { id, dimensions, batchSize = 256 }: FromLangChainEmbeddingsOptions,
): TextEmbedder {
  for (const [name, value] of Object.entries({ dimensions, batchSize })) {
    if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(name, 'a positive integer', value);
  }

  const embedBatch = async (texts: string[], signal: AbortSignal | undefined): Promise<number[][]> => {
    assertNotAborted(signal);
    try {
      return await waitUnlessAborted(embeddings.embedDocuments(texts), signal, createLateAbortError);
    } catch (error) {
      throw classifyProviderError(error, { aborted: signal?.aborted === true, secrets: findSecrets(embeddings) });
    }
  };

  return {
    id,
    dimensions,
    async embed(texts, { signal } = {}) {
      const vectors: Float32Array[] = [];
      for (let start = 0; start < texts.length; start += batchSize) {
        const batch = texts.slice(start, start + batchSize);
        const embedded = await embedBatch(batch, signal);
        if (embedded.length !== batch.length) {
          throw new InvalidArgumentError('vectors of the embeddings', `${batch.length}, one a text`, embedded.length);
        }
        for (const vector of embedded) vectors.push(toVector(vector, dimensions));
      }
      return vectors;
    },
  };
}

function toVector(values: readonly number[], dimensions: number): Float32Array {
  if (values.length !== dimensions) {
    throw new InvalidArgumentError('dimensions', `the length of the vectors, ${values.length}`, dimensions);
  }
  const vector = Float32Array.from(values);
  if (!vector.every(Number.isFinite)) {
    throw new InvalidArgumentError('each vector of the embeddings', 'finite numbers', values);
  }
  return vector;
}
