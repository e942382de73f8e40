import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { cutTrainingWindows, padding } from './training-windows.ts';

const users = ['none', 'one', 'three', 'nine'];
const starts = Int32Array.of(0, 0, 1, 4, 13);
const item = Int32Array.of(7, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16, 17, 18);
const interactions = { users, starts, item };
const _ = padding;

describe('cutTrainingWindows', () => {
  it('pads a short sequence at the left and leaves out who has nothing to predict', () => {
    const windows = cutTrainingWindows({ users, starts: Int32Array.of(0, 0, 1, 4, 4), item }, 4, createRandomStream(1));
    expect([...windows.inputs]).toEqual([_, _, 4, 5]);
    expect([...windows.targets]).toEqual([_, _, 5, 6]);
    expect([...windows.users]).toEqual([2]);
    expect(windows.count).toBe(1);
  });

  it('makes every item but the first a target once, right after its predecessor, wherever it cuts', () => {
    const sizes = new Set<number>();
    for (let draw = 0; draw < 50; draw++) {
      const windows = cutTrainingWindows(interactions, 3, createRandomStream('cuts').split(draw));
      const seen: number[] = [];
      windows.targets.forEach((target, place) => {
        expect(windows.inputs[place] === padding).toBe(target === padding);
        if (target === padding) return;
        seen.push(target);
        expect(windows.inputs[place]).toBe(target - 1);
      });
      expect(seen.sort((a, b) => a - b)).toEqual([5, 6, 11, 12, 13, 14, 15, 16, 17, 18]);
      // Row 1 is the newest window of the last user.
      expect(windows.users[1]).toBe(3);
      sizes.add(windows.targets.subarray(3, 6).filter((target) => target !== padding).length);
      expect(windows.targets[5]).toBe(18);
    }
    expect([...sizes].sort()).toEqual([1, 2, 3]);
  });
});
