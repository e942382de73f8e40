import { describe, expect, it } from 'vitest';
import { assertSchedule, computeScheduled } from './schedule.ts';

describe('computeScheduled', () => {
  it('moves linearly and then stays', () => {
    const schedule = { from: 1, to: 0.2, updates: 4 };
    expect([0, 1, 4, 9].map((done) => computeScheduled(schedule, done))).toEqual([
      1,
      0.8,
      expect.closeTo(0.2, 12),
      expect.closeTo(0.2, 12),
    ]);
    expect(computeScheduled(0.3, 7)).toBe(0.3);
  });
});

describe('assertSchedule', () => {
  it('refuses negative and endless schedules', () => {
    expect(() => assertSchedule('rate', 0)).not.toThrow();
    expect(() => assertSchedule('rate', -1)).toThrow(/rate/);
    expect(() => assertSchedule('rate', { from: 1, to: Number.NaN, updates: 5 })).toThrow(/finite/);
    expect(() => assertSchedule('rate', { from: 1, to: 0, updates: 0 })).toThrow(/rate.updates/);
  });
});
