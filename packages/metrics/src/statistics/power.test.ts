import { createRandomStream } from '@rppkit/spec';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import {
  type Alternative,
  minimumDetectableEffect,
  normalCdf,
  normalQuantile,
  pairedTTest,
  pairedTTestPower,
  requiredUsers,
} from './index.ts';

describe('pairedTTestPower', () => {
  test.each(golden.power)(
    'equals both sources: $users users, effect $effect, level $significanceLevel, $alternative',
    ({ users, effect, significanceLevel, alternative, expected }) => {
      const design = { significanceLevel, alternative: alternative as Alternative };
      const options = { users, difference: effect * 0.25, standardDeviation: 0.25, ...design };
      for (const power of expected) expect(Math.abs(pairedTTestPower(options) - power)).toBeLessThan(1e-10);
    },
  );

  test('of equal systems is the significance level', () => {
    for (const users of [2, 7, 400]) {
      const options = { users, difference: 0, standardDeviation: 0.2, significanceLevel: 0.07 };
      expect(pairedTTestPower(options)).toBeCloseTo(0.07, 10);
      expect(pairedTTestPower({ ...options, alternative: 'greater' })).toBeCloseTo(0.07, 10);
    }
  });

  test('approaches the normal approximation for many users', () => {
    // Worked by hand: delta = .003 * 1000 / 1 = 3; power = CDF(3 - 1.959964) + CDF(-3 - 1.959964).
    const power = pairedTTestPower({ users: 1_000_000, difference: 0.003, standardDeviation: 1 });
    const critical = normalQuantile(0.975);
    expect(power).toBeCloseTo(normalCdf(3 - critical) + normalCdf(-3 - critical), 5);
  });

  test('of a difference far above or below its deviation is 1 or next to nothing, at once', () => {
    for (const standardDeviation of [1e-6, 1e-12, 1e-300]) {
      for (const users of [2, 10, 1e6]) {
        const options = { users, difference: 1e10, standardDeviation };
        expect(pairedTTestPower(options)).toBe(1);
        expect(pairedTTestPower({ ...options, difference: -1e10 })).toBe(1);
        expect(pairedTTestPower({ ...options, difference: -1e10, alternative: 'greater' })).toBe(0);
      }
    }
    // difference / standardDeviation overflows.
    expect(pairedTTestPower({ users: 5, difference: 1e200, standardDeviation: 1e-200 })).toBe(1);
    expect(pairedTTestPower({ users: 5, difference: 1e-200, standardDeviation: 1e200 })).toBeCloseTo(0.05, 10);
  });

  test('of two users follows the closed form of large effects', () => {
    // With one degree of freedom S = |X|, X normal; where delta is large the test rejects if |X| < delta / t:
    // 2 CDF(delta / t) - 1 = 2 CDF(sqrt(2) effect / t) - 1, t = tan(pi (1/2 - alpha / 2)).
    for (const significanceLevel of [1e-6, 1e-9, 1e-14]) {
      const critical = 1 / Math.tan((Math.PI * significanceLevel) / 2);
      const difference = critical / Math.SQRT2;
      const power = pairedTTestPower({ users: 2, difference, standardDeviation: 1, significanceLevel });
      expect(power).toBeCloseTo(2 * normalCdf(1) - 1, 10);
    }
  });

  test('is how often the test rejects', () => {
    const random = createRandomStream('power');
    const options = { users: 12, difference: 0.6, standardDeviation: 1 };
    let rejections = 0;
    const repetitions = 4000;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const a = Float64Array.from({ length: 12 }, () => 0.6 + random.normal());
      if (pairedTTest(a, new Float64Array(12)).pValue <= 0.05) rejections++;
    }
    const power = pairedTTestPower(options);
    const error = Math.sqrt((power * (1 - power)) / repetitions);
    expect(Math.abs(rejections / repetitions - power)).toBeLessThan(4 * error);
  });

  test('rejects options out of range', () => {
    const options = { users: 20, difference: 0.1, standardDeviation: 1 };
    for (const users of [1, 2.5, 1e9 + 1, Number.NaN]) {
      expect(() => pairedTTestPower({ ...options, users })).toThrow(/Expected users to be an integer from 2/);
    }
    for (const standardDeviation of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => pairedTTestPower({ ...options, standardDeviation })).toThrow(/Expected standardDeviation/);
    }
    for (const significanceLevel of [0, 1e-310, 1, Number.NaN]) {
      expect(() => pairedTTestPower({ ...options, significanceLevel })).toThrow(/Expected significanceLevel/);
    }
    expect(() => pairedTTestPower({ ...options, difference: Number.NaN })).toThrow(/Expected difference/);
    expect(() => pairedTTestPower({ ...options, alternative: 'less' as Alternative })).toThrow(/Expected alternative/);
  });
});

