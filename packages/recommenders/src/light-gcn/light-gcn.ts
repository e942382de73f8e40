/**
 * He, Deng, Wang, Li, Zhang, Wang: "LightGCN: Simplifying and Powering Graph Convolution Network for Recommendation",
 * SIGIR 2020.
 *
 * Symbols: x (the paper's e^(0)) layer-0 embeddings of users and items, the only parameters; M the adjacency matrix of the
 * graph of users and items, D its degrees, A = D^-1/2 M D^-1/2; K `layers`; alpha the weight of a layer, 1 / (K + 1);
 * E = alpha (x + A x + ... + A^K x) the final embeddings, whose dot products are the scores.
 *
 * Differences from the paper: an epoch goes once through all interactions in random order, with one negative each, where the
 * authors' code draws users evenly; the L2 penalty counts the rows of x that a batch uses, divided by the size of the batch,
 * as in the authors' code; users without interactions get the mean vector of the others, since nothing was learned of them.
 *
 * A new person is folded in as a node whose neighbours are the items of the history and whose own x is zero, while everyone
 * else stays as learned: the sum over those items i of alpha / sqrt(degree of i x length of the history) times row i of
 * x + A x + ... + A^(K-1) x. For a user who was learned from that is their final vector but for alpha times their own row of
 * x. A history without items that anybody had gets the mean user's vector.
 */

import { createRandomStream } from '@rppkit/spec';
import { loadFactors } from '../factors/factor-model.ts';
import { fitEpochs } from '../fit-epochs.ts';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import type { LoadedState } from '../fitted/loaded-state.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';
import { assertNotNegative, assertPositive, assertPositiveIntegers } from '../options/number-checks.ts';
import type { Recommender } from '../recommender.ts';
import { createLightGcnModel } from './light-gcn-model.ts';
import { createLightGcnTraining } from './light-gcn-training.ts';

/** Hyper-parameters of `createLightGcn`. */
export interface LightGcnOptions {
  /** How many steps along the graph a vector reaches (K), an integer of at least 1; default 2. */
  readonly layers?: number;
  /** Length of a vector, a positive integer; multiples of 8 are fastest. Default 64. */
  readonly dimensions?: number;
  /** Adam's step size, above 0; default 0.002. */
  readonly learningRate?: number;
  /** Weight of the L2 penalty on layer 0, at least 0; default 1e-4. */
  readonly regularization?: number;
  /** Passes over all interactions, a positive integer; default 200. */
  readonly epochs?: number;
  /** Interactions a step, a positive integer; default 2048. An epoch takes time in proportion to its number of steps. */
  readonly batchSize?: number;
}

/**
 * Embeddings of users and items, each mixed with those of its neighbours in the graph of interactions, learned with BPR.
 * Throws `InvalidArgumentError` for options outside their ranges; `fit` rejects with it where training diverges.
 */
export function createLightGcn({
  layers = 2,
  dimensions = 64,
  learningRate = 0.002,
  regularization = 1e-4,
  epochs = 200,
  batchSize = 2048,
}: LightGcnOptions = {}): Recommender {
  assertPositiveIntegers({ layers, dimensions, epochs, batchSize });
  assertPositive({ learningRate });
  assertNotNegative({ regularization });
  const name = 'light-gcn';
  return {
    name,
    async fit(interactions, options) {
      options.signal?.throwIfAborted();
      const learned = createLearnedUsers(interactions);
      const training = createLightGcnTraining(
        learned,
        { layers, dimensions, learningRate, regularization, batchSize },
        createRandomStream(options.seed).split(name),
      );
      return fitEpochs(options, {
        name,
        learned,
        epochs,
        divergenceAdvice: 'Training diverged: lower the learning rate.',
        run: () => training.runEpoch(),
        createModel() {
          const embeddings = training.computeEmbeddings();
          const boundary = learned.users.length * dimensions;
          const factors = { dimensions, users: embeddings.slice(0, boundary), items: embeddings.slice(boundary) };
          return createLightGcnModel({ factors, messages: training.computeMessages(), starts: learned.starts });
        },
      });
    },
  };
}

/** Restores what `createLightGcn` has learned. Throws `InvalidArgumentError`, which names the field, for a state that is not whole. */
export function loadLightGcn(state: LoadedState): RecommenderModel {
  const factors = loadFactors(state);
  const { items, starts } = state.learned;
  const messages = state.floats('messages', items.length * factors.dimensions);
  return createLightGcnModel({ factors, messages, starts });
}
