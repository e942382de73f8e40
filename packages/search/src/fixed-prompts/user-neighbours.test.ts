import { createRandomStream, type EmbeddingTable } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createUserNeighbours } from './user-neighbours.ts';

const createTable = (vectors: Readonly<Record<string, readonly number[]>>, dimensions = 2): EmbeddingTable => ({
  dimensions,
  get: (id) => (vectors[id] === undefined ? undefined : Float32Array.from(vectors[id])),
});
// Angles from the first axis: 0, 0 (twice as long), 45, 90 and 180 degrees.
const vectors = { a: [1, 0], b: [2, 0], c: [3, 3], d: [0, 4], e: [-1, 0], zero: [0, 0] };
const users = ['e', 'd', 'c', 'unknown', 'b', 'a', 'zero', 'c'];

describe('createUserNeighbours', () => {
  const neighbours = createUserNeighbours(createTable(vectors), users);
  const find = (vector: readonly number[], count: number, accepts?: (user: string) => boolean): string[] =>
    neighbours
      .find(Float32Array.from(vector), accepts === undefined ? { count } : { count, accepts })
      .map(({ user }) => user);

  it('knows each user with a direction once, in their order', () => {
    expect(neighbours.users).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('ranks by angle and not by length, ties in the order of users', () => {
    expect(find([5, 0], 5)).toEqual(['b', 'a', 'c', 'd', 'e']);
    expect(find([0, 0.1], 2)).toEqual(['d', 'c']);
    // The first axis has no part in it: e, b and a are equally far.
    expect(find([0, 1], 4)).toEqual(['d', 'c', 'e', 'b']);
  });

  it('gives the cosine', () => {
    const found = neighbours.find(Float32Array.of(7, 0), { count: 9 });
    expect(found).toHaveLength(5);
    [1, 1, Math.SQRT1_2, 0, -1].forEach((cosine, index) => {
      expect(found[index]!.similarity).toBeCloseTo(cosine, 12);
    });
    const close = createUserNeighbours(createTable({ a: [0.1, 0.3, 0.7] }, 3), ['a']);
    expect(close.find(Float32Array.of(0.1, 0.3, 0.7), { count: 1 })[0]!.similarity).toBeLessThanOrEqual(1);
  });

  it('leaves out whom it should', () => {
    expect(find([5, 0], 2, (user) => user !== 'b')).toEqual(['a', 'c']);
    expect(find([5, 0], 2, () => false)).toEqual([]);
  });

  it('finds what sorting all users finds', () => {
    const random = createRandomStream('neighbours');
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`u${index}`, [0, 1, 2].map(() => random.integer(5) - 2)]),
    );
    const ids = Object.keys(many).filter((id) => many[id]!.some((value) => value !== 0));
    const search = createUserNeighbours(createTable(many, 3), ids);
    for (let round = 0; round < 30; round++) {
      const query = [random.normal(), random.normal(), random.normal()];
      const product = (left: readonly number[], right: readonly number[]): number =>
        left.reduce((sum, value, place) => sum + value * right[place]!, 0);
      const cosine = (id: string): number =>
        Math.round(
          (1e6 * product(query, many[id]!)) / Math.sqrt(product(query, query) * product(many[id]!, many[id]!)),
        );
      const sorted = ids.toSorted((left, right) => cosine(right) - cosine(left)).map(cosine);
      const found = search.find(Float32Array.from(query), { count: 7 });
      found.forEach(({ user }, place) => {
        expect(Math.abs(cosine(user) - sorted[place]!)).toBeLessThanOrEqual(2);
      });
    }
  });

  it('names what it cannot use', () => {
    expect(() => createUserNeighbours(createTable(vectors), ['zero', 'unknown'])).toThrow('Expected users to be');
    expect(() => createUserNeighbours(createTable({ a: [1] }), ['a'])).toThrow('the vector of user a to be 2 finite');
    expect(() => createUserNeighbours(createTable({ a: [1, Number.NaN] }), ['a'])).toThrow('2 finite floats');
    expect(() => find([0, 0], 1)).toThrow('Expected vector to be a vector other than zero');
    expect(() => find([1], 1)).toThrow('Expected vector to be 2 finite floats');
    expect(() => find([1, 0], 0)).toThrow('Expected count to be a positive integer, received 0');
  });
});
