import { createRandomStream } from '@rppkit/spec';
import { createFactorModel, type Factors, loadFactors } from '../factors/factor-model.ts';
import { fitEpochs } from '../fit-epochs.ts';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import type { LoadedState } from '../fitted/loaded-state.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';
import { assertNotNegative, assertPositive, assertPositiveIntegers } from '../options/number-checks.ts';
import type { Recommender } from '../recommender.ts';
import { improveRows } from './improve-rows.ts';
import { computeCommonMatrix, solveRow } from './normal-equations.ts';
import { transposeRows } from './transpose-rows.ts';

/** Hyper-parameters of `createAls`. */
export interface AlsOptions {
  /** Length of the vectors, from 1; default 64. */
  readonly dimensions?: number;
  /** Weight of the squared lengths of all vectors, lambda in the paper, above 0; default 15. */
  readonly regularization?: number;
  /** By how much an interaction counts more than its absence, alpha in the paper, at least 0; default 0.5. */
  readonly confidence?: number;
  /** Times that all items and then all users are solved for, from 1; default 15. */
  readonly iterations?: number;
  /** Steps of conjugate gradient in each solution, from 1; default 3. */
  readonly conjugateGradientSteps?: number;
}

/** Spread of the first user vectors. */
const initialDeviation = 0.1;

/**
 * Matrix factorisation by alternating least squares on every user-item pair, with more weight on those that happened
 * (`normal-equations.ts` names the paper). New users are solved for exactly; without a history every score is 0. The loss that `fit` reports is the weighted
 * objective after the iteration, regularization included, divided by the number of interactions. Throws
 * `InvalidArgumentError` for an option out of its range.
 */
export function createAls({
  dimensions = 64,
  regularization = 15,
  confidence = 0.5,
  iterations = 15,
  conjugateGradientSteps = 3,
}: AlsOptions = {}): Recommender {
  assertPositiveIntegers({ dimensions, iterations, conjugateGradientSteps });
  assertPositive({ regularization });
  assertNotNegative({ confidence });
  const name = 'als';
  return {
    name,
    async fit(interactions, options) {
      const learned = createLearnedUsers(interactions);
      const userRows = { starts: learned.starts, index: learned.item };
      const itemRows = transposeRows(userRows, learned.items.length);
      const random = createRandomStream(options.seed).split(name);
      const userVectors = Float32Array.from(
        { length: learned.users.length * dimensions },
        () => initialDeviation * random.normal(),
      );
      const itemVectors = new Float32Array(learned.items.length * dimensions);
      const shared = { dimensions, regularization, confidence, steps: conjugateGradientSteps };
      return fitEpochs(options, {
        name,
        learned,
        epochs: iterations,
        divergenceAdvice: 'Training diverged: raise the regularization or lower the confidence.',
        run() {
          improveRows(itemVectors, { ...shared, rows: itemRows, fixed: userVectors });
          const value = improveRows(userVectors, { ...shared, rows: userRows, fixed: itemVectors });
          if (learned.item.length === 0) return undefined;
          const square = itemVectors.reduce((sum, entry) => sum + entry * entry, 0);
          return (value + regularization * square) / learned.item.length;
        },
        createModel() {
          const factors = { dimensions, users: userVectors.slice(), items: itemVectors.slice() };
          return createAlsModel(factors, { regularization, confidence });
        },
      });
    },
  };
}

/** Restores what `createAls` has learned. Throws `InvalidArgumentError`, which names the field, for a state that is not whole. */
export function loadAls(state: LoadedState): RecommenderModel {
  const { number } = state;
  const settings = { regularization: number('regularization'), confidence: number('confidence') };
  return createAlsModel(loadFactors(state), settings);
}

function createAlsModel(
  factors: Factors,
  settings: { readonly regularization: number; readonly confidence: number },
): RecommenderModel {
  const equations = { ...settings, dimensions: factors.dimensions, fixed: factors.items };
  let common: Float64Array | undefined;
  return createFactorModel({
    ...factors,
    settings,
    foldIn(history) {
      common ??= computeCommonMatrix(equations);
      return solveRow(common, history, equations);
    },
  });
}
