import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import { bootstrapTwoLevelInterval, interquartileMean, mean, type TwoLevelDesign } from './index.ts';

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

describe('bootstrapTwoLevelInterval', () => {
  test.each(golden.twoLevel)('$design: equals numpy.percentile on the same resamples', (expected) => {
    const { values, level, resamples } = expected;
    const design = expected.design as TwoLevelDesign;
    const run = (statistic: (sample: Float64Array) => number) => {
      const random = createScriptedStream([...expected.indices].map((digit) => Number.parseInt(digit, 36)));
      return bootstrapTwoLevelInterval(values, { random, design, level, resamples, statistic });
    };
    const means = run(mean);
    expect(means.estimate).toBeCloseTo(expected.mean, 12);
    expect(means.low).toBeCloseTo(expected.meanEnds[0]!, 12);
    expect(means.high).toBeCloseTo(expected.meanEnds[1]!, 12);
    expect(means.level).toBe(level);
    const middles = run(interquartileMean);
    expect(middles.estimate).toBeCloseTo(expected.interquartileMean, 12);
    expect(middles.low).toBeCloseTo(expected.interquartileMeanEnds[0]!, 12);
    expect(middles.high).toBeCloseTo(expected.interquartileMeanEnds[1]!, 12);
  });

  test('worked by hand: all 4 x 4 resamples of two seeds and two users', () => {
    // Crossed, seeds s t in {0, 1}^2 and users u v in {0, 1}^2, each combination once.
    const pairs = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const integers = pairs.flatMap((seeds) => pairs.flatMap((users) => [...seeds, ...users]));
    const rows = [
      [0, 4],
      [8, 20],
    ];
    // With the shares p of seed 1 and q of user 1, 0, 1/2 or 1 with weights 1, 2, 1, the mean is 4q + p (8 + 8q):
    // 0, 2 (twice), 4, 4 (twice), 8 (four times), 12 (twice), 8, 14 (twice), 20. In ascending order:
    // 0 2 2 4 4 4 8 8 8 8 8 12 12 14 14 20. The percentiles 10 and 90 lie at the indices 1.5 and 13.5.
    const random = createScriptedStream([...integers, ...integers]);
    const interval = bootstrapTwoLevelInterval(rows, { random, design: 'crossed', level: 0.8, resamples: 16 });
    expect(interval).toEqual({ estimate: 8, low: 2, high: 14, level: 0.8 });
  });

  test('shared noise of users does not average out over seeds when crossed, and does when nested', () => {
    const random = createRandomStream('users');
    const user = Float64Array.from({ length: 80 }, () => random.normal());
    const values = Array.from({ length: 6 }, () => user);
    const width = (design: TwoLevelDesign): number => {
      const { low, high } = bootstrapTwoLevelInterval(values, { random: random.split(design), design });
      return high - low;
    };
    expect(width('crossed') / width('nested')).toBeCloseTo(Math.sqrt(6), 0);
  });

  test('rejects wrong input', () => {
    const random = createRandomStream(1);
    const rows = [
      [1, 2],
      [3, 4, 5],
    ];
    expect(() => bootstrapTwoLevelInterval(rows, { random, design: 'crossed' })).toThrow(
      /Expected values\[1\].length to be 2, the length of values\[0\], received 3.*design: 'nested'/,
    );
    expect(bootstrapTwoLevelInterval(rows, { random, design: 'nested' }).estimate).toBe(3);
    expect(() => bootstrapTwoLevelInterval(rows, { random, design: 'both' as TwoLevelDesign })).toThrow(/design/);
    expect(() => bootstrapTwoLevelInterval([[1, 2]], { random, design: 'nested' })).toThrow(/at least 2 seeds/);
    expect(() => bootstrapTwoLevelInterval([[1, 2], [3]], { random, design: 'nested' })).toThrow(/values\[1\].length/);
    const bad = [
      [1, 2],
      [3, Number.NaN],
    ];
    expect(() => bootstrapTwoLevelInterval(bad, { random, design: 'crossed' })).toThrow(/values\[1\]\[1\]/);
    expect(() => bootstrapTwoLevelInterval(rows, { random, design: 'nested', level: 95 })).toThrow(/Expected level/);
    expect(() => bootstrapTwoLevelInterval(rows, { random, design: 'nested', resamples: 39 })).toThrow(/resamples/);
  });
});
