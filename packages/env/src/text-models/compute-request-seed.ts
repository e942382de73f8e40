import { createRandomStream, type TextRequest } from '@rppkit/spec';
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
