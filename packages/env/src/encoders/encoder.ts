import { type Encoder, type EncoderContext, type ObservationBlock, RppError } from '@rppkit/spec';

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
  // An async function each: one that throws at once must not leave the promises of others unhandled.
  await Promise.all(encoders.map(async (encoder) => encoder.prepare?.(contexts, options)));
}

/**
 * Writes one observation, `Float32Array [observationSize]`. Throws `RppError` (`OBSERVATION_NOT_FINITE`), which names the
 * encoder, where one writes a number that is not finite.
 */
export function encodeObservation(encoders: readonly Encoder[], context: EncoderContext, output: Float32Array): void {
  let offset = 0;
  for (const encoder of encoders) {
    const part = output.subarray(offset, offset + encoder.size);
    encoder.encode(context, part);
    assertFinitePart(encoder, context, part);
    offset += encoder.size;
  }
}

/** One NaN would spread through every weight of a network. */
function assertFinitePart({ name }: Encoder, { task }: EncoderContext, part: Float32Array): void {
  for (let place = 0; place < part.length; place++) {
    if (Number.isFinite(part[place])) continue;
    throw new RppError(
      'OBSERVATION_NOT_FINITE',
      `Expected encoder ${name} to write finite numbers, received ${part[place]} at float ${place} for task ` +
        `${JSON.stringify(task.id)}. Run describeEncoder of @rppkit/spec/testing on it.`,
    );
  }
}
