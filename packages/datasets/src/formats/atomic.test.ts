import type { Item } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import type { DatasetError } from '../dataset-error.ts';
import { createMemoryFile } from '../files/data-file.ts';
import { createInteractionLog } from '../interaction-log.ts';
import { createUserSequences } from '../user-sequences.ts';
import { type AtomicDatasetOptions, readAtomicDataset } from './atomic-dataset.ts';
import { renderAtomicInteractions, renderAtomicItems, renderAtomicUsers } from './render-atomic.ts';

interface Contents {
  readonly inter: string;
  readonly item?: string;
  readonly user?: string;
}

const read = ({ inter, item, user }: Contents, options?: AtomicDatasetOptions): Promise<Dataset> =>
  readAtomicDataset(
    {
      inter: createMemoryFile('toys.inter', inter),
      ...(item !== undefined && { item: createMemoryFile('toys.item', item) }),
      ...(user !== undefined && { user: createMemoryFile('toys.user', user) }),
    },
    options,
  );

const inter =
  'user_id:token\titem_id:token\trating:float\ttimestamp:float\nu1\ta\t3\t900000002\nu2\tz\t4.5\t900000000\nu1\tb\t1\t900000001\n';
const item =
  'item_id:token\tmovie_title:token_seq\tyear:token\tclass:token_seq\na\tThe "Old"  Lamp\t1999\tDrama War\nb\tRug, The\t\t\n';
const user = 'user_id:token\tage:float\tjobs:token_seq\nu1\t30\tcook clerk\nu9\t20\t\n';

