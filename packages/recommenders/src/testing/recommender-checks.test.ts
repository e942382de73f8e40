import { describe, expect, it } from 'vitest';
import { fitEpochs } from '../fit-epochs.ts';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';
import { loadRecommender } from '../load-recommender.ts';
import { createPopularity } from '../popularity/popularity.ts';
import { createRandomRecommender } from '../random-recommender.ts';
import type { FitOptions, FittedRecommender, Recommender } from '../recommender.ts';
import { createExampleInteractions } from './example-interactions.ts';
import { type RecommenderSubject, recommenderChecks } from './recommender-checks.ts';

const sound: RecommenderSubject = {
  create: createRandomRecommender,
  load: loadRecommender,
  seeded: true,
  personal: true,
  interactions: createExampleInteractions(),
};

/** Names of the checks that a subject fails. */
async function listFailed(subject: Partial<RecommenderSubject>): Promise<string[]> {
  const failed: string[] = [];
  for (const check of recommenderChecks) {
    await check.run({ ...sound, ...subject }).catch(() => failed.push(check.name));
  }
  return failed;
}

/** `random` with some of its behaviour replaced. */
const alter = (
  change: (fitted: FittedRecommender, options: FitOptions) => Partial<FittedRecommender>,
): Partial<RecommenderSubject> => ({
  create: () => {
    const random = createRandomRecommender();
    return {
      ...random,
      async fit(data, options) {
        const fitted = await random.fit(data, options);
        return { ...fitted, ...change(fitted, options) };
      },
    };
  },
});

/** Learns nothing in three epochs. */
const createEpochs = (alterOptions: (options: FitOptions) => FitOptions): Partial<RecommenderSubject> => {
  const model: RecommenderModel = {
    settings: {},
    arrays: {},
    score: (_, items, output) => output.fill(0, items.length),
  };
  const create = (): Recommender => ({
    name: 'epochs',
    fit(data, options) {
      const snapshot = () =>
        createFittedRecommender('epochs', { ...data, items: data.items.map(({ id }) => id) }, model);
      return fitEpochs(alterOptions(options), { epochs: 3, run: () => 0.5, snapshot });
    },
  });
  return { create, seeded: false, personal: false };
};

describe('the conformance suite of recommenders', () => {
  it('passes sound ones', async () => {
    expect(await listFailed({})).toEqual([]);
    expect(await listFailed({ create: createPopularity, seeded: false, personal: false })).toEqual([]);
    // Nothing loads this kind.
    expect(await listFailed(createEpochs((options) => options))).toEqual([
      'survives save, JSON and load with the same scores',
    ]);
  });

  it('finds seeds that change nothing, and people who are all served alike', async () => {
    expect(await listFailed({ create: createPopularity, seeded: true, personal: false })).toEqual([
      'gives the same bytes for the same seed, and writes nothing into what it learns from',
    ]);
    expect(await listFailed({ create: createPopularity, seeded: false, personal: true })).toEqual([
      'serves people and items that it never saw',
    ]);
  });

  it('finds fits that differ from run to run', async () => {
    let runs = 0;
    const create = (): Recommender => ({
      name: 'random',
      fit: (data, options) => createRandomRecommender().fit(data, { ...options, seed: runs++ }),
    });
    expect(await listFailed({ create })).toContain(
      'gives the same bytes for the same seed, and writes nothing into what it learns from',
    );
  });

  it('finds loaded recommenders that score otherwise', async () => {
    const load = (state: Parameters<typeof loadRecommender>[0]): FittedRecommender => ({
      ...loadRecommender(state),
      score: ({ candidates }) => new Float32Array(candidates.length),
    });
    expect(await listFailed({ load })).toEqual(['survives save, JSON and load with the same scores']);
  });

  it('finds deaf ears: for an aborted signal, and for "stop"', async () => {
    const withoutSignal = createEpochs(({ signal: _, ...options }) => options);
    expect(await listFailed(withoutSignal)).toContain('rejects with the reason of its signal, before and during a fit');
    const chatty = createEpochs(({ onProgress, ...options }) => ({
      ...options,
      onProgress(progress) {
        onProgress?.(progress);
      },
    }));
    expect(await listFailed(chatty)).toContain('counts its progress from 1 to the total, and stops when told to');
  });

  it('finds scores that are not numbers, too few, or depend on the order of the candidates', async () => {
    const finite = 'scores every candidate with a finite number, whatever their order';
    const fill = (value: number) =>
      alter(() => ({ score: ({ candidates }) => new Float32Array(candidates.length).fill(value) }));
    expect(await listFailed(fill(Number.NaN))).toContain(finite);
    expect(await listFailed(fill(Number.NEGATIVE_INFINITY))).toContain(finite);
    expect(await listFailed(alter(() => ({ score: () => new Float32Array(1) })))).toContain(finite);
    const byPlace = alter(() => ({ score: ({ candidates }) => Float32Array.from(candidates, (_, place) => place) }));
    expect(await listFailed(byPlace)).toContain(finite);
  });

  it('finds scores of a task that are not those of all items', async () => {
    const negative = alter((fitted) => ({ score: (task) => fitted.score(task).map((score) => -score) }));
    expect(await listFailed(negative)).toContain('scores a task as it scores all items');
  });

  it('finds recommendations of the history, too few, and badly sorted ones', async () => {
    const recommends = 'recommends the best items that are not in the history';
    const repeating = alter((fitted) => ({ recommend: (request) => fitted.recommend({ ...request, repeats: true }) }));
    expect(await listFailed(repeating)).toEqual([recommends]);
    const reversed = alter((fitted) => ({ recommend: (request) => fitted.recommend(request).toReversed() }));
    expect(await listFailed(reversed)).toEqual([recommends]);
    const deaf = alter((fitted) => ({ recommend: ({ exclude: _, ...request }) => fitted.recommend(request) }));
    expect(await listFailed(deaf)).toEqual([recommends]);
  });

  it('finds tasks that are scored although they may have been learned from', async () => {
    const lenient = alter((fitted) => ({ score: (task) => fitted.score({ ...task, user: 'someone else' }) }));
    expect(await listFailed(lenient)).toEqual(['refuses a task whose target it may have learned from']);
  });

  it('finds vectors of another length, and vectors of the unknown', async () => {
    const vectors = 'has finite vectors for what it knows, where it has any';
    const short = alter(() => ({ itemEmbeddings: { dimensions: 3, get: () => new Float32Array(2) } }));
    expect(await listFailed(short)).toContain(vectors);
    const open = alter(() => ({ userEmbeddings: { dimensions: 2, get: () => new Float32Array(2) } }));
    expect(await listFailed(open)).toContain(vectors);
  });

  it('finds what breaks where there is next to nothing to learn from', async () => {
    const create = (): Recommender => ({
      name: 'random',
      async fit(data, options) {
        if (data.item.length === 0) throw new Error('division by zero');
        return createRandomRecommender().fit(data, options);
      },
    });
    expect(await listFailed({ create })).toEqual(['learns from next to nothing']);
  });
});
