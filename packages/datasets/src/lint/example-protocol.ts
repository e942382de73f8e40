import { createRandomStream, type JudgedTask } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import { createInteractionLog } from '../interaction-log.ts';
import { createJudgedTasks } from '../tasks/judged-tasks.ts';

/**
 * A synthetic data set of 300 users with 6 of 200 items each, in order of time, and clean tasks of it: users 0 to 99 train on
 * their validation items, 100 to 149 validate, 150 to 299 are reported.
 */
export function createExampleProtocol(seed: number): {
  readonly dataset: Dataset;
  readonly train: JudgedTask[];
  readonly validation: JudgedTask[];
  readonly report: JudgedTask[];
} {
  const rows = Array.from({ length: 300 * 6 }, (_, row) => ({
    user: `u${Math.floor(row / 6)}`,
    item: `i${(Math.floor(row / 6) * 13 + (row % 6) * 31) % 200}`,
    time: 1_000_000_000 + row,
  }));
  const items = Array.from({ length: 200 }, (_, item) => ({
    id: `i${item}`,
    title: `${words[item % 10]} ${words[Math.floor(item / 10) % 10]} ${item}`,
  }));
  const dataset: Dataset = { name: 'example', log: createInteractionLog(rows, items), order: 'timestamp' };
  const random = createRandomStream(seed);
  const create = (first: number, count: number, target: 'validation' | 'test'): JudgedTask[] =>
    createJudgedTasks(dataset, {
      users: Int32Array.from({ length: count }, (_, user) => first + user),
      target,
      random,
    });
  return {
    dataset,
    train: create(0, 100, 'validation'),
    validation: create(100, 50, 'validation'),
    report: create(150, 150, 'test'),
  };
}

const words = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heath', 'inlet', 'jetty'];
