import { describe, expect, it } from 'vitest';
import { fitEpochs } from '../fit-epochs.ts';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import { readState } from '../fitted/loaded-state.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';
import { loadRecommender } from '../load-recommender.ts';
import { createRandomRecommender } from '../random-recommender.ts';
import type { FitOptions, FittedRecommender, Recommender } from '../recommender.ts';
import { createExampleInteractions } from './example-interactions.ts';
import { recommenderChecks } from './recommender-checks.ts';
import type { RecommenderCheck, RecommenderSubject } from './recommender-subject.ts';

/** A subject that breaks the contract, by what replaces parts of a sound one. */
export interface BrokenRecommender {
  /** Says what is wrong with it. */
  readonly what: string;
  readonly subject: Partial<RecommenderSubject>;
  /** Name of the check that finds it. */
  readonly fails: string;
  /** Whether other checks may find it too; default false. */
  readonly othersToo?: boolean;
}

/** Tests that every broken recommender is found, and that every one of the checks finds one. */
export function describeBrokenRecommenders(
  theme: string,
  checks: readonly RecommenderCheck[],
  broken: readonly BrokenRecommender[],
): void {
  describe(`the conformance suite of recommenders, on ${theme}`, () => {
    it.each(broken.map((entry) => [entry.what, entry] as const))('finds %s', async (_, entry) => {
      const failed = await listFailedChecks(entry.subject);
      if (entry.othersToo) expect(failed).toContain(entry.fails);
      else expect(failed).toEqual([entry.fails]);
    });

    it('has each of its checks find something', () => {
      expect(new Set(broken.map(({ fails }) => fails))).toEqual(new Set(checks.map(({ name }) => name)));
    });
  });
}

/** Names of the checks that the random recommender fails with some of its subject replaced. */
export async function listFailedChecks(subject: Partial<RecommenderSubject>): Promise<string[]> {
  const sound: RecommenderSubject = {
    create: createRandomRecommender,
    load: loadRecommender,
    seeded: true,
    personal: true,
    interactions: createExampleInteractions(),
  };
  const failed: string[] = [];
  for (const check of recommenderChecks) {
    await check.run({ ...sound, ...subject }).catch(() => failed.push(check.name));
  }
  return failed;
}

/** The random recommender with another way to fit. */
export function replaceFit(createFit: (random: Recommender) => Recommender['fit']): Partial<RecommenderSubject> {
  return {
    create: () => {
      const random = createRandomRecommender();
      const fit = createFit(random);
      return { ...random, fit };
    },
  };
}

/** The random recommender with some of what it has fitted replaced. */
export function alterFitted(
  change: (fitted: FittedRecommender) => Partial<FittedRecommender>,
): Partial<RecommenderSubject> {
  return replaceFit((random) => async (data, options) => {
    const fitted = await random.fit(data, options);
    return { ...fitted, ...change(fitted) };
  });
}

/** Counts three epochs and learns no more; sound unless something is replaced. */
export function createCounting({
  alterOptions = (options) => options,
  learn = createLearnedUsers,
  share = (counts) => counts.slice(),
}: {
  readonly alterOptions?: (options: FitOptions) => FitOptions;
  readonly learn?: typeof createLearnedUsers;
  /** What a snapshot holds of the counts of each item. */
  readonly share?: (counts: Float32Array) => Float32Array;
} = {}): Partial<RecommenderSubject> {
  const createModel = (counts: Float32Array): RecommenderModel => ({
    settings: {},
    arrays: { counts },
    score: (_, items, output) => output.set(Float32Array.from(items, (item) => counts[item]!)),
  });
  return {
    create: () => ({
      name: 'counting',
      async fit(data, options) {
        const learned = learn(data);
        const counts = new Float32Array(learned.items.length);
        return fitEpochs(alterOptions(options), {
          name: 'counting',
          learned,
          epochs: 3,
          run: () => counts.fill(counts[0]! + 1).length,
          createModel: () => createModel(share(counts)),
        });
      },
    }),
    load(state) {
      const { learned, floats } = readState(state);
      return createFittedRecommender('counting', learned, createModel(floats('counts', learned.items.length)));
    },
    seeded: false,
    personal: false,
  };
}
