import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatDifference,
  formatEstimate,
  formatPValue,
  formatScore,
  formatShare,
} from './format-figure.ts';

describe('figures', () => {
  it('are written the same way everywhere', () => {
    expect(formatEstimate({ mean: 0.45436, low: 0.4481, high: 0.46 })).toBe('0.454 [0.448, 0.460]');
    expect(formatCount(50_000.4)).toBe('50,000');
    expect(formatShare(0.6214)).toBe('62.1%');
    expect([0, 0.0004, 0.031].map((p) => formatPValue(p))).toEqual(['p < 0.001', 'p < 0.001', 'p = 0.031']);
    expect([0, 0.0005, 1].map((p) => formatPValue(p, 'cell'))).toEqual(['<.001', '.001', '1.000']);
    expect([0, 0.031].map((p) => formatPValue(p, 'sentence'))).toEqual(['p < .001', 'p = .031']);
  });

  it('carry a sign where they are differences, and none where they round to zero', () => {
    expect(formatDifference({ mean: 0.0123, low: -0.0002, high: 0.02 })).toBe('+0.012 [0.000, 0.020]');
    expect(formatDifference({ mean: -0.0123, low: -0.02, high: -0.005 })).toBe('-0.012 [-0.020, -0.005]');
    expect(formatDifference({ mean: 0.0001, low: -0.02, high: 0.02 })).toBe('0.000 [-0.020, 0.020]');
  });

  it('refuse what is not finite', () => {
    expect(() => formatScore(Number.NaN)).toThrow(
      'Expected a figure of the report to be a finite number, received NaN',
    );
    expect(() => formatCount(Number.POSITIVE_INFINITY)).toThrow('finite');
  });
});
