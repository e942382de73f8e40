import { describe, expect, it } from 'vitest';
import { LearnedIndex } from './learned-users.ts';

const index = new LearnedIndex({
  users: ['__proto__', 'nobody'],
  items: ['a', 'constructor'],
  starts: Int32Array.of(0, 2, 2),
  item: Int32Array.of(1, 0),
});
const create = (user: string, ...ids: string[]) =>
  index.createPerson(
    user,
    ids.map((id) => ({ item: { id, title: id } })),
  );

describe('LearnedIndex', () => {
  it('knows a user by the items of the history and their order', () => {
    expect(create('__proto__', 'constructor', 'a').user).toBe(0);
    expect(create('__proto__', 'a', 'constructor').user).toBe(-1);
    expect(create('__proto__', 'a').user).toBe(-1);
    expect(create('toString', 'constructor', 'a').user).toBe(-1);
  });

  it('folds in a user of whom nothing was learned', () => {
    expect(create('nobody').user).toBe(-1);
  });

  it('keeps the last of repeats, also of unknown items', () => {
    const { history, unknown } = create('someone', 'a', 'x', 'y', 'constructor', 'x', 'a');
    expect([[...history], unknown.map(({ id }) => id)]).toEqual([
      [1, 0],
      ['y', 'x'],
    ]);
  });
});
