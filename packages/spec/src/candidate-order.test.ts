import { describe, expect, it } from 'vitest';
import { presentTask } from './candidate-order.ts';
import type { RankingTask } from './ranking-task.ts';

function createTask(index: number, candidates = 10, history = 6): RankingTask {
  const createItem = (kind: string, place: number) => ({
    id: `${kind}${index}-${place}`,
    title: `${kind} ${index}x${place}`,
  });
  return {
    id: `task-${index}`,
    user: `user-${index}`,
    history: Array.from({ length: history }, (_, place) => ({ item: createItem('h', place) })),
    candidates: Array.from({ length: candidates }, (_, place) => createItem('c', place)),
  };
}

describe('presentTask', () => {
  it('shows order 0 as the task has it', () => {
    const task = createTask(3);
    const presented = presentTask(task, 0);
    expect(presented.task).toBe(task);
    expect([...presented.order]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('shows the same items in every order, and says where each came from', () => {
    const task = createTask(3);
    for (let orderIndex = 0; orderIndex < 20; orderIndex++) {
      const presented = presentTask(task, orderIndex);
      expect(presented.task.candidates).toEqual(Array.from(presented.order, (index) => task.candidates[index]));
      expect([...presented.order].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(presented.task.history).toBe(task.history);
      expect(presented.task.id).toBe(task.id);
    }
  });

  it('depends on the id of the task and the number alone', () => {
    const task = createTask(3);
    const other = { ...createTask(8, 10, 2), id: task.id };
    expect(presentTask(other, 2).order).toEqual(presentTask(task, 2).order);
    expect(presentTask({ ...task, id: 'another' }, 2).order).not.toEqual(presentTask(task, 2).order);
    expect(presentTask(task, 3).order).not.toEqual(presentTask(task, 2).order);
  });

  // Defect 5: the reference had the relevant item in one slot for all users, and repeated one order.
  it('puts every candidate in every place equally often, over tasks and over order numbers', () => {
    // 99.9 % quantile of chi-square with 9 degrees of freedom, from tables: 27.88. Fixed ids: the outcome never changes.
    const limit = 27.88;
    const places = (orders: readonly Int32Array[], candidate: number): number => {
      const counts = new Float64Array(10);
      for (const order of orders) counts[order.indexOf(candidate)]!++;
      const expected = orders.length / 10;
      return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    };
    const task = createTask(0);
    const byNumber = Array.from({ length: 2000 }, (_, index) => presentTask(task, index + 1).order);
    const byTask = Array.from({ length: 2000 }, (_, index) => presentTask(createTask(index), 1).order);
    for (const candidate of [0, 4, 9]) {
      expect(places(byNumber, candidate)).toBeLessThan(limit);
      expect(places(byTask, candidate)).toBeLessThan(limit);
    }
  });

  it('draws each of the six permutations of three candidates equally often', () => {
    const task = createTask(0, 3);
    const counts = new Map<string, number>();
    for (let orderIndex = 1; orderIndex <= 1200; orderIndex++) {
      const key = presentTask(task, orderIndex).order.join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    // 99.9 % quantile of chi-square with 5 degrees of freedom: 20.52.
    expect(chiSquare).toBeLessThan(20.52);
  });

  it.each([-1, 0.5, Number.NaN])('rejects order number %s', (orderIndex) => {
    expect(() => presentTask(createTask(0), orderIndex)).toThrow('non-negative integer');
  });
});
