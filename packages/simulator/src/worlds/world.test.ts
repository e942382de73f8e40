import { createUserSequences } from '@rppkit/datasets';
import { createRandomStream, InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createWorld, type WorldPreset } from './world.ts';

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

  it('gives every user 16 to 60 distinct items in time order', () => {
    const { dataset } = create('diverse', 4);
    const sequences = createUserSequences(dataset);
    expect(sequences.repeated).toBe(0);
    const lengths = dataset.log.users.map((_, user) => sequences.rows(user).length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(16);
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
    [{ preset: 'null' as const, users: 5, items: 10 }, 'items'],
  ])('refuses %j', (options, argument) => {
    const attempt = (): unknown => createWorld({ ...options, random: createRandomStream(1) });
    expect(attempt).toThrow(InvalidArgumentError);
    expect(attempt).toThrow(argument);
  });
});
