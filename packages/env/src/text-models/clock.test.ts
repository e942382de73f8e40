import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';

describe('systemClock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits as long as it is told, by its own time', async () => {
    const start = systemClock.now();
    let ended = false;
    const wait = systemClock.wait(250).then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(249);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await wait;
    expect(systemClock.now() - start).toBe(250);
  });

  it('waits longer than one timer can', async () => {
    let ended = false;
    const wait = systemClock.wait(2 * (2 ** 31 - 1)).then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(2 * (2 ** 31 - 1) - 1);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await wait;
  });

  it('rejects at an abort and leaves no timer', async () => {
    const controller = new AbortController();
    const wait = systemClock.wait(1000, controller.signal);
    controller.abort();
    await expect(wait).rejects.toMatchObject({ failure: 'aborted' });
    expect(vi.getTimerCount()).toBe(0);
    await expect(systemClock.wait(0, controller.signal)).rejects.toMatchObject({ failure: 'aborted' });
  });

  it('is not disturbed by an abort after its end', async () => {
    const controller = new AbortController();
    const wait = systemClock.wait(1, controller.signal);
    await vi.advanceTimersByTimeAsync(1);
    controller.abort();
    await expect(wait).resolves.toBeUndefined();
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('refuses to wait %s ms', async (ms) => {
    await expect(systemClock.wait(ms)).rejects.toThrow('Expected ms to be a finite number of at least 0');
  });
});
