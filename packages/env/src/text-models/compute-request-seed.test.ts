import { describe, expect, it } from 'vitest';
import { computeRequestSeed } from './compute-request-seed.ts';

const request = { messages: [{ role: 'user', text: 'Rank.' }], sampleIndex: 0, purpose: 'rank' } as const;

describe('computeRequestSeed', () => {
  it('is an integer of 31 bits that depends on messages, sample index and schema', () => {
    const seeds = [
      request,
      { ...request, sampleIndex: 1 },
      { ...request, messages: [{ role: 'system', text: 'Rank.' }] as const },
      { ...request, responseSchema: { type: 'array' } },
    ].map(computeRequestSeed);
    expect(new Set(seeds).size).toBe(4);
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true);
  });

  it('is the same for requests that a response store takes for equal', () => {
    const schemas = [
      { type: 'array', minItems: 1 },
      { minItems: 1, type: 'array' },
    ];
    const [left, right] = schemas.map((responseSchema) => computeRequestSeed({ ...request, responseSchema }));
    expect(left).toBe(right);
    expect(computeRequestSeed({ ...request, purpose: 'probe' })).toBe(computeRequestSeed(request));
  });
});