describe('requiredUsers', () => {
  test.each(golden.required)(
    'equals both sources: effect $effect, $alternative',
    ({ effect, significanceLevel, power, alternative, expected }) => {
      const design = { significanceLevel, alternative: alternative as Alternative, standardDeviation: 0.2 };
      for (const users of expected) expect(requiredUsers({ difference: effect * 0.2, power, ...design })).toBe(users);
    },
  );

  test('is the smallest number that suffices', () => {
    const options = { difference: 0.011, standardDeviation: 0.21 };
    const users = requiredUsers(options);
    expect(pairedTTestPower({ ...options, users })).toBeGreaterThanOrEqual(0.8);
    expect(pairedTTestPower({ ...options, users: users - 1 })).toBeLessThan(0.8);
    expect(requiredUsers({ difference: 100, standardDeviation: 1 })).toBe(2);
    expect(requiredUsers({ difference: 1, standardDeviation: 1e-12 })).toBe(2);
    // Normal limit: ((1.644853627 + .841621234) / .0002)^2 = 154,563,931; t adds about one user.
    const many = requiredUsers({ difference: 0.0002, standardDeviation: 1, alternative: 'greater' });
    expect(many / 154_563_931).toBeCloseTo(1, 7);
  });

  test('rejects options out of range', () => {
    const options = { difference: 0.1, standardDeviation: 1 };
    expect(() => requiredUsers({ ...options, difference: 0 })).toThrow(/Expected difference to be a positive/);
    expect(() => requiredUsers({ ...options, difference: 0.00001 })).toThrow(/More than 1000000000 users/);
    for (const power of [0.05, 1, Number.NaN]) {
      expect(() => requiredUsers({ ...options, power })).toThrow(/between significanceLevel \(0.05\) and 1/);
    }
    expect(() => requiredUsers({ ...options, standardDeviation: 0 })).toThrow(/Expected standardDeviation/);
  });
});

describe('minimumDetectableEffect', () => {
  test.each(golden.detectable)(
    'equals both sources: $users users, $alternative',
    ({ users, significanceLevel, power, alternative, expected }) => {
      const design = { significanceLevel, alternative: alternative as Alternative, power };
      const found = minimumDetectableEffect({ users, standardDeviation: 0.3, ...design }) / 0.3;
      for (const effect of expected) expect(Math.abs(found - effect)).toBeLessThan(1e-9 * effect);
    },
  );

  test('is what the required users can see', () => {
    const users = requiredUsers({ difference: 0.02, standardDeviation: 0.25 });
    expect(minimumDetectableEffect({ users, standardDeviation: 0.25 })).toBeLessThanOrEqual(0.02);
    expect(minimumDetectableEffect({ users: users - 1, standardDeviation: 0.25 })).toBeGreaterThan(0.02);
    const design = { users: 2, significanceLevel: 1e-9 };
    const unit = minimumDetectableEffect({ ...design, standardDeviation: 1 });
    expect(minimumDetectableEffect({ ...design, standardDeviation: 1e-12 })).toBeCloseTo(unit * 1e-12, 9);
    expect(pairedTTestPower({ ...design, difference: unit, standardDeviation: 1 })).toBeCloseTo(0.8, 9);
  });

  test('rejects options out of range', () => {
    expect(() => minimumDetectableEffect({ users: 1, standardDeviation: 1 })).toThrow(/Expected users/);
    expect(() => minimumDetectableEffect({ users: 9, standardDeviation: 0 })).toThrow(/Expected standardDeviation/);
    expect(() => minimumDetectableEffect({ users: 9, standardDeviation: 1, power: 0.01 })).toThrow(/Expected power/);
  });
});
