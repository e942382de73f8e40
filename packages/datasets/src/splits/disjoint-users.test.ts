import type { JudgedTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { assertDisjointUsers, SharedUsersError } from './disjoint-users.ts';

const createTask = (user: string): JudgedTask => ({
  task: { id: `x:${user}`, user, history: [], candidates: [] },
  relevance: new Map(),
});

describe('assertDisjointUsers', () => {
  it('accepts groups without a shared user', () => {
    expect(() => assertDisjointUsers([createTask('a')], [createTask('b'), createTask('c')])).not.toThrow();
  });

  it('names the shared users', () => {
    const train = ['a', 'b', 'c', 'd'].map(createTask);
    const report = ['d', 'e', 'b', 'b'].map(createTask);
    expect(() => assertDisjointUsers(train, report)).toThrow(
      expect.objectContaining({
        code: 'SHARED_USERS',
        users: ['d', 'b'],
        message: expect.stringContaining('2 shared (d, b)'),
      }),
    );
  });

  it('shows five users and holds all', () => {
    const tasks = [...'abcdefg'].map(createTask);
    let thrown: unknown;
    try {
      assertDisjointUsers(tasks, tasks);
    } catch (error) {
      thrown = error;
    }
    expect(SharedUsersError.isInstance(thrown) && thrown.users).toEqual([...'abcdefg']);
    expect((thrown as Error).message).toContain('7 shared (a, b, c, d, e, …)');
    expect(SharedUsersError.isInstance(new Error('other'))).toBe(false);
  });
});
