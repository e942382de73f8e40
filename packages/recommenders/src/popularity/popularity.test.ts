import { describe, expect, it } from 'vitest';
import { createPopularity } from './popularity.ts';

const day = 86_400;
const newest = 1_600_000_000;
const interactions = {
  users: ['u', 'v', 'w'],
  items: ['a', 'b', 'c'].map((id) => ({ id, title: id })),
  starts: Int32Array.of(0, 2, 3, 4),
  item: Int32Array.of(0, 1, 0, 1),
  time: Float64Array.of(newest - 20 * day, newest - 10 * day, newest - 20 * day, newest),
  order: 'timestamp' as const,
};

describe('createPopularity', () => {
  it('counts users', async () => {
    const fitted = await createPopularity().fit(interactions, { seed: 1 });
    expect([...fitted.scoreItems({ history: [] })]).toEqual([2, 2, 0]);
    expect(fitted.name).toBe('popularity');
  });

  it('halves what is one half-life old', async () => {
    const fitted = await createPopularity({ halfLifeDays: 10 }).fit(interactions, { seed: 1 });
    // a: two of 20 days, a quarter each. b: a half and one.
    expect([...fitted.scoreItems({ history: [] })]).toEqual([0.5, 1.5, 0]);
    expect(fitted.name).toBe('recent-popularity');
  });

  it('refuses half-lives and interactions that make no sense', async () => {
    expect(() => createPopularity({ halfLifeDays: 0 })).toThrow(
      'Expected halfLifeDays to be finite and above 0, received 0.',
    );
    expect(() => createPopularity({ halfLifeDays: Number.NaN })).toThrow('received NaN');
    expect(() => createPopularity({ halfLifeDays: Number.POSITIVE_INFINITY })).toThrow('received Infinity');
    const { time: _, ...timeless } = interactions;
    await expect(createPopularity({ halfLifeDays: 1 }).fit(timeless, { seed: 1 })).rejects.toThrow(
      'Expected interactions.time to be present where halfLifeDays is given',
    );
  });
});
