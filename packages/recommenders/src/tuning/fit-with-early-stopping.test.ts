import { describe, expect, it } from 'vitest';
import { createItemKnn } from '../item-knn/item-knn.ts';
import { createPopularity } from '../popularity/popularity.ts';
import type { FitOptions, FittedRecommender, Recommender } from '../recommender.ts';
import { createExampleInteractions } from '../testing/example-interactions.ts';
import { fitWithEarlyStopping } from './fit-with-early-stopping.ts';

const interactions = createExampleInteractions();

/** Its fitted recommenders are called by the number of epochs that they have had. */
const createCounting = (epochs: number): Recommender => ({
  name: 'counting',
  async fit(data, options: FitOptions) {
    const popularity = await createPopularity().fit(data, options);
    const after = (done: number): FittedRecommender => ({ ...popularity, name: String(done) });
    for (let done = 1; done <= epochs; done++) {
      const decision = await options.onProgress?.({ done, total: epochs, snapshot: () => after(done) });
      if (decision === 'stop') return after(done);
    }
    return after(epochs);
  },
});

const run = (values: readonly number[], options: { every?: number; patience?: number } = {}) => {
  const evaluated: string[] = [];
  const evaluate = ({ name }: FittedRecommender): number => {
    evaluated.push(name);
    return values[Number(name) - 1]!;
  };
  return fitWithEarlyStopping(createCounting(values.length), interactions, { seed: 1, evaluate, ...options }).then(
    ({ fitted, value, epochs }) => ({ name: fitted.name, value, epochs, evaluated }),
  );
};

describe('fitWithEarlyStopping', () => {
  it('ends after too many evaluations without a better value, and gives back the best', async () => {
    const found = await run([1, 3, 2, 3, 2, 9], { patience: 3 });
    expect(found).toEqual({ name: '2', value: 3, epochs: 2, evaluated: ['1', '2', '3', '4', '5'] });
  });

  it('starts to count again at each better value', async () => {
    expect((await run([1, 0, 2, 0, 3, 0], { patience: 2 })).epochs).toBe(5);
  });

  it('evaluates every few epochs and at the end', async () => {
    expect((await run([1, 2, 3, 4, 5], { every: 2 })).evaluated).toEqual(['2', '4', '5']);
  });

  it('evaluates an algorithm without epochs once', async () => {
    const found = await fitWithEarlyStopping(createPopularity(), interactions, { seed: 1, evaluate: () => 4 });
    expect([found.value, found.epochs, found.fitted.name]).toEqual([4, 0, 'popularity']);
  });

  it('evaluates a single pass when it is over', async () => {
    let evaluations = 0;
    const evaluate = (): number => -++evaluations;
    const found = await fitWithEarlyStopping(createItemKnn(), interactions, { seed: 1, evaluate, patience: 1 });
    expect([evaluations, found.epochs, found.value]).toEqual([1, 20, -1]);
    expect(found.fitted.save()).toEqual((await createItemKnn().fit(interactions, { seed: 1 })).save());
  });

  it('refuses values that are not numbers', async () => {
    await expect(run([1, Number.NaN])).rejects.toThrow('Expected what evaluate returns to be a number, received NaN.');
    const evaluate = (async () => 1) as unknown as () => number;
    await expect(fitWithEarlyStopping(createPopularity(), interactions, { seed: 1, evaluate })).rejects.toThrow(
      'object',
    );
  });

  it('stops when its caller says so, and passes errors on', async () => {
    let calls = 0;
    const onProgress = async (): Promise<unknown> => (++calls === 3 ? 'stop' : undefined);
    const found = await fitWithEarlyStopping(createCounting(9), interactions, {
      seed: 1,
      evaluate: ({ name }) => Number(name),
      onProgress,
    });
    expect([found.epochs, calls]).toEqual([2, 3]);
    await expect(run([1], { patience: 0 })).rejects.toThrow('Expected patience to be a positive integer, received 0.');
  });
});
