import { expect, it } from 'vitest';
import { computeNormalQuantile } from './normal-quantile.ts';

// scipy 1.10.1, scipy.stats.norm.ppf(probability).
it.each([
  [0.975, 1.959963984540054],
  [0.8, 0.8416212335729143],
  [0.9, 1.2815515655446004],
  [0.95, 1.6448536269514722],
  [0.995, 2.5758293035489004],
  [0.05, -1.6448536269514729],
  [0.001, -3.090232306167813],
  [0.9999999, 5.199337582290661],
  [1e-12, -7.034483825301131],
])('the normal quantile of %d equals scipy', (probability, expected) => {
  expect(Math.abs(computeNormalQuantile(probability) / expected - 1)).toBeLessThan(1e-6);
});

it('the normal quantile of one half is 0', () => {
  expect(computeNormalQuantile(0.5)).toBe(0);
});
