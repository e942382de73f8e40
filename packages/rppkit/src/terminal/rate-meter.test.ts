import { expect, it } from 'vitest';
import { createRateMeter } from './rate-meter.ts';

it('tells the rate of the latest window, once a second has passed and something moved', () => {
  const meter = createRateMeter({ windowMs: 10_000 });
  meter.add(0, 0);
  meter.add(900, 90);
  expect(meter.perSecond()).toBeUndefined();
  meter.add(2000, 100);
  expect(meter.perSecond()).toBe(50);
  // Of what lies before the window only the latest sample counts: 30 in the 11.1 s since 900.
  meter.add(12_000, 120);
  expect(meter.perSecond()).toBe(30 / 11.1);
  meter.reset();
  meter.add(0, 5);
  meter.add(5000, 5);
  expect(meter.perSecond()).toBeUndefined();
});