describe('readAtomicDataset', () => {
  it('reads one row an interaction, items and users', async () => {
    const dataset = await read({ inter, item, user });
    expect([dataset.name, dataset.order]).toEqual(['toys', 'timestamp']);
    expect(dataset.log.users).toEqual(['u1', 'u2']);
    expect(dataset.log.items).toEqual([
      { id: 'a', title: 'The "Old" Lamp', attributes: { year: '1999', class: ['Drama', 'War'] } },
      { id: 'b', title: 'The Rug' },
      { id: 'z', title: 'z' },
    ]);
    expect([...dataset.log.item]).toEqual([0, 2, 1]);
    expect([...dataset.log.value!]).toEqual([3, 4.5, 1]);
    expect([...dataset.log.time!]).toEqual([900000002, 900000000, 900000001]);
    expect(dataset.userAttributes).toEqual(new Map([['u1', { age: '30', jobs: ['cook', 'clerk'] }]]));
  });

  it('reads one row a user, with the target as the last interaction', async () => {
    const lists = 'user_id:token\titem_id_list:token_seq\titem_id:token\nu1\ta b  c\td\nu2\t\ta\n';
    const dataset = await read({ inter: lists, item });
    expect(dataset.order).toBe('column');
    const sequences = createUserSequences(dataset);
    const ids = [0, 1].map((index) => Array.from(sequences.items(index), (one) => dataset.log.items[one]!.id));
    expect(ids).toEqual([['a', 'b', 'c', 'd'], ['a']]);
  });

  it('takes the header from behind empty lines', async () => {
    const plain = await read({ inter, item, user });
    expect(await read({ inter: `\n${inter}`, item: `\n\r\n${item}`, user: `\n${user}` })).toEqual(plain);
    const lists = 'user_id:token\titem_id_list:token_seq\titem_id:token\nu1\ta\td\n';
    expect(await read({ inter: `\n${lists}` })).toEqual(await read({ inter: lists }));
  });

  it('reads columns with other names', async () => {
    const plays = 'listener:token\tartist_id:token\tweight:float\ttags:token_seq\nu1\t7\t13883\tx y\n';
    const artists = 'artist_id:token\tname:token_seq\n7\tBand\n';
    const people = 'listener:token\tage:float\nu1\t30\n';
    const columns = { user: 'listener', item: 'artist_id', value: 'weight' };
    const { log, order, userAttributes } = await read({ inter: plays, item: artists, user: people }, { columns });
    expect([order, log.users, log.items, [...log.value!]]).toEqual([
      'none',
      ['u1'],
      [{ id: '7', title: 'Band' }],
      [13883],
    ]);
    expect(userAttributes).toEqual(new Map([['u1', { age: '30' }]]));
    const lists = 'listener:token\tartist_id_list:token_seq\tartist_id:token\nu1\t7 8\t9\n';
    expect((await read({ inter: lists }, { columns })).log.items.map(({ id }) => id)).toEqual(['7', '8', '9']);
    await expect(read({ inter: plays }, { columns: { ...columns, time: 'at' } })).rejects.toThrow(
      'expected a column named "at:token", received columns listener:token, artist_id:token',
    );
    const titled = 'user_id:token\titem_id:token\tname:token_seq\nu\ta\tLamp\n';
    expect((await read({ inter: titled }, { columns: { title: 'name' } })).log.items).toEqual([
      { id: 'a', title: 'Lamp' },
    ]);
  });

  it('reads times and positions where a log has both, and no position that is no number', async () => {
    const both = 'user_id:token\titem_id:token\tposition:float\ttimestamp:float\nu\ta\t7\t900000000\n';
    for (const order of ['timestamp', 'column'] as const) {
      const { log } = await read({ inter: both }, { order });
      expect([[...log.position!], [...log.time!]]).toEqual([[7], [900000000]]);
    }
    expect((await read({ inter: both }, { order: 'none' })).log.time).toBeUndefined();
    const { log } = await read({ inter: both.replace('position:float', 'position:token').replace('\t7', '\ttop') });
    expect(log.position).toBeUndefined();
  });

  it('refuses play counts as times and takes them as positions where the order is declared', async () => {
    const counts = 'user_id:token\titem_id:token\ttimestamp:float\nu1\ta\t13883\nu1\tb\t7\n';
    await expect(read({ inter: counts })).rejects.toThrow('toys.inter, line 2: expected a time in seconds');
    const dataset = await read({ inter: counts }, { order: 'column' });
    expect([dataset.order, [...dataset.log.position!], dataset.log.time]).toEqual(['column', [13883, 7], undefined]);
    const without = await read({ inter: counts }, { order: 'none' });
    expect([without.order, without.log.position]).toEqual(['none', undefined]);
  });

  it('takes the title column and the name that are asked for', async () => {
    const named = 'item_id:token\tlabel:token\tname:token\na\tRight\tWrong\n';
    const dataset = await read({ inter, item: named }, { titleColumn: 'label', name: 'mine' });
    expect(dataset.name).toBe('mine');
    expect(dataset.log.items[0]).toEqual({ id: 'a', title: 'Right', attributes: { name: 'Wrong' } });
  });

  it('leaves bad lines out and reports each', async () => {
    const bad: string[] = [];
    const onBadLine = (error: DatasetError): void => void bad.push(error.message);
    const badInter = inter.replace('u1\ta\t3', 'u3\tghost\tthree\t900000000\nu1\ta\t3');
    const badItem = `${item}a\tAgain\t\t\n\tNo id\t\t\nc\t\t\t\n`;
    expect(await read({ inter: badInter, item: badItem, user: `${user}u1\t1\t\n` }, { onBadLine })).toEqual(
      await read({ inter, item, user }),
    );
    expect(bad).toEqual([
      'toys.item, line 4: expected one row for each id, received "a" again (first in line 2).',
      'toys.item, line 5: expected an id in column "item_id", received "".',
      'toys.item, line 6: expected a title in column "movie_title", received "".',
      'toys.inter, line 2: expected a number in column "rating:float", received "three".',
      'toys.user, line 4: expected one row for each id, received "u1" again (first in line 2).',
    ]);
  });

  it('leaves bad rows of lists out and reports each', async () => {
    const bad: (number | undefined)[] = [];
    const lists = 'user_id:token\titem_id_list:token_seq\titem_id:token\nu1\ta\tb\nu1\tc\td\nu2\tx\t\n\tx\ty\n';
    const dataset = await read({ inter: lists }, { onBadLine: ({ line }) => bad.push(line) });
    expect(bad).toEqual([3, 4, 5]);
    expect([dataset.log.users, dataset.log.items.map(({ id }) => id)]).toEqual([['u1'], ['a', 'b']]);
  });

  it.each<[string, Contents, string]>([
    [
      'a column without a type',
      { inter: 'user_id\titem_id:token\nu\ta\n' },
      'toys.inter, line 1: expected columns written as name:type',
    ],
    ['an unknown type', { inter: 'user_id:int\titem_id:token\nu\ta\n' }, 'received "user_id:int"'],
    ['no user column', { inter: 'uid:token\titem_id:token\nu\ta\n' }, 'a column named "user_id:token"'],
    [
      'lists without a target',
      { inter: 'user_id:token\titem_id_list:token_seq\nu\ta\n' },
      'a column named item_id beside the lists',
    ],
    [
      'a header of lists alone',
      { inter: 'user_id:token\titem_id_list:token_seq\titem_id:token\n' },
      'at least one interaction, received none',
    ],
    [
      'items without a title',
      { inter, item: 'item_id:token\tyear:token\na\t1\n' },
      'a column named title or movie_title or item_name or name',
    ],
    [
      'items without an id',
      { inter, item: 'id:token\tname:token\na\tA\n' },
      'a column named "item_id", received columns id, name',
    ],
    ['a header of items alone', { inter, item: 'item_id:token\tname:token\n' }, 'at least one item'],
  ])('refuses %s', async (_, contents, message) => {
    await expect(read(contents)).rejects.toThrow(expect.objectContaining({ code: 'DATASET' }));
    await expect(read(contents)).rejects.toThrow(message);
  });

  it('refuses an order that it does not know', async () => {
    await expect(read({ inter }, { order: 'time' as 'column' })).rejects.toThrow('Expected order to be');
  });
});

