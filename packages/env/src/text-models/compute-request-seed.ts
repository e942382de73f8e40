import { createRandomStream, InvalidArgumentError, type TextRequest } from '@rppkit/spec';
import { renderCanonicalJson } from './render-canonical-json.ts';

/**
 * A seed for the provider, an integer in [0, 2^31), that depends on every message, the response schema and the sample
 * index: equal requests draw alike, and repeated draws of one prompt do not.
 */
export function computeRequestSeed({ messages, sampleIndex, responseSchema }: TextRequest): number {
  const parts = messages.map(({ role, text }) => `${role}\n${text}`);
  if (responseSchema !== undefined) parts.push(renderCanonicalJson(responseSchema, 'request.responseSchema'));
  return createRandomStream(parts.join('\n')).split(sampleIndex).bits() >>> 1;
}

/** Throws `InvalidArgumentError` where the option `seed` of an adapter is neither absent nor the one source of seeds. */
export function assertSeedSource(seed: unknown): void {
  if (seed === undefined || seed === 'from-sample-index') return;
  const advice = 'Seeds are computed from messages and sample index; set a fixed one on the model.';
  throw new InvalidArgumentError('seed', "'from-sample-index' or absent", seed, advice);
}
