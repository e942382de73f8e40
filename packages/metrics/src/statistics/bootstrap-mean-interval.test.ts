import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import { bootstrapMeanInterval, pairedDifferences } from './index.ts';

/** A stream whose integers are given; every other draw throws. */
function createScriptedStream(integers: readonly number[]): RandomStream {
  let at = 0;
  const refuse = (): never => {
    throw new Error('Only integers are scripted.');
  };
  const integer = (bound: number): number => {
    const value = integers[at++];
    if (value === undefined || value >= bound) throw new Error(`Draw ${at} of ${bound} is not scripted.`);
    return value;
  };
  return { integer, bits: refuse, uniform: refuse, normal: refuse, split: refuse, state: refuse };
}

describe('bootstrapMeanInterval', () => {
  test.each(golden.bca)('equals both sources on the same $resamples resamples: $values', (given) => {
    const { values, level, resamples, indices, expected } = given;
    const random = createScriptedStream([...indices].map((digit) => Number.parseInt(digit, 36)));
    const interval = bootstrapMeanInterval(values, { random, level, resamples });
    for (const [low, high] of expected) {
      expect(interval.low).toBeCloseTo(low!, 12);
      expect(interval.high).toBeCloseTo(high!, 12);
    }
    expect(interval.level).toBe(level);
  });

  test('of equal values is a point', () => {
    const interval = bootstrapMeanInterval(new Float64Array(30).fill(0.1), { random: createRandomStream(1) });
    expect(interval).toEqual({ mean: 0.1, low: 0.1, high: 0.1, level: 0.95 });
  });

  test('holds the mean, moves with the values and turns with their sign', () => {
    const values = golden.paired[0]!.first;
    const run = (sample: readonly number[]) => bootstrapMeanInterval(sample, { random: createRandomStream('turn') });
    const { mean, low, high } = run(values);
    expect(low).toBeLessThan(mean);
    expect(high).toBeGreaterThan(mean);
    const moved = run(values.map((value) => value + 3));
    expect(moved.low).toBeCloseTo(low + 3, 10);
    const turned = run(values.map((value) => -value));
    expect(turned.low).toBeCloseTo(-high, 10);
    expect(turned.high).toBeCloseTo(-low, 10);
  });

  test('stays finite where all resampled means fall on one side', () => {
    const random = createScriptedStream(new Array<number>(80).fill(0));
    const interval = bootstrapMeanInterval([0, 1], { random, resamples: 40 });
    expect(interval).toEqual({ mean: 0.5, low: 0, high: 0, level: 0.95 });
  });

  test('of tiny and of huge values is that of moderate ones in another unit', () => {
    const run = (unit: number) =>
      bootstrapMeanInterval(
        [0, 0.1, 0.4, 1].map((value) => value * unit),
        { random: createRandomStream('unit') },
      );
    for (const unit of [2 ** -600, 2 ** 990]) {
      expect(run(unit).low / unit).toBeCloseTo(run(1).low, 13);
      expect(run(unit).high / unit).toBeCloseTo(run(1).high, 13);
    }
  });

  test('rejects wrong input', () => {
    const random = createRandomStream(1);
    for (const options of [undefined, null, {}, { random: 7 }, { random: () => 0.5 }]) {
      expect(() => bootstrapMeanInterval([1, 2], options as unknown as { random: RandomStream })).toThrow(
        /Expected random to be a RandomStream, received .* Pass createRandomStream\(seed\)/,
      );
    }
    expect(() => bootstrapMeanInterval([1e301, 1], { random })).toThrow(
      /Expected values\[0\] to be from -1e300 to 1e300/,
    );
    expect(() => bootstrapMeanInterval(undefined as unknown as number[], { random })).toThrow(/Expected values.length/);
    expect(() => bootstrapMeanInterval([1], { random })).toThrow(/Expected values.length to be at least 2/);
    expect(() => bootstrapMeanInterval([1, Number.NaN], { random })).toThrow(
      /Expected values\[1\] to be a finite number/,
    );
    for (const level of [0, 1, 95, Number.NaN]) {
      expect(() => bootstrapMeanInterval([1, 2], { random, level })).toThrow(/Expected level to be between 0 and 1/);
    }
    expect(() => bootstrapMeanInterval([1, 2], { random, resamples: 39 })).toThrow(/at least 40 for level 0.95/);
    expect(() => bootstrapMeanInterval([1, 2], { random, resamples: 50.5 })).toThrow(/Expected resamples/);
  });

  test('covers the true mean of skewed values near its level', () => {
    // 300 samples of 60 from a distribution on {0, .1, 1} with mean .23; Binomial(300, .95) holds [271, 296] with probability
    // .9996; one more per cent below is left for the small sample.
    const random = createRandomStream('coverage');
    let covered = 0;
    for (let repetition = 0; repetition < 300; repetition++) {
      const draw = () => [0, 0, 0, 0, 0, 0.1, 0.1, 0.1, 1, 1][random.integer(10)]!;
      const zeros = new Float64Array(60);
      const differences = pairedDifferences(Float64Array.from({ length: 60 }, draw), zeros);
      const { low, high } = bootstrapMeanInterval(differences, { random: random.split(repetition), resamples: 400 });
      if (low <= 0.23 && 0.23 <= high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(268);
    expect(covered).toBeLessThanOrEqual(296);
  });
});
