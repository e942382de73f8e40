import { createRandomStream, InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createFaultSampler, type SimulatedFaults } from './call-faults.ts';

/** Shares of failures over the first attempts of 4,000 requests. */
function countFailures(faults: SimulatedFaults): Record<string, number> {
  const sample = createFaultSampler(faults)!;
  const counts: Record<string, number> = {};
  for (let index = 0; index < 4000; index++) {
    const failure = sample(createRandomStream(`prompt ${index}`), 1)?.failure ?? 'none';
    counts[failure] = (counts[failure] ?? 0) + 1 / 4000;
  }
  return counts;
}

describe('createFaultSampler', () => {
  it('fails at the given rates', () => {
    const counts = countFailures({ rateLimit: 0.1, server: 0.05, network: 0.2, timeout: 0.15, contentFilter: 0.3 });
    // Four standard errors of a share of 0.3 over 4,000 are 0.029.
    expect(Math.abs(counts['rate-limit']! - 0.1)).toBeLessThan(0.029);
    expect(Math.abs(counts['server']! - 0.05)).toBeLessThan(0.029);
    expect(Math.abs(counts['network']! - 0.2)).toBeLessThan(0.029);
    expect(Math.abs(counts['timeout']! - 0.15)).toBeLessThan(0.029);
    expect(Math.abs(counts['content-filter']! - 0.3)).toBeLessThan(0.029);
    expect(Math.abs(counts['none']! - 0.2)).toBeLessThan(0.029);
  });

  it('is absent where nothing fails', () => {
    expect(createFaultSampler(undefined)).toBeUndefined();
    expect(createFaultSampler({ server: 0, retryAfterMs: 5 })).toBeUndefined();
  });

  it('is a function of messages, seed and attempt: a retry can succeed, and a request that was answered starts anew', () => {
    const sample = createFaultSampler({ server: 0.5 })!;
    const attempts = (seed: number): number => {
      let count = 0;
      while (count < 100 && sample(createRandomStream('prompt'), seed) !== undefined) count++;
      return count;
    };
    const first = Array.from({ length: 40 }, (_, seed) => attempts(seed));
    expect(Array.from({ length: 40 }, (_, seed) => attempts(seed))).toEqual(first);
    expect(Math.max(...first)).toBeGreaterThan(1);
    expect(Math.max(...first)).toBeLessThan(20);
    expect(Math.min(...first)).toBe(0);
  });

  it('filters a prompt whatever the seed and the attempt', () => {
    const sample = createFaultSampler({ contentFilter: 0.5 })!;
    for (let index = 0; index < 20; index++) {
      const failures = [0, 0, 1, 2].map((seed) => sample(createRandomStream(`p${index}`), seed)?.failure);
      expect(new Set(failures).size).toBe(1);
    }
  });

  it('says how long to wait after a rate limit, in milliseconds and in whole seconds', () => {
    const error = createFaultSampler({ rateLimit: 1, retryAfterMs: 1500 })!(createRandomStream('p'), 0)!;
    expect(error).toMatchObject({
      status: 429,
      code: 'rate_limit_exceeded',
      retryAfterMs: 1500,
      headers: { 'retry-after-ms': '1500', 'retry-after': '2' },
    });
    expect(createFaultSampler({ network: 1 })!(createRandomStream('p'), 0)).toMatchObject({
      status: undefined,
      retryAfterMs: undefined,
      headers: {},
    });
  });

  it.each([
    { server: -0.1 },
    { rateLimit: 1.1 },
    { network: Number.NaN },
    { server: 0.6, contentFilter: 0.5 },
    { server: 0.1, retryAfterMs: 0.5 },
  ])('refuses %j', (faults) => {
    expect(() => createFaultSampler(faults)).toThrow(InvalidArgumentError);
  });
});
