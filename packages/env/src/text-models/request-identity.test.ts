import { describe, expect, it } from 'vitest';
import { computeRequestIdentity, type RequestIdentity } from './request-identity.ts';

const request: RequestIdentity = {
  messages: [
    { role: 'user', text: 'a' },
    { role: 'user', text: 'b' },
  ],
  sampleIndex: 0,
  purpose: 'rank',
  responseSchema: { type: 'object', properties: { a: {}, b: [{ x: 1, y: null }] } },
};

describe('computeRequestIdentity', () => {
  it('heeds messages, sample index, purpose and schema, and not the order of keys', () => {
    const identity = computeRequestIdentity(request);
    const changes: readonly Partial<RequestIdentity>[] = [
      { messages: [{ role: 'user', text: 'a"],["user","b' }] },
      { messages: request.messages.toReversed() },
      { messages: request.messages.map(({ text }) => ({ role: 'system' as const, text })) },
      { sampleIndex: 1 },
      { purpose: 'probe' },
      { responseSchema: { type: 'object' } },
    ];
    for (const change of changes) {
      expect(computeRequestIdentity({ ...request, ...change })).not.toBe(identity);
    }
    const responseSchema = { properties: { b: [{ y: null, x: 1 }], a: {} }, type: 'object' };
    expect(computeRequestIdentity({ ...request, responseSchema })).toBe(identity);
  });
});
