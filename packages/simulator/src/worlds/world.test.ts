import { createUserSequences } from '@rppkit/datasets';
import { createRandomStream, InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createWorld, type WorldPreset, worldPresets } from './world.ts';

const create = (preset: WorldPreset, seed: number, users = 400): ReturnType<typeof createWorld> =>
  createWorld({ preset, users, random: createRandomStream(seed) });

describe('createWorld', () => {
  it('gives the same world for the same stream and another for another', () => {
    expect(create('diverse', 1).dataset).toEqual(create('diverse', 1).dataset);
    expect(create('diverse', 1).dataset.log.item).not.toEqual(create('diverse', 2).dataset.log.item);
  });

  it('does not change a user when more users follow', () => {
    const few = create('diverse', 1, 20);
    const many = create('diverse', 1, 40);
    expect(createUserSequences(many.dataset).items(19)).toEqual(createUserSequences(few.dataset).items(19));
    expect(many.typeOf(19)).toEqual(few.typeOf(19));
  });

  it('has distinct titles with genres and a year', () => {
    const { items } = createWorld({ preset: 'null', users: 1, items: 5000, random: createRandomStream(3) }).dataset.log;
    expect(new Set(items.map(({ title }) => title.replace(/ \(\d{4}\)$/, ''))).size).toBe(5000);
    for (const { title, attributes } of items) {
      expect(title).toMatch(/^[A-Z][A-Za-z' ]+ \((19[5-9]|20[01])\d\)$/);
      expect(attributes!.genres!.length).toBeGreaterThanOrEqual(1);
      expect(attributes!.genres!.length).toBeLessThanOrEqual(3);
    }
  });

  it('gives every user 24 to 60 distinct items in time order', () => {
    const { dataset } = create('diverse', 4);
    const sequences = createUserSequences(dataset);
    expect(sequences.repeated).toBe(0);
    const lengths = dataset.log.users.map((_, user) => sequences.rows(user).length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(24);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(60);
    for (let row = 1; row < dataset.log.user.length; row++) {
      if (dataset.log.user[row] === dataset.log.user[row - 1]) {
        expect(dataset.log.time![row]).toBeGreaterThan(dataset.log.time![row - 1]!);
      }
    }
  });

  it('keeps the type out of the data set', () => {
    const { dataset } = create('diverse', 5);
    expect(Object.keys(dataset).sort()).toEqual(['log', 'name', 'order']);
    expect(Object.keys(dataset.log).sort()).toEqual(['item', 'items', 'time', 'user', 'users']);
    expect(JSON.stringify(dataset.log.users)).not.toMatch(/session|niche|mainstream|narrow|broad|nois/i);
    expect(dataset.log.users.slice(0, 3)).toEqual(['u1', 'u2', 'u3']);
  });

  it('shows each trait in the histories of its users', () => {
    const world = create('diverse', 6, 3000);
    const { log } = world.dataset;
    const sequences = createUserSequences(world.dataset);
    const counts = new Float64Array(log.items.length);
    for (const item of log.item) counts[item]! += 1;
    const byTrait = { sessionDriven: [0, 0], mainstream: [0, 0], narrow: [0, 0], noisy: [0, 0] };
    const users = { sessionDriven: [0, 0], mainstream: [0, 0], narrow: [0, 0], noisy: [0, 0] };
    for (let user = 0; user < log.users.length; user++) {
      const items = [...sequences.items(user)];
      const genres = items.map((item) => log.items[item]!.attributes!.genres as readonly string[]);
      const logs = items.map((item) => Math.log(counts[item]!));
      const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
      const neighbours = genres.filter(
        (list, index) => index > 0 && list.some((genre) => genres[index - 1]!.includes(genre)),
      );
      const values = {
        sessionDriven: neighbours.length / genres.length,
        mainstream: mean,
        narrow: -new Set(genres.slice(0, 16).flat()).size,
        noisy: Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length),
      };
      const type = world.typeOf(user)!;
      for (const trait of ['sessionDriven', 'mainstream', 'narrow', 'noisy'] as const) {
        byTrait[trait][Number(type[trait])]! += values[trait];
        users[trait][Number(type[trait])]! += 1;
      }
    }
    for (const trait of ['sessionDriven', 'mainstream', 'narrow', 'noisy'] as const) {
      const [without, withTrait] = [0, 1].map((held) => byTrait[trait][held]! / users[trait][held]!);
      expect(withTrait, trait).toBeGreaterThan(without!);
      // Half of the users hold each trait.
      expect(users[trait][1]! / log.users.length, trait).toBeCloseTo(0.5, 1);
    }
    // Sessions share a genre with the item before; those who take turns mostly do not.
    expect(byTrait.sessionDriven[1]! / users.sessionDriven[1]!).toBeGreaterThan(0.5);
    expect(byTrait.sessionDriven[0]! / users.sessionDriven[0]!).toBeLessThan(0.35);
  });

  it('gives nobody a type in a null world', () => {
    const world = create('null', 7);
    expect(world.dataset.name).toBe('synthetic-null');
    expect(world.typeOf(0)).toBeUndefined();
  });

  it.each(worldPresets)('generates users of %s by range as it does all together', (preset) => {
    const world = create(preset, 11, 50);
    const part = world.createDataset({ from: 30, to: 45 });
    expect(part.name).toBe(world.name);
    expect(part.log.items).toBe(world.items);
    expect(part.log.users).toEqual(world.dataset.log.users.slice(30, 45));
    const [some, all] = [createUserSequences(part), createUserSequences(world.dataset)];
    for (let user = 0; user < 15; user++) {
      expect(some.items(user)).toEqual(all.items(30 + user));
      const times = (dataset: typeof part, rows: Int32Array): number[] =>
        [...rows].map((row) => dataset.log.time![row]!);
      expect(times(part, some.rows(user))).toEqual(times(world.dataset, all.rows(30 + user)));
    }
    expect(world.dataset).toBe(world.dataset);
  });

  it('makes a million users without generating them', () => {
    const opened: (string | number)[] = [];
    // Every user has a stream of their own.
    const watch = (stream: RandomStream): RandomStream => ({
      bits: () => stream.bits(),
      uniform: () => stream.uniform(),
      integer: (bound) => stream.integer(bound),
      normal: () => stream.normal(),
      state: () => stream.state(),
      split(name) {
        opened.push(name);
        return watch(stream.split(name));
      },
    });
    const world = createWorld({ preset: 'mild', users: 1_000_000, random: watch(createRandomStream(12)) });
    expect(opened.filter((name) => typeof name === 'number')).toEqual([]);
    expect(world.createDataset({ from: 999_999 }).log.users).toEqual(['u1000000']);
    expect(world.typeOf(999_998)).toBeDefined();
    expect(opened.filter((name) => typeof name === 'number')).toEqual([999_999, 999_998]);
  });

  it('takes the stream as it is named, whatever was drawn from it, and leaves it as it was', () => {
    const random = createRandomStream(1);
    random.uniform();
    const before = random.state();
    expect(createWorld({ preset: 'diverse', users: 20, random }).dataset).toEqual(create('diverse', 1, 20).dataset);
    expect(random.state()).toEqual(before);
  });

  it('has fewer items than a user may want of one kind, and gives every user distinct ones all the same', () => {
    const world = createWorld({ preset: 'diverse', users: 300, items: 200, random: createRandomStream(15) });
    expect(createUserSequences(world.dataset).repeated).toBe(0);
    expect(Math.min(...world.dataset.log.item)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...world.dataset.log.item)).toBeLessThan(200);
  });

  it('has the same marginals in all presets: lengths are equal, and items, genres and repeats of a genre about as frequent', () => {
    const summaries = (['diverse', 'mild', 'null'] as const).map((preset) => {
      const { log } = create(preset, 13, 4000).dataset;
      const counts = new Float64Array(log.items.length);
      for (const item of log.item) counts[item]! += 1;
      const order = Float64Array.from(counts).sort();
      const genres = new Map<string, number>();
      for (const item of log.item) {
        for (const genre of log.items[item]!.attributes!['genres']!) genres.set(genre, (genres.get(genre) ?? 0) + 1);
      }
      const shared = Array.from(log.item, (item, row) => {
        if (row === 0 || log.user[row] !== log.user[row - 1]) return 0;
        const before = log.items[log.item[row - 1]!]!.attributes!['genres']!;
        return (log.items[item]!.attributes!['genres'] as readonly string[]).some((genre) => before.includes(genre))
          ? 1
          : 0;
      }).reduce((sum: number, one) => sum + one, 0);
      const top = (share: number): number =>
        order.slice(-Math.floor(order.length * share)).reduce((sum, count) => sum + count, 0) / log.item.length;
      return { rows: log.item.length, top: [0.1, 0.3, 0.5].map(top), shared: shared / log.item.length, genres, counts };
    });
    const [diverse, mild, none] = summaries as [(typeof summaries)[0], (typeof summaries)[0], (typeof summaries)[0]];
    for (const other of [mild, none]) {
      expect(other.rows).toBe(diverse.rows);
      expect(Math.abs(other.shared - diverse.shared)).toBeLessThan(0.02);
      for (const [index, share] of diverse.top.entries())
        expect(Math.abs(other.top[index]! - share)).toBeLessThan(0.02);
      for (const [genre, count] of diverse.genres) {
        expect(Math.abs(other.genres.get(genre)! / count - 1), genre).toBeLessThan(0.1);
      }
      // The same items are popular.
      const products = [0, 0, 0];
      diverse.counts.forEach((count, item) => {
        products[0]! += count * other.counts[item]!;
        products[1]! += count ** 2;
        products[2]! += other.counts[item]! ** 2;
      });
      expect(products[0]! / Math.sqrt(products[1]! * products[2]!)).toBeGreaterThan(0.97);
    }
  });

  it('has skewed popularity: the top tenth of the items has over one and a half times its share', () => {
    const { log } = create('diverse', 8, 3000).dataset;
    const counts = new Float64Array(log.items.length);
    for (const item of log.item) counts[item]! += 1;
    const top = counts
      .toSorted()
      .slice(-200)
      .reduce((sum, count) => sum + count, 0);
    expect(top / log.item.length).toBeGreaterThan(0.15);
  });

  it.each([
    [{ preset: 'wild' as WorldPreset, users: 5 }, 'preset'],
    [{ preset: 'null' as const, users: 0 }, 'users'],
    [{ preset: 'null' as const, users: 1_000_001 }, 'users'],
    [{ preset: 'null' as const, users: 5, items: 10 }, 'items'],
  ])('refuses %j', (options, argument) => {
    const attempt = (): unknown => createWorld({ ...options, random: createRandomStream(1) });
    expect(attempt).toThrow(InvalidArgumentError);
    expect(attempt).toThrow(argument);
  });

  it.each([
    [{ from: 4, to: 4 }, 'to'],
    [{ from: -1 }, 'from'],
    [{ from: 20 }, 'from'],
    [{ to: 21 }, 'to'],
  ])('refuses the range %j of 20 users', (range, argument) => {
    const world = create('mild', 1, 20);
    expect(() => world.createDataset(range)).toThrow(InvalidArgumentError);
    expect(() => world.createDataset(range)).toThrow(argument);
    expect(() => world.typeOf(20)).toThrow('user');
  });
});
