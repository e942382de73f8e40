import { createInteractionLog, type Dataset } from '@rppkit/datasets';
import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createKnowledge } from './knowledge.ts';

const items = [
  { id: 'a', title: 'The Bell (1990)', attributes: { genres: ['Drama', 'War'] } },
  { id: 'b', title: 'The Swan (1991)', attributes: { genres: ['Comedy'] } },
  { id: 'c', title: 'The Map (1992)', attributes: { genres: ['Drama'] } },
  { id: 'd', title: 'the  bell (1990)', attributes: { genres: ['Crime'] } },
];
const dataset: Dataset = {
  name: 'tiny',
  order: 'column',
  log: createInteractionLog(
    [
      { user: 'u', item: 'a' },
      { user: 'u', item: 'b' },
      { user: 'v', item: 'b' },
      { user: 'v', item: 'd' },
      { user: 'w', item: 'c' },
      { user: 'w', item: 'b' },
    ],
    items,
  ),
};

describe('createKnowledge', () => {
  it('knows genres and popularity quantiles by title: counts 2, 3 and 1 of three titles', () => {
    const knowledge = createKnowledge(dataset, { users: 'all' });
    expect(knowledge.find('The Swan (1991)')!.popularity).toBe(1);
    expect(knowledge.find('The Map (1992)')!.popularity).toBe(0);
    expect(knowledge.find('The Bell (1990)')!.popularity).toBe(0.5);
    const names = (title: string): string[] =>
      [...knowledge.find(title)!.genres].map((genre) => knowledge.genreNames[genre]!);
    expect(names('The Map (1992)')).toEqual(['Drama']);
    expect(names('The Bell (1990)')).toEqual(['Drama', 'War', 'Crime']);
  });

  it('cannot tell items of one title apart', () => {
    const knowledge = createKnowledge(dataset, { users: 'all' });
    expect(knowledge.find(' THE BELL (1990)')).toBe(knowledge.find('The Bell (1990)'));
    expect(knowledge.find('a')).toBeUndefined();
  });

  it('counts the given users alone: of u, a and b are tied above c', () => {
    const knowledge = createKnowledge(dataset, { users: Int32Array.of(0) });
    expect(knowledge.find('The Swan (1991)')!.popularity).toBe(0.75);
    expect(knowledge.find('The Bell (1990)')!.popularity).toBe(0.75);
    expect(knowledge.find('The Map (1992)')!.popularity).toBe(0);
  });

  it('reads another attribute as genres where asked to', () => {
    const knowledge = createKnowledge(dataset, { users: 'all', attribute: 'maker' });
    expect(knowledge.genreNames).toEqual([]);
    expect([...knowledge.find('The Swan (1991)')!.genres]).toEqual([]);
  });

  it('leaves nobody to chance: whose interactions count must be said', () => {
    // @ts-expect-error Without `users` evaluated users would be counted.
    expect(() => createKnowledge(dataset, {})).toThrow(InvalidArgumentError);
  });

  it.each([3, -1])('refuses user %d of three', (user) => {
    const attempt = (): unknown => createKnowledge(dataset, { users: Int32Array.of(0, user) });
    expect(attempt).toThrow(InvalidArgumentError);
    expect(attempt).toThrow(`Expected users to be indices into the 3 users of the log, received ${user}`);
  });

  it('knows all titles as equally popular, and without associations, where nobody is known', () => {
    const { find } = createKnowledge(dataset, { users: new Int32Array(0), associations: {} });
    for (const { title } of items) {
      expect(find(title)!.popularity).toBe(0.5);
      expect(find(title)!.vector).toBeUndefined();
    }
    const empty = createKnowledge({ ...dataset, log: createInteractionLog([]) }, { users: 'all', associations: {} });
    expect(empty.find('The Swan (1991)')).toBeUndefined();
  });

  const createOdd = (attributes: Record<string, unknown>): Dataset => {
    const odd = [{ id: 'a', title: 'constructor', attributes: attributes as Record<string, string> }];
    return { name: 'odd', order: 'column', log: createInteractionLog([{ user: '__proto__', item: 'a' }], odd) };
  };

  it('takes titles, attributes and genres that every object has as names for what they are', () => {
    const own = JSON.parse('{"genres": ["toString", "__proto__"]}') as Record<string, unknown>;
    const { find, genreNames } = createKnowledge(createOdd(own), { users: 'all' });
    expect(genreNames).toEqual(['toString', '__proto__']);
    expect([...find('constructor')!.genres]).toEqual([0, 1]);
    expect(find('toString')).toBeUndefined();
    for (const attribute of ['constructor', '__proto__', 'toString']) {
      expect(createKnowledge(createOdd(own), { users: 'all', attribute }).genreNames).toEqual([]);
    }
  });

  it('counts a single text as one genre and a blank one as none', () => {
    const list = (genres: unknown): readonly string[] =>
      createKnowledge(createOdd({ genres }), { users: 'all' }).genreNames;
    expect(list('Film noir')).toEqual(['Film noir']);
    expect(list(' ')).toEqual([]);
    expect(list(['', 'War'])).toEqual(['War']);
  });

  it.each([[7], [null], [['War', 7]]])('refuses the attribute %j', (genres) => {
    const attempt = (): unknown => createKnowledge(createOdd({ genres }), { users: 'all' });
    expect(attempt).toThrow(InvalidArgumentError);
    expect(attempt).toThrow('the attribute "genres" of item "a" to be a text or a list of texts');
  });

  it('knows no associations unless asked to', () => {
    expect(createKnowledge(dataset, { users: 'all' }).find('The Map (1992)')!.vector).toBeUndefined();
    expect(
      createKnowledge(dataset, { users: 'all', associations: false }).find('The Map (1992)')!.vector,
    ).toBeUndefined();
  });

  it('knows who goes with whom, items of one title as one: bell with swan twice, swan with map', () => {
    // Title counts 2, 3, 1 of 6 choices in rows of 2. Entries of S'S - v0 v0': bell 1/2 - 1/3 = 1/6, swan 1/2 - 1/2 = 0,
    // map 1/2 - 1/6 = 1/3, bell and map 0 - sqrt(2)/6, so that their cosine is -1.
    const knowledge = createKnowledge(dataset, { users: 'all', associations: { dimensions: 2 } });
    const [bell, map] = ['The Bell (1990)', 'The Map (1992)'].map((title) => knowledge.find(title)!.vector!);
    expect(bell).toHaveLength(2);
    // Squared lengths 2/12 and 1/11.
    expect(bell![0]! * map![0]! + bell![1]! * map![1]!).toBeCloseTo(-Math.sqrt(1 / 66), 6);
    expect([...knowledge.find('The Swan (1991)')!.vector!]).toEqual([0, 0]);
  });

  it('has vectors of 32 dimensions by default, none for what the given users never chose', () => {
    const knowledge = createKnowledge(dataset, { users: Int32Array.of(0), associations: {} });
    expect(knowledge.find('The Bell (1990)')!.vector).toHaveLength(32);
    expect(knowledge.find('The Map (1992)')!.vector).toBeUndefined();
  });

  it.each([0, 257, 1.5])('refuses %d dimensions', (dimensions) => {
    expect(() => createKnowledge(dataset, { users: 'all', associations: { dimensions } })).toThrow(
      'associations.dimensions',
    );
  });

  it('does not depend on the order of items, nor on the rows of users who are not given', () => {
    const others = [
      { user: 'x', item: 'c' },
      { user: 'x', item: 'd' },
    ];
    const rows = dataset.log.user.length;
    const own = Array.from({ length: rows }, (_, row) => ({
      user: dataset.log.users[dataset.log.user[row]!]!,
      item: dataset.log.items[dataset.log.item[row]!]!.id,
    }));
    const create = (log: Dataset['log']): unknown[] => {
      const known = Int32Array.from(log.users.keys()).filter((user) => log.users[user] !== 'x');
      const { find } = createKnowledge({ ...dataset, log }, { users: known, associations: { dimensions: 3 } });
      return items.map(({ title }) => ({ vector: find(title)!.vector, popularity: find(title)!.popularity }));
    };
    const expected = create(dataset.log);
    expect(create(createInteractionLog([...others, ...own], items))).toEqual(expected);
    expect(create(createInteractionLog([...own, ...others], items.toReversed()))).toEqual(expected);
  });
});
