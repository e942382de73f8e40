import { describe, expect, it } from 'vitest';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import { createLearnedUsers } from './create-learned-users.ts';

const interactions: TrainingInteractions = {
  users: ['__proto__', 'constructor'],
  items: ['a', 'toString', 'c'].map((id) => ({ id, title: id })),
  starts: Int32Array.of(0, 2, 3),
  item: Int32Array.of(1, 0, 1),
  time: Float64Array.of(1, 2, 3),
  order: 'timestamp',
};
const create = (change: Partial<TrainingInteractions>) => () => createLearnedUsers({ ...interactions, ...change });

describe('createLearnedUsers', () => {
  it('copies what it keeps', () => {
    const learned = createLearnedUsers(interactions);
    expect(learned).toEqual({
      users: ['__proto__', 'constructor'],
      items: ['a', 'toString', 'c'],
      starts: Int32Array.of(0, 2, 3),
      item: Int32Array.of(1, 0, 1),
    });
    for (const field of ['users', 'starts', 'item'] as const) expect(learned[field]).not.toBe(interactions[field]);
  });

  it('takes users and items without interactions, and none at all', () => {
    const empty = { users: [], items: [], starts: Int32Array.of(0), item: new Int32Array(0), order: 'none' } as const;
    expect(createLearnedUsers(empty).items).toEqual([]);
    expect(create({ starts: Int32Array.of(0, 0, 3), item: Int32Array.of(0, 1, 2) })().starts[1]).toBe(0);
  });

  it('names what is not whole', () => {
    expect(create({ users: ['u', 'u'] })).toThrow(
      'Expected interactions.users[1] to be an id of its own, received "u"',
    );
    const twice = ['a', 'b', 'a'].map((id) => ({ id, title: id }));
    expect(create({ items: twice })).toThrow('interactions.items[2]');
    for (const starts of [
      [0, 3],
      [1, 2, 3],
      [0, 2, 2],
      [0, 4, 3],
    ]) {
      expect(create({ starts: Int32Array.from(starts) })).toThrow(
        'interactions.starts to be 3 rising entries from 0 to 3',
      );
    }
    for (const wrong of [3, -1]) {
      expect(create({ item: Int32Array.of(1, 0, wrong) })).toThrow(
        `Expected interactions.item[2] to be an index below 3, received ${wrong}.`,
      );
    }
    expect(create({ item: Int32Array.of(1, 1, 0) })).toThrow('User "__proto__" has it twice');
    expect(create({ time: Float64Array.of(1) })).toThrow('interactions.time to be of length 3');
    expect(create({ time: Float64Array.of(1, Number.NaN, 3) })).toThrow('interactions.time[1] to be finite');
  });
});
