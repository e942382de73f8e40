import type { TextRequest } from '@rppkit/spec';
import { renderCanonicalJson } from './render-canonical-json.ts';

/** What tells one request from another; the signal is no part of it. */
export type RequestIdentity = Pick<TextRequest, 'messages' | 'sampleIndex' | 'purpose' | 'responseSchema'>;

/** One text for each identity: equal for equal requests, whatever the order of the keys of their schema. */
export function computeRequestIdentity({
  messages,
  sampleIndex,
  purpose,
  responseSchema = {},
}: RequestIdentity): string {
  return JSON.stringify([
    purpose,
    sampleIndex,
    messages.map(({ role, text }) => [role, text]),
    renderCanonicalJson(responseSchema, 'responseSchema'),
  ]);
}
