import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { createInteractionLog } from '../interaction-log.ts';
import { selectRows } from './select-rows.ts';

const items = ['a', 'b', 'c', 'd'].map((id) => ({ id, title: `Title ${id}` }));
const log = createInteractionLog(
  [
    { user: 'u', item: 'b', time: 5, position: 1, value: 2 },
    { user: 'v', item: 'c', time: 4, position: 2, value: 3 },
    { user: 'w', item: 'b', time: 3, position: 3, value: 4 },
    { user: 'v', item: 'a', time: 2, position: 4, value: 5 },
    { user: 'u', item: 'c', time: 1, position: 5, value: 6 },
  ],
  items,
);
const dataset: Dataset = {
  name: 'x',
  log,
  order: 'column',
  userAttributes: new Map([
    ['u', { age: '30' }],
    ['w', { age: '40' }],
    ['absent', {}],
  ]),
};

describe('selectRows', () => {
  it('keeps rows in order with all columns, and numbers users as they appear', () => {
    expect(selectRows(dataset, Uint8Array.of(0, 1, 1, 0, 1))).toEqual({
      name: 'x',
      order: 'column',
      log: {
        users: ['v', 'w', 'u'],
        items,
        user: Int32Array.of(0, 1, 2),
        item: Int32Array.of(2, 1, 2),
        time: Float64Array.of(4, 3, 1),
        position: Float64Array.of(2, 3, 5),
        value: Float32Array.of(3, 4, 6),
      },
      userAttributes: new Map([
        ['w', { age: '40' }],
        ['u', { age: '30' }],
      ]),
    });
  });

  it('drops masked items and numbers the others anew', () => {
    const { log: kept } = selectRows(dataset, Uint8Array.of(0, 1, 0, 0, 1), { items: Uint8Array.of(0, 0, 1, 1) });
    expect(kept.items).toEqual([items[2], items[3]]);
    expect(kept.item).toEqual(Int32Array.of(0, 0));
  });

  it('leaves absent columns absent', () => {
    const bare = createInteractionLog([{ user: 'u', item: 'a' }]);
    const kept = selectRows({ name: 'x', log: bare, order: 'none' }, Uint8Array.of(1));
    expect(Object.keys(kept).sort()).toEqual(['log', 'name', 'order']);
    expect(Object.keys(kept.log).sort()).toEqual(['item', 'items', 'user', 'users']);
    expect(selectRows({ name: 'x', log: bare, order: 'none' }, Uint8Array.of(0)).log.users).toEqual([]);
  });

  it('refuses masks of another length and kept rows of dropped items', () => {
    expect(() => selectRows(dataset, new Uint8Array(4))).toThrow('Expected mask to be a mask of 5 entries');
    // Roles of rows in place of a mask would keep test rows.
    expect(() => selectRows(dataset, Uint8Array.of(1, 2, 3, 0, 1))).toThrow(
      'Expected mask[1] to be 0 or 1, received 2.',
    );
    expect(() => selectRows(dataset, new Uint8Array(5), { items: Uint8Array.of(0, 0, 0, 2) })).toThrow('items[3]');
    expect(() => selectRows(dataset, new Uint8Array(5), { items: new Uint8Array(5) })).toThrow('Expected items to be');
    expect(() => selectRows(dataset, Uint8Array.of(1, 0, 0, 0, 0), { items: Uint8Array.of(1, 0, 1, 1) })).toThrow(
      'keep item b',
    );
  });
});
