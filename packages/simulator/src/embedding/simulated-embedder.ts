import { InvalidArgumentError, type TextEmbedder, TextModelError } from '@rppkit/spec';
import { createSentenceVectors } from './sentence-vectors.ts';

/** How large the vectors of a simulated embedder are. */
export interface SimulatedEmbedderOptions {
  /**
   * Floats for words of which the reader knows no meaning, an integer of at least 16; default 256. Different words share a float
   * once in so many.
   */
  readonly wordDimensions?: number;
}

/**
 * A text embedder without a model: sentences of prompts that the simulated chat model reads alike, in English or Chinese, lie
 * near each other, and requests for something else further away. Vectors `Float32Array [dimensions]` have length 1, so that
 * the cosine is the dot product; the same text always has the same one. Slots such as `{itemsNoun}` are read as a prompt about
 * movies fills them; hedges ("perhaps") count nothing. Texts without a word lie on an axis of their own. `embed` rejects with
 * `InvalidArgumentError` for anything but an array of strings, and with `TextModelError` (`aborted`) for an aborted signal.
 * Throws `InvalidArgumentError` for `wordDimensions` out of range.
 */
export function createSimulatedEmbedder({ wordDimensions = 256 }: SimulatedEmbedderOptions = {}): TextEmbedder {
  if (!Number.isInteger(wordDimensions) || wordDimensions < 16) {
    throw new InvalidArgumentError('wordDimensions', 'an integer of at least 16', wordDimensions);
  }
  const vectors = createSentenceVectors(wordDimensions);
  return {
    id: `simulated-embedder-${vectors.dimensions}`,
    dimensions: vectors.dimensions,
    async embed(texts, { signal } = {}) {
      if (!Array.isArray(texts)) throw new InvalidArgumentError('texts', 'an array of strings', texts);
      texts.forEach((text: unknown, index) => {
        if (typeof text !== 'string') throw new InvalidArgumentError(`texts[${index}]`, 'a string', text);
      });
      if (signal?.aborted === true) {
        throw new TextModelError('aborted', 'The simulated call was aborted.', { cause: signal.reason });
      }
      return texts.map((text) => vectors.compute(text));
    },
  };
}
