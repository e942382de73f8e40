import { expect, it } from 'vitest';
import { createStepLock } from './step-lock.ts';

it('lets one action through at a time, also after one that failed', async () => {
  const lock = createStepLock();
  let finish = (): void => {};
  const first = lock(() => new Promise<string>((resolve) => (finish = () => resolve('first'))));
  await expect(lock(async () => 'second')).rejects.toMatchObject({ code: 'STEP_UNDER_WAY' });
  finish();
  expect(await first).toBe('first');
  await expect(lock(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await lock(async () => 'third')).toBe('third');
  // Another environment has a lock of its own.
  const held = lock(() => new Promise<void>((resolve) => (finish = resolve)));
  expect(await createStepLock()(async () => 'other')).toBe('other');
  finish();
  await held;
});
