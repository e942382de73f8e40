import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { waitForTimer } from './wait.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('waitForTimer', () => {
  it('resolves after the time', async () => {
    let over = false;
    const waiting = waitForTimer(100).then(() => {
      over = true;
    });
    await vi.advanceTimersByTimeAsync(99);
    expect(over).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(over).toBe(true);
  });

  it('rejects at once when aborted, and frees its timers', async () => {
    const controller = new AbortController();
    const calls = Array.from({ length: 30 }, () => waitForTimer(1000, controller.signal));
    expect(vi.getTimerCount()).toBe(30);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    const settled = Promise.allSettled(calls);
    controller.abort(new Error('enough'));
    for (const outcome of await settled) expect(outcome).toMatchObject({ reason: { message: 'enough' } });
    expect(vi.getTimerCount()).toBe(0);
    await expect(waitForTimer(1, controller.signal)).rejects.toThrow('enough');
  });

  it('waits to the end under a signal that stays live', async () => {
    const { signal } = new AbortController();
    const first = waitForTimer(5, signal);
    await vi.advanceTimersByTimeAsync(5);
    await first;
    const second = waitForTimer(5, signal);
    await vi.advanceTimersByTimeAsync(5);
    await expect(second).resolves.toBeUndefined();
  });
});
