import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { readState } from '../fitted/loaded-state.ts';
import type { RecommenderState } from '../fitted/recommender-state.ts';
import type { FittedRecommender } from '../recommender.ts';
import { createExampleInteractions, describeRecommender } from '../testing/index.ts';
import { createBpr, loadBpr } from './bpr.ts';
import { stepPair } from './step-pair.ts';

const load = (state: RecommenderState): FittedRecommender => {
  const loaded = readState(state);
  return createFittedRecommender(state.kind, loaded.learned, loadBpr(loaded));
};

describeRecommender({ name: 'bpr', create: () => createBpr({ dimensions: 8, epochs: 3 }), load, seeded: true });
describeRecommender({
  name: 'bpr with item biases',
  create: () => createBpr({ dimensions: 8, epochs: 3, itemBias: true }),
  load,
  seeded: true,
});

const interactions = createExampleInteractions();
const { users, items, starts, item } = interactions;
const historyOf = (user: number): { item: { id: string; title: string } }[] =>
  Array.from(item.subarray(starts[user]!, starts[user + 1]!), (index) => ({ item: items[index]! }));

/** Share of the three best items that are of the user's group. */
function computeGroupShare(recommend: (user: number) => readonly { readonly id: string }[]): number {
  let hits = 0;
  for (let user = 0; user < users.length; user++) {
    for (const { id } of recommend(user))
      hits += Number(Math.floor(Number(id.slice(1)) / 12) === Math.floor(user / 20));
  }
  return hits / (3 * users.length);
}

describe('createBpr', () => {
  it('lowers its loss, which begins near ln 2', async () => {
    const losses: number[] = [];
    await createBpr({ dimensions: 8, epochs: 40 }).fit(interactions, {
      seed: 3,
      onProgress: ({ loss }) => losses.push(loss!),
    });
    expect(Math.abs(losses[0]! - Math.LN2)).toBeLessThan(0.02);
    expect(losses.at(-1)).toBeLessThan(0.5);
  });

  it('takes smaller steps from epoch to epoch', async () => {
    // One user, two items, one of them had: each epoch is one step on the same triple.
    const one = {
      users: ['u'],
      items: ['0', '1'].map((id) => ({ id, title: id })),
      starts: Int32Array.of(0, 1),
      item: Int32Array.of(0),
      order: 'none' as const,
    };
    const seen: { users: Float32Array; items: Float32Array }[] = [];
    const losses: number[] = [];
    await createBpr({ dimensions: 3, learningRate: 0.5, regularization: 0.2, epochs: 4 }).fit(one, {
      seed: 3,
      onProgress({ loss, snapshot }) {
        const state = readState(snapshot().save());
        seen.push({ users: state.floats('users', 3), items: state.floats('items', 6) });
        losses.push(loss!);
      },
    });
    for (const [epoch, learningRate] of [0.375, 0.25, 0.125].entries()) {
      const expected = { dimensions: 3, users: seen[epoch]!.users.slice(), items: seen[epoch]!.items.slice() };
      const loss = stepPair(expected, 0, 0, 1, { learningRate, regularization: 0.2 });
      expect(seen[epoch + 1]).toEqual({ users: expected.users, items: expected.items });
      expect(losses[epoch + 1]).toBe(loss);
    }
  });

  it('puts items of the own group first, for users learned from and folded in', async () => {
    const fitted = await createBpr({ dimensions: 8, epochs: 150 }).fit(interactions, { seed: 3 });
    const known = (user: number): readonly { readonly id: string }[] =>
      fitted.recommend({ user: users[user]!, history: historyOf(user), count: 3 });
    const folded = (user: number): readonly { readonly id: string }[] =>
      fitted.recommend({ history: historyOf(user), count: 3 });
    // Chance is a third.
    expect(computeGroupShare(known)).toBeGreaterThan(0.75);
    expect(computeGroupShare(folded)).toBeGreaterThan(0.75);
  });

  it('learns with biases which items many have', async () => {
    // Item 0 is had by all, item 1 by half, item 2 by one.
    const ten = Array.from({ length: 10 }, (_, user) => (user === 0 ? [0, 2] : user % 2 === 0 ? [0] : [0, 1]));
    const popular = {
      users: ten.map((_, user) => `u${user}`),
      items: ['0', '1', '2', '3'].map((id) => ({ id, title: id })),
      starts: Int32Array.from({ length: 11 }, (_, user) => ten.slice(0, user).flat().length),
      item: Int32Array.from(ten.flat()),
      order: 'none' as const,
    };
    const fitted = await createBpr({ dimensions: 2, epochs: 100, itemBias: true }).fit(popular, { seed: 3 });
    const { itemBiases } = fitted.save().arrays;
    const loaded = readState(fitted.save()).floats('itemBiases', 4);
    expect(itemBiases).toBeDefined();
    expect(loaded[0]).toBeGreaterThan(loaded[1]!);
    expect(loaded[1]).toBeGreaterThan(loaded[2]!);
    expect(loaded[2]).toBeGreaterThan(loaded[3]!);
  });

  it('serves an empty history, of a user learned from or not, by the average user', async () => {
    const withNobody = { ...interactions, users: [...users, 'nobody'], starts: Int32Array.of(...starts, item.length) };
    const fitted = await createBpr({ dimensions: 4, epochs: 5 }).fit(withNobody, { seed: 3 });
    const mean = new Float64Array(4);
    for (const id of users) {
      fitted.userEmbeddings!.get(id)!.forEach((entry, d) => {
        mean[d]! += entry / users.length;
      });
    }
    const expected = items.map(({ id }) =>
      fitted.itemEmbeddings!.get(id)!.reduce((sum, entry, d) => sum + entry * mean[d]!, 0),
    );
    const scores = fitted.scoreItems({ history: [] });
    for (const [index, score] of expected.entries()) expect(scores[index]).toBeCloseTo(score, 5);
    expect(fitted.scoreItems({ user: 'nobody', history: [] })).toEqual(scores);
  });

  it.each([1, 100])(
    'rejects where training diverges, in the last of %d epochs or before, and says what to do',
    async (epochs) => {
      const run = createBpr({ dimensions: 4, learningRate: 1e6, epochs }).fit(interactions, { seed: 1 });
      await expect(run).rejects.toThrow(InvalidArgumentError);
      await expect(run).rejects.toThrow('Training diverged: lower the learning rate.');
    },
  );

  it.each([
    [{ dimensions: 0 }, 'dimensions to be a positive integer, received 0'],
    [{ epochs: 0.5 }, 'epochs to be a positive integer, received 0.5'],
    [{ learningRate: 0 }, 'learningRate to be finite and above 0, received 0'],
    [{ learningRate: Infinity }, 'learningRate to be finite and above 0, received Infinity'],
    [{ regularization: -0.1 }, 'regularization to be finite and at least 0, received -0.1'],
    [{ regularization: Number.NaN }, 'regularization to be finite and at least 0, received NaN'],
  ])('refuses %o', (options, message) => {
    expect(() => createBpr(options)).toThrow(message);
  });
});
