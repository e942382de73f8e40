import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import {
  bootstrapTwoLevelInterval,
  interquartileMean,
  mean,
  type TwoLevelDesign,
  type TwoLevelInterval,
} from './index.ts';

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

interface GivenResamples {
  readonly values: readonly (readonly number[])[];
  readonly design: string;
  readonly resamples: number;
  readonly level: number;
  readonly indices: string;
}

function runGolden(
  { values, design, resamples, level, indices }: GivenResamples,
  statistic: (sample: Float64Array) => number,
): TwoLevelInterval {
  const random = createScriptedStream([...indices].map((digit) => Number.parseInt(digit, 36)));
  return bootstrapTwoLevelInterval(values, { random, design: design as TwoLevelDesign, resamples, level, statistic });
}

function expectInterval({ estimate, low, high }: TwoLevelInterval, expected: readonly number[]): void {
  for (const [index, value] of [estimate, low, high].entries()) expect(value).toBeCloseTo(expected[index]!, 12);
}

describe('bootstrapTwoLevelInterval', () => {
  test.each(golden.twoLevel)('$design: equals both sources on the same resamples', (given) => {
    const run = (statistic: (sample: Float64Array) => number) => runGolden(given, statistic);
    for (const expected of given.expected) {
      expectInterval(run(mean), expected.mean);
      expectInterval(run(interquartileMean), expected.interquartileMean);
    }
    expect(run(mean).level).toBe(given.level);
  });

  test.each(golden.twoLevelEnumerated)('$design: equals both sources over all $resamples resamples', (given) => {
    for (const expected of given.expected) expectInterval(runGolden(given, mean), expected);
  });

  test.each(['crossed', 'nested'] as const)('%s: resamples have the mean and the variance of the theory', (design) => {
    const rows = golden.twoLevel[0]!.values;
    const [seeds, users] = [rows.length, rows[0]!.length];
    const whole = mean(rows.flat());
    const sum = (terms: readonly number[]): number => terms.reduce((total, term) => total + term, 0);
    const square = (term: number): number => term * term;
    const rowMeans = rows.map(mean);
    const userMeans = rows[0]!.map((_, user) => mean(rows.map((row) => row[user]!)));
    // Sums of squares of seeds, users, noise, and of users within seeds.
    const ofSeeds = sum(rowMeans.map((value) => square(value - whole)));
    const ofUsers = sum(userMeans.map((value) => square(value - whole)));
    const within = sum(rows.flatMap((row, seed) => row.map((value) => square(value - rowMeans[seed]!))));
    const noise = within - seeds * ofUsers;
    const cells = seeds * users;
    const variance =
      design === 'crossed'
        ? ofSeeds / seeds ** 2 + ofUsers / users ** 2 + noise / cells ** 2
        : ofSeeds / seeds ** 2 + within / cells ** 2;
    const seen: number[] = [];
    const keep = (sample: Float64Array): number => {
      seen.push(mean(sample));
      return seen.at(-1)!;
    };
    const resamples = 20_000;
    bootstrapTwoLevelInterval(rows, { random: createRandomStream('theory'), design, resamples, statistic: keep });
    const drawn = seen.slice(1); // without the estimate
    expect(Math.abs(mean(drawn) - whole)).toBeLessThan(4 * Math.sqrt(variance / resamples));
    const squares = drawn.map((value) => square(value - whole));
    const errorOfSquares = Math.sqrt(mean(squares.map((value) => square(value - variance))) / resamples);
    expect(Math.abs(mean(squares) - variance)).toBeLessThan(4 * errorOfSquares);
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
    for (const statistic of [() => Number.NaN, () => Number.POSITIVE_INFINITY, () => '1' as unknown as number]) {
      expect(() => bootstrapTwoLevelInterval(rows, { random, design: 'nested', statistic })).toThrow(
        /Expected statistic to be a function whose results are finite numbers/,
      );
    }
    expect(() =>
      bootstrapTwoLevelInterval(rows, undefined as unknown as { random: RandomStream; design: 'nested' }),
    ).toThrow(/Expected random to be a RandomStream, received undefined/);
    const none = undefined as unknown as number[][];
    expect(() => bootstrapTwoLevelInterval(none, { random, design: 'nested' })).toThrow(/at least 2 seeds/);
    expect(() =>
      bootstrapTwoLevelInterval([none, none] as unknown as number[][], { random, design: 'nested' }),
    ).toThrow(/values\[0\]/);
    expect(() => bootstrapTwoLevelInterval(rows, { random, design: 'nested', resamples: 39 })).toThrow(/resamples/);
  });
});
