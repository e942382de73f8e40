import { createRandomStream, InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createLatencySampler } from './call-latency.ts';

describe('createLatencySampler', () => {
  it('spreads latencies evenly around the mean, as a function of the call', () => {
    const sample = createLatencySampler({ meanMs: 100, spread: 0.2 })!;
    const latencies = Array.from({ length: 2000 }, (_, index) => sample(createRandomStream(`call ${index}`)));
    expect(Math.min(...latencies)).toBeGreaterThanOrEqual(80);
    expect(Math.max(...latencies)).toBeLessThanOrEqual(120);
    // The standard deviation of a uniform on [80, 120] is 11.5: four standard errors are 1.03.
    expect(Math.abs(latencies.reduce((sum, latency) => sum + latency / 2000, 0) - 100)).toBeLessThan(1.03);
    expect(sample(createRandomStream('call 0'))).toBe(latencies[0]);
  });

  it('spreads by half of the mean by default', () => {
    const sample = createLatencySampler({ meanMs: 10 })!;
    const latencies = Array.from({ length: 500 }, (_, index) => sample(createRandomStream(index)));
    expect(Math.min(...latencies)).toBeLessThan(6);
    expect(Math.min(...latencies)).toBeGreaterThanOrEqual(5);
  });

  it('is absent where calls take no time', () => {
    expect(createLatencySampler(undefined)).toBeUndefined();
    expect(createLatencySampler({ meanMs: 0 })).toBeUndefined();
  });

  it.each([{ meanMs: -1 }, { meanMs: Number.POSITIVE_INFINITY }, { meanMs: 1, spread: 2 }, { meanMs: 1, spread: -1 }])(
    'refuses %j',
    (latency) => {
      expect(() => createLatencySampler(latency)).toThrow(InvalidArgumentError);
    },
  );
});
