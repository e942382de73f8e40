import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { sampleTasks } from './sample-tasks.ts';
import { createExampleTasks } from './testing/example-tasks.ts';

const tasks = createExampleTasks(8);
const sample = (seed: number, count: number): readonly string[] =>
  sampleTasks(createRandomStream(seed), tasks, count).map(({ task }) => task.id);

describe('sampleTasks', () => {
  it('takes the same tasks for the same seed, others for another', () => {
    expect(sample(1, 3)).toEqual(sample(1, 3));
    const firsts = new Set(Array.from({ length: 40 }, (_, seed) => sample(seed, 1)[0]));
    // Each of 8 tasks is missed by 40 seeds with probability .005.
    expect(firsts.size).toBeGreaterThan(5);
  });

  it('repeats a task only when all others have been taken as often', () => {
    const taken = sample(3, 20);
    expect(taken).toHaveLength(20);
    for (const start of [0, 8]) expect(new Set(taken.slice(start, start + 8)).size).toBe(8);
    expect(new Set(taken.slice(16)).size).toBe(4);
    // The second pass is in an order of its own.
    expect(taken.slice(8, 16)).not.toEqual(taken.slice(0, 8));
    expect(sample(3, 0)).toEqual([]);
  });

  it('refuses no tasks, of which it could never take enough', () => {
    expect(() => sampleTasks(createRandomStream(1), [], 1)).toThrow('at least one task');
  });
});
