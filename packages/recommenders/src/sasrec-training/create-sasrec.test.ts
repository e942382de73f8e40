import { selectBackend } from '@rppkit/backend';
import { InvalidArgumentError } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { readState } from '../fitted/loaded-state.ts';
import type { RecommenderState } from '../fitted/recommender-state.ts';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import type { FittedRecommender } from '../recommender.ts';
import { loadSasrec } from '../sasrec/sasrec-model.ts';
import { createExampleInteractions, describeRecommender } from '../testing/index.ts';
import { createSasrec, type SasrecOptions } from './index.ts';

beforeAll(() => selectBackend(['wasm']));

const load = (state: RecommenderState): FittedRecommender => {
  const loaded = readState(state);
  return createFittedRecommender(state.kind, loaded.learned, loadSasrec(loaded));
};
const small = { maximumLength: 6, dimensions: 8, epochs: 2, batchSize: 16 } as const;
describeRecommender({ name: 'sasrec', create: () => createSasrec(small), load, seeded: true });
describeRecommender({
  name: 'sasrec with its binary loss',
  create: () => createSasrec({ ...small, heads: 2, loss: 'binary' }),
  load,
  seeded: true,
});

/** Twelve items in a circle: everyone goes six steps, each to the next item. */
function createCircle(): TrainingInteractions {
  const items = Array.from({ length: 12 }, (_, index) => ({ id: `i${index}`, title: `Item ${index}` }));
  const users = Array.from({ length: 36 }, (_, index) => `u${index}`);
  const starts = Int32Array.from({ length: 37 }, (_, user) => 6 * user);
  const item = Int32Array.from({ length: 216 }, (_, entry) => (Math.floor(entry / 6) + (entry % 6)) % 12);
  return { users, items, starts, item, order: 'timestamp' };
}

describe('createSasrec', () => {
  it.each(['softmax', 'binary'] as const)('learns what follows what with the %s loss', async (loss) => {
    const options = { maximumLength: 4, dimensions: 16, dropout: 0, learningRate: 0.01, batchSize: 12, loss } as const;
    const interactions = createCircle();
    const { items } = interactions;
    const losses: number[] = [];
    const fitted = await createSasrec({ ...options, epochs: loss === 'softmax' ? 15 : 40 }).fit(interactions, {
      seed: 1,
      onProgress: (progress) => void losses.push(progress.loss!),
    });
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 3);
    for (let start = 0; start < 12; start++) {
      const history = [0, 1, 2].map((step) => ({ item: items[(start + step) % 12]! }));
      expect(fitted.recommend({ history, count: 1 })[0]!.id, `after ${start} to ${start + 2}`).toBe(
        `i${(start + 3) % 12}`,
      );
    }
  });

  it('answers a user it learned from as it answers their history', async () => {
    const interactions = createExampleInteractions();
    const fitted = await createSasrec(small).fit(interactions, { seed: 1 });
    const { items, item, starts, users } = interactions;
    for (const user of [0, 30, 59]) {
      const history = Array.from(item.subarray(starts[user]!, starts[user + 1]!), (index) => ({ item: items[index]! }));
      const known = fitted.scoreItems({ user: users[user]!, history });
      const stranger = fitted.scoreItems({ history });
      for (const [index, score] of known.entries()) expect(score).toBeCloseTo(stranger[index]!, 4);
    }
  });

  it('leaves no tensors behind, also where it is stopped or aborted', async () => {
    const interactions = createExampleInteractions();
    const before = tf.memory().numTensors;
    await createSasrec(small).fit(interactions, { seed: 1, onProgress: (progress) => void progress.snapshot() });
    expect(tf.memory().numTensors, 'after a fit').toBe(before);
    await createSasrec({ ...small, loss: 'binary' }).fit(interactions, { seed: 1, onProgress: () => 'stop' });
    expect(tf.memory().numTensors, 'after a stopped fit').toBe(before);
    const controller = new AbortController();
    const onProgress = (): void => controller.abort(new Error('enough'));
    const aborted = createSasrec(small).fit(interactions, { seed: 1, signal: controller.signal, onProgress });
    await expect(aborted).rejects.toThrow('enough');
    expect(tf.memory().numTensors, 'after an aborted fit').toBe(before);
  });

  it('has nothing to recommend to users where there are no items', async () => {
    const nothing = {
      users: ['ann'],
      items: [],
      starts: Int32Array.of(0, 0),
      item: Int32Array.of(),
      order: 'column',
    } as const;
    const fitted = await createSasrec(small).fit(nothing, { seed: 1 });
    expect(fitted.recommend({ user: 'ann', history: [] })).toEqual([]);
    expect([...fitted.userEmbeddings!.get('ann')!]).toEqual(new Array(8).fill(0));
  });

  it.each([1, 2])('rejects where training diverges in epoch %d, and leaves no tensors behind', async (epochs) => {
    const before = tf.memory().numTensors;
    const run = createSasrec({ ...small, epochs, learningRate: 1e30 }).fit(createExampleInteractions(), { seed: 1 });
    await expect(run).rejects.toThrow(InvalidArgumentError);
    await expect(run).rejects.toThrow('Training diverged: lower the learning rate.');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses interactions without an order', async () => {
    const interactions = { ...createExampleInteractions(), order: 'none' } as const;
    await expect(createSasrec(small).fit(interactions, { seed: 1 })).rejects.toThrow(/interactions\.order/);
  });

  it('refuses hyper-parameters that make no sense, at once', () => {
    const wrong: readonly SasrecOptions[] = [
      { maximumLength: 0 },
      { dimensions: 2.5 },
      { blocks: 0 },
      { heads: 3 },
      { dropout: 1 },
      { dropout: -0.1 },
      { learningRate: 0 },
      { learningRate: Number.POSITIVE_INFINITY },
      { epochs: 0 },
      { batchSize: 0 },
      { loss: 'hinge' as 'binary' },
    ];
    for (const options of wrong) expect(() => createSasrec(options)).toThrow(InvalidArgumentError);
  });
});
