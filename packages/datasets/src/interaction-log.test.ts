import { describe, expect, it } from 'vitest';
import { collectInteractionLog, createInteractionLog, type InteractionRow } from './interaction-log.ts';

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
    ['a number as user', [{ user: 7 as unknown as string, item: 'i' }], 'rows[0].user'],
    ['no item', [{ user: 'u' } as InteractionRow], 'rows[0].item'],
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

  it('refuses listed items whose id is no text, since rows could never name them', () => {
    expect(() => createInteractionLog([], [{ id: 7 as unknown as string, title: 'A' }])).toThrow(
      'Expected items to be an id: text that is not empty, received 7. Write numbers as text: String(id).',
    );
  });
});

describe('collectInteractionLog', () => {
  const rows = Array.from({ length: 300 }, (_, row) => ({
    user: `u${row % 7}`,
    item: `i${row % 11}`,
    time: row,
    position: -row,
    value: row % 5,
  }));

  async function* stream(): AsyncGenerator<InteractionRow> {
    for (const row of rows) yield row;
  }

  it('gives the same log from rows that come one after another', async () => {
    const items = [{ id: 'i3', title: 'Three' }];
    const log = createInteractionLog(rows, items);
    expect(await collectInteractionLog(stream(), items)).toEqual(log);
    expect(await collectInteractionLog(rows, items)).toEqual(log);
    // Row 299 = 7 x 42 + 5 = 11 x 27 + 2; i2 is third to appear, after the known item.
    expect([log.users[log.user[299]!], log.item[299], log.time![299], log.position![299], log.value![299]]).toEqual([
      'u5',
      3,
      299,
      -299,
      4,
    ]);
    expect(log.items.slice(0, 4).map(({ title }) => title)).toEqual(['Three', 'i0', 'i1', 'i2']);
  });

  it('refuses bad rows and passes on errors of their source', async () => {
    async function* bad(): AsyncGenerator<InteractionRow> {
      yield { user: 'u', item: 'i', position: 1 };
      yield { user: 'u', item: '' };
    }
    await expect(collectInteractionLog(bad())).rejects.toMatchObject({ argument: 'rows[1].item' });
    async function* broken(): AsyncGenerator<InteractionRow> {
      yield { user: 'u', item: 'i' };
      throw new TypeError('connection lost');
    }
    await expect(collectInteractionLog(broken())).rejects.toThrow(TypeError);
  });
});
