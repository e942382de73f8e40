import { describe, expect, it, vi } from 'vitest';
import { followSignal } from './follow-signal.ts';

describe('followSignal', () => {
  it('adds one listener for all followers, tells each once, and leaves none behind', () => {
    const controller = new AbortController();
    const [added, removed] = [
      vi.spyOn(controller.signal, 'addEventListener'),
      vi.spyOn(controller.signal, 'removeEventListener'),
    ];
    const told: string[] = [];
    const both = (): void => void told.push('both');
    const leave = [followSignal(controller.signal, both), followSignal(controller.signal, both)];
    const gone = followSignal(controller.signal, () => told.push('gone'));
    expect(added).toHaveBeenCalledTimes(1);
    gone();
    gone();
    for (const unfollow of leave) unfollow();
    expect(removed).toHaveBeenCalledTimes(1);
    followSignal(controller.signal, both);
    followSignal(controller.signal, both);
    controller.abort();
    expect(told).toEqual(['both', 'both']);
    // A call that ends after the abort does no harm.
    leave[0]!();
  });

  it('follows nothing where there is no signal', () => {
    expect(() => followSignal(undefined, () => {})()).not.toThrow();
  });
});
