import { describe, expect, it } from 'vitest';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { readState } from '../fitted/loaded-state.ts';
import type { RecommenderState } from '../fitted/recommender-state.ts';
import type { FittedRecommender } from '../recommender.ts';
import { createExampleInteractions, describeRecommender } from '../testing/index.ts';
import { createSpectralEmbedding, loadSpectralEmbedding } from './spectral-embedding.ts';

const load = (state: RecommenderState): FittedRecommender => {
  const loaded = readState(state);
  return createFittedRecommender(state.kind, loaded.learned, loadSpectralEmbedding(loaded));
};

describeRecommender({
  name: 'spectral embedding',
  create: () => createSpectralEmbedding({ dimensions: 8 }),
  load,
  seeded: true,
});
describeRecommender({ name: 'spectral embedding, more dimensions than items', create: createSpectralEmbedding, load });

const interactions = createExampleInteractions();
const historyOf = (user: number) =>
  Array.from(interactions.item.subarray(interactions.starts[user], interactions.starts[user + 1]), (index) => ({
    item: interactions.items[index]!,
  }));
const close = (values: Iterable<number>, digits = 5): number[] =>
  Array.from(values, (value) => expect.closeTo(value, digits));

describe('createSpectralEmbedding', () => {
  it('puts items of the group first', async () => {
    const fitted = await createSpectralEmbedding({ dimensions: 3 }).fit(interactions, { seed: 1 });
    for (const user of [0, 25, 59]) {
      // Twelve items and twenty users a group, group after group; a user has at most 8 items of the group.
      const group = Math.floor(user / 20);
      const best = fitted.recommend({ user: interactions.users[user]!, history: historyOf(user), count: 4 });
      expect(best.map(({ id }) => Math.floor(Number(id.slice(1)) / 12))).toEqual([group, group, group, group]);
    }
  });

  it('folds a history in as it learned it', async () => {
    for (const degreePower of [0, 0.4, 1]) {
      const fitted = await createSpectralEmbedding({ dimensions: 6, degreePower }).fit(interactions, { seed: 1 });
      const history = historyOf(7);
      const learned = fitted.scoreItems({ user: 'u7', history });
      const foldedIn = fitted.scoreItems({ user: 'someone new', history });
      expect([...foldedIn]).toEqual(close(learned));
      expect([...load(fitted.save()).scoreItems({ user: 'someone new', history })]).toEqual([...foldedIn]);
      // From the vectors: user . item
      const [user, item] = [fitted.userEmbeddings!.get('u7')!, fitted.itemEmbeddings!.get('i3')!];
      expect(learned[3]).toBeCloseTo(
        user.reduce((sum, value, d) => sum + value * item[d]!, 0),
        5,
      );
    }
  });

  it('sharpens its vectors with each power iteration', async () => {
    const learn = async (powerIterations: number) => {
      const totals: number[] = [];
      const recommender = createSpectralEmbedding({ dimensions: 4, oversampling: 0, powerIterations });
      const fitted = await recommender.fit(interactions, { seed: 1, onProgress: ({ total }) => totals.push(total) });
      return { totals, scores: fitted.scoreItems({ user: 'u0', history: historyOf(0) }) };
    };
    const [first, few, many] = [await learn(0), await learn(2), await learn(60)];
    expect([first.totals, few.totals]).toEqual([[1], [3, 3, 3]]);
    const computeError = ({ scores }: { readonly scores: Float32Array }): number =>
      Math.hypot(...scores.map((score, item) => score - many.scores[item]!));
    expect(computeError(few)).toBeLessThan(0.8 * computeError(first));
  });

  it('scales item vectors by the power of their counts', async () => {
    const plain = await createSpectralEmbedding({ dimensions: 4, degreePower: 0 }).fit(interactions, { seed: 1 });
    const scaled = await createSpectralEmbedding({ dimensions: 4, degreePower: 0.5 }).fit(interactions, { seed: 1 });
    const count = interactions.item.filter((item) => item === 5).length;
    expect(count).toBeGreaterThan(1);
    const vector = plain.itemEmbeddings!.get('i5')!;
    expect([...scaled.itemEmbeddings!.get('i5')!]).toEqual(close(vector.map((value) => value * Math.sqrt(count))));
    expect(scaled.userEmbeddings!.get('u5')).toEqual(plain.userEmbeddings!.get('u5'));
  });

  it('restores who had what at full rank and degree power 1/2', async () => {
    const { users, items } = interactions;
    const fitted = await createSpectralEmbedding({ dimensions: 36, degreePower: 0.5 }).fit(interactions, { seed: 1 });
    for (const user of [3, 44]) {
      const own = new Set(historyOf(user).map(({ item }) => item.id));
      const scores = fitted.scoreItems({ user: users[user]!, history: historyOf(user) });
      // A V V^T D^1/2 = D_u^-1/2 R: 1 / sqrt(count of the user) where the user had the item.
      expect([...scores]).toEqual(close(items.map(({ id }) => (own.has(id) ? 1 / Math.sqrt(own.size) : 0))));
    }
  });

  it('pads with 0 where users or items are fewer than dimensions, and knows nothing of who had nothing', async () => {
    const few = {
      users: ['anna', 'ben', 'cleo'],
      items: ['a', 'b', 'c', 'd'].map((id) => ({ id, title: id })),
      starts: Int32Array.of(0, 2, 4, 4),
      item: Int32Array.of(0, 1, 1, 2),
      order: 'none',
    } as const;
    const fitted = await createSpectralEmbedding({ dimensions: 5 }).fit(few, { seed: 1 });
    // Two users with items: rank 2.
    for (const id of ['anna', 'ben']) {
      const vector = fitted.userEmbeddings!.get(id)!;
      expect([...vector.subarray(2)]).toEqual([0, 0, 0]);
      expect(Math.hypot(vector[0]!, vector[1]!)).toBeGreaterThan(0.1);
    }
    expect([...fitted.userEmbeddings!.get('cleo')!]).toEqual([0, 0, 0, 0, 0]);
    expect([...fitted.itemEmbeddings!.get('d')!]).toEqual([0, 0, 0, 0, 0]);
    // An item that nobody had adds nothing to a history but its length.
    const item = { id: 'd', title: 'd' };
    expect([...fitted.scoreItems({ history: [{ item }] })]).toEqual([0, 0, 0, 0]);
  });

  it('takes far more dimensions than users or items without solving for them', async () => {
    const fitted = await createSpectralEmbedding({ dimensions: 2000 }).fit(interactions, { seed: 1 });
    const vector = fitted.itemEmbeddings!.get('i3')!;
    expect(vector.length).toBe(2000);
    expect(Math.hypot(...vector.subarray(36))).toBe(0);
  });

  it.each([
    ['dimensions', 0],
    ['dimensions', 2.5],
    ['powerIterations', -1],
    ['powerIterations', 0.5],
    ['oversampling', -1],
    ['oversampling', 0.5],
    ['degreePower', -0.1],
    ['degreePower', 2.1],
    ['degreePower', Number.NaN],
  ])('refuses %s %d', (name, value) => {
    expect(() => createSpectralEmbedding({ [name]: value })).toThrow(`Expected ${name}`);
  });
});
