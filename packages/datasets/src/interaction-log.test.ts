import { describe, expect, it } from 'vitest';
import { createInteractionLog } from './interaction-log.ts';

describe('createInteractionLog', () => {
  it('interns ids in order of appearance, after the known items', () => {
    const log = createInteractionLog(
      [
        { user: 'u1', item: 'b', time: 5, value: 4 },
        { user: 'u2', item: 'c', time: 3, value: 1 },
        { user: 'u1', item: 'c', time: 9, value: 2 },
      ],
      [
        { id: 'a', title: 'Apple' },
        { id: 'b', title: 'Banana' },
      ],
    );
    expect(log.users).toEqual(['u1', 'u2']);
    expect(log.items).toEqual([
      { id: 'a', title: 'Apple' },
      { id: 'b', title: 'Banana' },
      { id: 'c', title: 'c' },
    ]);
    expect([...log.user]).toEqual([0, 1, 0]);
    expect([...log.item]).toEqual([1, 2, 2]);
    expect([...log.time!]).toEqual([5, 3, 9]);
    expect([...log.value!]).toEqual([4, 1, 2]);
  });

  it('leaves out columns that no row has', () => {
    const log = createInteractionLog([{ user: 'u', item: 'i' }]);
    expect(Object.keys(log).sort()).toEqual(['item', 'items', 'user', 'users']);
  });

  it.each([
    ['an empty user', [{ user: '', item: 'i' }], 'rows[0].user'],
    ['an empty item', [{ user: 'u', item: '' }], 'rows[0].item'],
    ['a time that is not finite', [{ user: 'u', item: 'i', time: Number.NaN }], 'rows[0].time'],
    [
      'a time only in the second row',
      [
        { user: 'u', item: 'i' },
        { user: 'u', item: 'j', time: 1 },
      ],
      'rows[1].time',
    ],
    [
      'no value in the second row',
      [
        { user: 'u', item: 'i', value: 1 },
        { user: 'u', item: 'j' },
      ],
      'rows[1].value',
    ],
  ])('refuses %s', (_, rows, argument) => {
    expect(() => createInteractionLog(rows)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', argument }));
  });

  it('refuses an item that is listed twice', () => {
    const item = { id: 'a', title: 'A' };
    expect(() => createInteractionLog([], [item, item])).toThrow('distinct ids');
  });
});
