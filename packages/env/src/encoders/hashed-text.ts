import type { Encoder } from '@rppkit/spec';
import { createTextHasher, normalizeSums } from './text-hasher.ts';
import {
  assertTextSource,
  getTextOwner,
  getTextParts,
  type TextOwner,
  type TextSource,
  type TextSourceOptions,
} from './text-source.ts';

/** Which text is hashed, and into how many floats. */
export interface HashedTextOptions extends TextSourceOptions {
  /** Default: the source, then `-hashed-text`. */
  readonly name?: string;
}

/** JSON form of the encoder. */
export interface HashedTextState {
  readonly kind: 'hashed-text';
  readonly name: string;
  readonly source: TextSource;
  readonly window: number;
  readonly dimensions: number;
}

/**
 * The words of a text without any model: signed counts of hashed tokens as a vector of length 1, or zeros where there is no
 * text. Needs no fitting. Throws `InvalidArgumentError` for options outside their ranges.
 */
export function createHashedText({
  source = 'history',
  window = 20,
  dimensions = 32,
  name = `${source}-hashed-text`,
}: HashedTextOptions = {}): Encoder {
  assertTextSource({ source, window, dimensions, name });
  const hasher = createTextHasher(dimensions);
  const encoded = new WeakMap<TextOwner, Float32Array>();
  const compute = (owner: TextOwner): Float32Array => {
    const sums = new Float64Array(dimensions);
    const parts = getTextParts(owner, { source, window });
    if (typeof parts === 'string') hasher.addText(parts, sums);
    else for (const item of parts) hasher.addItem(item, sums);
    return normalizeSums(sums);
  };
  return {
    name,
    size: dimensions,
    encode(context, output) {
      const owner = getTextOwner(source, context);
      if (owner === undefined) {
        output.fill(0);
        return;
      }
      let values = encoded.get(owner);
      if (values === undefined) {
        values = compute(owner);
        encoded.set(owner, values);
      }
      output.set(values);
    },
    state: (): HashedTextState => ({ kind: 'hashed-text', name, source, window, dimensions }),
  };
}
