import { describe, expect, it } from 'vitest';
import { computeAdvantages, findBest } from './ask-grid.ts';

const none = Number.NaN;

describe('computeAdvantages', () => {
  it('is the mean less the mean of all rows where nothing is missing', () => {
    // Column means 0.5, 0.4, 0.3.
    const advantages = computeAdvantages(Float64Array.of(0.9, 0.4, 0.5, 0.1, 0.4, 0.1), 2);
    expect([...advantages].map((value) => value.toFixed(12))).toEqual([0.2, -0.2].map((value) => value.toFixed(12)));
  });

  it('does not favour the row that was asked on the easier columns', () => {
    // Row 0 is better wherever both were asked, but has the lower mean: .5 against .6.
    const rewards = Float64Array.of(0.5, 0.5, none, 0.3, none, 0.9);
    const advantages = computeAdvantages(rewards, 2);
    // (.1 + 0) / 2 and (-.1 + 0) / 2.
    expect(advantages[0]).toBeCloseTo(0.05, 12);
    expect(advantages[1]).toBeCloseTo(-0.05, 12);
    expect(findBest(advantages)).toBe(0);
  });

  it('knows nothing of a row without rewards', () => {
    expect([...computeAdvantages(Float64Array.of(none, none, 1, none), 2)]).toEqual([none, 0]);
  });
});

describe('findBest', () => {
  it('takes the first of equals and no NaN', () => {
    expect(findBest(Float64Array.of(none, -2, -1, -1))).toBe(2);
    expect(findBest(Float64Array.of(none))).toBe(-1);
  });
});
