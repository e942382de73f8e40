import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { readState } from '../fitted/loaded-state.ts';
import type { FittedRecommender } from '../recommender.ts';
import { createExampleInteractions, describeRecommender } from '../testing/index.ts';
import { createAls, loadAls } from './als.ts';

describeRecommender({
  name: 'als',
  create: () => createAls({ dimensions: 8, regularization: 1, iterations: 3 }),
  load(state) {
    const loaded = readState(state);
    return createFittedRecommender(state.kind, loaded.learned, loadAls(loaded));
  },
  seeded: true,
});

const interactions = createExampleInteractions();
const { users, items, starts, item } = interactions;
const historyOf = (user: number): { item: { id: string; title: string } }[] =>
  Array.from(item.subarray(starts[user]!, starts[user + 1]!), (index) => ({ item: items[index]! }));

describe('createAls', () => {
  it('lowers its objective in every iteration, and reports it', async () => {
    const losses: number[] = [];
    let fitted: FittedRecommender | undefined;
    const create = createAls({ dimensions: 4, regularization: 0.5, confidence: 2, iterations: 12 });
    await create.fit(interactions, {
      seed: 3,
      onProgress({ loss, snapshot }) {
        losses.push(loss!);
        fitted = snapshot();
      },
    });
    for (let done = 1; done < losses.length; done++) expect(losses[done]!).toBeLessThan(losses[done - 1]!);
    // The definition: c = 1 + alpha = 3 for what happened, 1 for the rest.
    let objective = 0;
    const square = (vector: Float32Array): number => vector.reduce((sum, entry) => sum + entry ** 2, 0);
    for (const { id } of items) objective += 0.5 * square(fitted!.itemEmbeddings!.get(id)!);
    for (const [user, id] of users.entries()) {
      const own = item.subarray(starts[user]!, starts[user + 1]!);
      objective += 0.5 * square(fitted!.userEmbeddings!.get(id)!);
      for (const [index, score] of fitted!.scoreItems({ user: id, history: historyOf(user) }).entries()) {
        objective += own.includes(index) ? 3 * (1 - score) ** 2 : score ** 2;
      }
    }
    expect(losses.at(-1)).toBeCloseTo(objective / item.length, 5);
  });

  it('folds a user in where it learned them, once it has converged', async () => {
    const create = createAls({ dimensions: 4, regularization: 0.5, iterations: 30, conjugateGradientSteps: 6 });
    const fitted = await create.fit(interactions, { seed: 3 });
    for (const user of [0, 25, 59]) {
      const learned = fitted.scoreItems({ user: users[user]!, history: historyOf(user) });
      const folded = fitted.scoreItems({ history: historyOf(user) });
      for (let index = 0; index < items.length; index++) expect(folded[index]).toBeCloseTo(learned[index]!, 4);
    }
  });

  it('scores 0 for a history without known items', async () => {
    const fitted = await createAls({ dimensions: 4, iterations: 2 }).fit(interactions, { seed: 3 });
    expect(fitted.scoreItems({ history: [] })).toEqual(new Float32Array(items.length));
  });

  it('folds in finitely where the regularization is lost in rounding', async () => {
    // More dimensions than items: without regularization the equations are singular.
    const three = {
      users: ['a', 'b'],
      items: items.slice(0, 3),
      starts: Int32Array.of(0, 2, 3),
      item: Int32Array.of(0, 1, 2),
    };
    const recommender = createAls({ dimensions: 8, iterations: 3, regularization: 1e-300 });
    const fitted = await recommender.fit({ ...three, order: 'none' }, { seed: 3 });
    const [own, second, other] = fitted.scoreItems({ history: [{ item: items[0]! }] });
    expect(own).toSatisfy(Number.isFinite);
    expect(second).toSatisfy(Number.isFinite);
    expect(other).toBeLessThan(own!);
  });

  it('puts items of the own group first', async () => {
    const fitted = await createAls({ dimensions: 3, regularization: 1 }).fit(interactions, { seed: 3 });
    for (const [user, id] of users.entries()) {
      const best = fitted.recommend({ user: id, history: historyOf(user), count: 3 });
      const groups = best.map(({ id: bestId }) => Math.floor(fitted.items.indexOf(bestId) / 12));
      expect(groups, id).toEqual(groups.map(() => Math.floor(user / 20)));
    }
  });

  it('rejects where it diverges, and says what to do', async () => {
    const run = createAls({ dimensions: 4, confidence: 1e300 }).fit(interactions, { seed: 3 });
    await expect(run).rejects.toThrow(InvalidArgumentError);
    await expect(run).rejects.toThrow('Training diverged: raise the regularization or lower the confidence.');
  });

  it.each([
    [{ dimensions: 0 }, 'dimensions to be a positive integer, received 0'],
    [{ iterations: 1.5 }, 'iterations to be a positive integer, received 1.5'],
    [{ conjugateGradientSteps: 0 }, 'conjugateGradientSteps to be a positive integer, received 0'],
    [{ regularization: 0 }, 'regularization to be finite and above 0, received 0'],
    [{ regularization: Infinity }, 'regularization to be finite and above 0, received Infinity'],
    [{ confidence: -1 }, 'confidence to be finite and at least 0, received -1'],
    [{ confidence: Number.NaN }, 'confidence to be finite and at least 0, received NaN'],
  ])('refuses %o', (options, message) => {
    expect(() => createAls(options)).toThrow(message);
  });
});
