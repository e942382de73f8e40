import type { Encoder, EncoderContext, ObservationBlock } from '@rppkit/spec';

/** The named parts of the observation that these encoders write one after the other. */
export function computeObservationLayout(encoders: readonly Encoder[]): readonly ObservationBlock[] {
  let offset = 0;
  return encoders.map(({ name, size, shape = [size] }) => {
    const block = { name, offset, shape };
    offset += size;
    return block;
  });
}

/** The number of floats of one observation. */
export function computeObservationSize(encoders: readonly Encoder[]): number {
  return encoders.reduce((sum, { size }) => sum + size, 0);
}

/**
 * Lets the encoders that wait for something, such as a text embedder, fetch it for these contexts, all at the same time.
 * Call it before `encodeObservation`. Rejects with what the first of them rejects with.
 */
export async function prepareEncoders(
  encoders: readonly Encoder[],
  contexts: readonly EncoderContext[],
  options: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  if (contexts.length === 0) return;
  await Promise.all(encoders.map((encoder) => encoder.prepare?.(contexts, options)));
}

/** Writes one observation, `Float32Array [observationSize]`. */
export function encodeObservation(encoders: readonly Encoder[], context: EncoderContext, output: Float32Array): void {
  let offset = 0;
  for (const encoder of encoders) {
    encoder.encode(context, output.subarray(offset, offset + encoder.size));
    offset += encoder.size;
  }
}
