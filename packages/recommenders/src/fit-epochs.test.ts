import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { fitEpochs } from './fit-epochs.ts';
import type { FittedRecommender } from './recommender.ts';

/** Learns a number an epoch and reports a loss of 1 less it. */
function fitNumbers(
  numbers: readonly number[],
  onProgress: (snapshot: () => FittedRecommender) => unknown = () => undefined,
): Promise<FittedRecommender> {
  const learned = { users: [], items: ['a', 'b'], starts: Int32Array.of(0), item: new Int32Array(0) };
  const values = new Float32Array(2);
  let loss = 0;
  return fitEpochs(
    { seed: 1, onProgress: ({ snapshot }) => onProgress(snapshot) },
    {
      name: 'numbers',
      learned,
      epochs: numbers.length,
      divergenceAdvice: 'Be gentler.',
      run(epoch) {
        loss = 1 - values[1]!;
        values[1] = numbers[epoch]!;
        return loss;
      },
      createModel: () => ({
        settings: {},
        arrays: { places: Int32Array.of(3), values: values.slice() },
        score: (_, items, output) => output.set(values.subarray(0, items.length)),
      }),
    },
  );
}

describe('fitEpochs', () => {
  it('hands out what was learned under the name of the algorithm', async () => {
    const fitted = await fitNumbers([1, 2, 3]);
    expect([fitted.name, fitted.items]).toEqual(['numbers', ['a', 'b']]);
  });

  it('rejects for a loss that is not finite', async () => {
    const run = fitNumbers([1, Number.POSITIVE_INFINITY, 2]);
    await expect(run).rejects.toThrow('Expected the loss of epoch 3 to be finite, received -Infinity. Be gentler.');
    await expect(run).rejects.toThrow(InvalidArgumentError);
  });

  it('rejects for numbers of the last epoch that are not finite, which no loss shows', async () => {
    const run = fitNumbers([1, Number.NaN]);
    await expect(run).rejects.toThrow('Expected values[1] of what was learned to be finite, received NaN. Be gentler.');
    await expect(run).rejects.toThrow(InvalidArgumentError);
  });

  it('gives no snapshot of such numbers', async () => {
    const snapshots: FittedRecommender[] = [];
    const run = fitNumbers([1, Number.NaN, 1], (snapshot) => snapshots.push(snapshot()));
    await expect(run).rejects.toThrow('values[1] of what was learned');
    expect(snapshots.length).toBe(1);
  });

  it('refuses no epochs', async () => {
    await expect(fitNumbers([])).rejects.toThrow('Expected epochs to be a positive integer, received 0.');
  });
});
