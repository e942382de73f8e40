import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { createFactorModel, type Factors, loadFactors } from '../factors/factor-model.ts';
import { computeMeanUser } from '../factors/mean-user.ts';
import { fitEpochs } from '../fit-epochs.ts';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import type { LoadedState } from '../fitted/loaded-state.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';
import { assertNotNegative, assertPositive, assertPositiveIntegers } from '../options/number-checks.ts';
import type { Recommender } from '../recommender.ts';
import { sampleAbsentItem } from '../sampling/absent-item.ts';
import { createPairwiseSamples, type PairwiseSamples } from '../sampling/pairwise-samples.ts';
import { type FoldInSettings, foldInUser } from './fold-in-user.ts';
import { type BprParameters, type StepRates, stepPair } from './step-pair.ts';

/** Hyper-parameters of `createBpr`. */
export interface BprOptions {
  /** Length of the vectors, from 1; default 64. */
  readonly dimensions?: number;
  /** Step size of the first epoch, above 0; it falls evenly, to `1 / epochs` of this in the last. Default 0.05. */
  readonly learningRate?: number;
  /** Weight of half the squared parameters of each sample, at least 0; default 0.01. */
  readonly regularization?: number;
  /** Rounds of as many samples as there are interactions, from 1; default 100. */
  readonly epochs?: number;
  /** Whether items have a bias, which takes up how popular they are; default false. */
  readonly itemBias?: boolean;
}

/** Spread of the first vectors. */
const initialDeviation = 0.1;

/**
 * Matrix factorisation that ranks what a user has above what they do not have (`step-pair.ts` names the paper): stochastic
 * gradient ascent on an interaction and an item that its user does not have, both drawn evenly. The loss that `fit` reports
 * is the mean of -ln sigma(x_uij) of the epoch's samples, each before its step. Throws `InvalidArgumentError` for an option
 * out of its range.
 */
export function createBpr({
  dimensions = 64,
  learningRate = 0.05,
  regularization = 0.01,
  epochs = 100,
  itemBias = false,
}: BprOptions = {}): Recommender {
  assertPositiveIntegers({ dimensions, epochs });
  assertPositive({ learningRate });
  assertNotNegative({ regularization });
  const name = 'bpr';
  return {
    name,
    async fit(interactions, options) {
      const learned = createLearnedUsers(interactions);
      const random = createRandomStream(options.seed).split(name);
      const draws = random.split('samples');
      const key = random.bits();
      const samples = createPairwiseSamples(learned);
      const parameters: BprParameters = {
        dimensions,
        users: sampleVectors(random.split('users'), learned.users.length * dimensions),
        items: sampleVectors(random.split('items'), learned.items.length * dimensions),
        ...(itemBias && { itemBiases: new Float32Array(learned.items.length) }),
      };
      const rates = { learningRate, regularization };
      return fitEpochs(options, {
        name,
        learned,
        epochs,
        divergenceAdvice: 'Training diverged: lower the learning rate.',
        run(epoch) {
          const fallen = learningRate * (1 - epoch / epochs);
          return learnEpoch(parameters, samples, { learningRate: fallen, regularization }, draws);
        },
        createModel() {
          const averageUser = computeMeanUser(parameters, samples.starts);
          const factors = copyFactors(parameters);
          for (let user = 0; user < learned.users.length; user++) {
            if (samples.starts[user] === samples.starts[user + 1]) factors.users.set(averageUser, user * dimensions);
          }
          return createBprModel(factors, averageUser, { ...rates, key });
        },
      });
    },
  };
}

/** Restores what `createBpr` has learned. Throws `InvalidArgumentError`, which names the field, for a state that is not whole. */
export function loadBpr(state: LoadedState): RecommenderModel {
  const { number } = state;
  const factors = loadFactors(state);
  return createBprModel(factors, state.floats('averageUser', factors.dimensions), {
    learningRate: number('learningRate'),
    regularization: number('regularization'),
    key: number('key'),
  });
}

function createBprModel(factors: Factors, averageUser: Float32Array, settings: FoldInSettings): RecommenderModel {
  return createFactorModel({
    ...factors,
    settings: { ...settings },
    arrays: { averageUser },
    foldIn: (history) => foldInUser(factors, averageUser, history, settings),
  });
}

/** As many samples as there are interactions; returns their mean loss, if there are any. */
function learnEpoch(
  parameters: BprParameters,
  samples: PairwiseSamples,
  rates: StepRates,
  random: RandomStream,
): number | undefined {
  const { item, user } = samples;
  let loss = 0;
  for (let sample = 0; sample < item.length; sample++) {
    const entry = random.integer(item.length);
    const other = sampleAbsentItem(samples, user[entry]!, random);
    loss += stepPair(parameters, user[entry]!, item[entry]!, other, rates);
  }
  return item.length === 0 ? undefined : loss / item.length;
}

function sampleVectors(random: RandomStream, length: number): Float32Array {
  return Float32Array.from({ length }, () => initialDeviation * random.normal());
}

function copyFactors({ dimensions, users, items, itemBiases }: BprParameters): Factors {
  return {
    dimensions,
    users: users.slice(),
    items: items.slice(),
    ...(itemBiases !== undefined && { itemBiases: itemBiases.slice() }),
  };
}