describe('renderAtomic…', () => {
  const field = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 5 })
    .map((text) => text.replace(/\p{Cc}/gu, '').trim());
  const id = field.filter((text) => text !== '' && /^\P{Z}+$/u.test(text) && !text.includes('\ufeff'));
  const attributes = fc.record(
    { year: fc.stringMatching(/^\d{4}$/), genres: fc.array(id, { minLength: 1, maxLength: 3 }) },
    { requiredKeys: [] },
  );
  const items: fc.Arbitrary<Item[]> = fc.uniqueArray(
    fc
      .record({ id, title: id, attributes })
      .map((one) => (Object.keys(one.attributes).length === 0 ? { id: one.id, title: one.title } : one)),
    { selector: (one) => one.id, minLength: 1, maxLength: 6 },
  );
  const number = fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
    .map((value) => Math.fround(value) + 0);

  it('writes what reads back the same', async () => {
    const arbitrary = fc
      .record({ items, order: fc.constantFrom('timestamp', 'column', 'none'), valued: fc.boolean() })
      .chain(({ items: known, order, valued }) =>
        fc.record({
          known: fc.constant(known),
          order: fc.constant(order),
          rows: fc.array(
            fc.record({
              user: id,
              item: fc.constantFrom(...known.map((one) => one.id)),
              ...(order === 'timestamp' && { time: fc.double({ min: 631152000, max: 4102444799, noNaN: true }) }),
              ...(order === 'column' && { position: number }),
              ...(valued && { value: number }),
            }),
            { minLength: 1, maxLength: 8 },
          ),
        }),
      );
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ known, order, rows }) => {
        const log = createInteractionLog(rows, known);
        const userAttributes = new Map([[log.users[0]!, { age: '7', tags: ['a', 'b'] }]]);
        const dataset: Dataset = { name: 'toys', log, order: order as Dataset['order'], userAttributes };
        const join = (chunks: Iterable<string>): string => [...chunks].join('');
        const written = {
          inter: join(renderAtomicInteractions(dataset)),
          item: join(renderAtomicItems(dataset)),
          user: join(renderAtomicUsers(dataset)),
        };
        const plain = { moveArticles: false, decodeEntities: false };
        const back = await read(written, plain);
        expect(back.log).toEqual(log);
        expect(back.order).toBe(order);
        expect(back.userAttributes!.get(log.users[0]!)).toEqual({ age: '7', tags: ['a', 'b'] });
      }),
      { numRuns: 200 },
    );
  });

  it('writes large logs in chunks', () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => ({ user: `u${row % 50}`, item: `i${row}` }));
    const dataset: Dataset = { name: 'x', log: createInteractionLog(rows), order: 'none' };
    const chunks = [...renderAtomicInteractions(dataset)];
    expect(chunks.length).toBe(3);
    expect(chunks.join('').split('\n')).toHaveLength(10_002);
    expect([...renderAtomicItems(dataset)].length).toBe(3);
  });

  it('writes times beside positions, and blanks that are no spaces around ids', async () => {
    const rows = [{ user: '\u00a0u', item: 'a', time: 900000000, position: 2, value: 1 }];
    const dataset: Dataset = { name: 'toys', log: createInteractionLog(rows), order: 'column' };
    const written = { inter: [...renderAtomicInteractions(dataset)].join('') };
    expect((await read(written, { order: 'column' })).log).toEqual(dataset.log);
  });

  it('refuses what the format cannot hold', () => {
    const create = (known: Item): Dataset => ({
      name: 'x',
      log: createInteractionLog([{ user: 'u', item: known.id }], [known]),
      order: 'none',
    });
    const render = (known: Item, listBlanks?: 'underscore'): string =>
      [...renderAtomicItems(create(known), listBlanks === undefined ? {} : { listBlanks })].join('');
    expect(() => render({ id: 'a', title: 'two\tcells' })).toThrow('Expected title to be without tabs');
    expect(() => [...renderAtomicInteractions(create({ id: 'a\n', title: 'A' }))]).toThrow(
      'Expected item id to be without tabs',
    );
    const spaced = { id: 'a', title: 'A', attributes: { genres: ['Film Noir'] } };
    expect(() => render(spaced)).toThrow("Pass listBlanks: 'underscore'.");
    expect(render(spaced, 'underscore')).toBe('item_id:token\ttitle:token_seq\tgenres:token_seq\na\tA\tFilm_Noir\n');
    expect(() => render({ id: 'a', title: 'A', attributes: { title: 'B' } })).toThrow('other than item_id and title');
    expect(() => render({ id: 'a', title: 'A\ud800' })).toThrow('Expected title to be');
    expect(() => render({ id: 'a ', title: 'A' })).toThrow('Expected item_id to be');
    expect(() => render({ id: 'a', title: 'A', attributes: { 'first year': '1' } })).toThrow('Rename the attribute.');
  });
});
