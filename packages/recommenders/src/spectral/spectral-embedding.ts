/**
 * Spectral embedding: users and items by the leading singular vectors of their normalised adjacency.
 *
 * X. He, K. Deng, X. Wang, Y. Li, Y. Zhang, M. Wang: "LightGCN: simplifying and powering graph convolution network for
 * recommendation", SIGIR 2020, whose propagation multiplies by the normalised adjacency: the more layers, the more of its
 * leading singular vectors and the less of the others is left. Here they are computed directly; see `truncated-svd.ts`.
 *
 * Symbols: R [users, items] 1 where a user had an item, D_u and D_i diagonal counts of its rows and columns,
 * A = D_u^-1/2 R D_i^-1/2 = U S V^T cut to the leading singular values, b degree power.
 * User vectors A V, about U S, item vectors D_i^b V; score: their dot product.
 *
 * Differences from the paper:
 * - Nothing is trained; there is no loss, no layer and no initial embedding.
 * - D_i^b gives back popularity, which the normalisation takes away. With b = 1/2 the scores rank a user's items as the cut
 *   decomposition restores R.
 */

import { createRandomStream, InvalidArgumentError } from '@rppkit/spec';
import { createFactorModel, type Factors, loadFactors } from '../factors/factor-model.ts';
import { fitEpochs } from '../fit-epochs.ts';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import type { LoadedState } from '../fitted/loaded-state.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';
import { assertPositiveIntegers } from '../options/number-checks.ts';
import type { Recommender } from '../recommender.ts';
import { computeItemWeights, createNormalisedAdjacency } from './normalised-adjacency.ts';
import { computeTruncatedSvd, improveRange, sampleRange } from './truncated-svd.ts';

export interface SpectralEmbeddingOptions {
  /** Length of the vectors, at least 1; default 64. Where users or items are fewer, the dimensions past the rank are 0. */
  readonly dimensions?: number;
  /** Rounds that sharpen the random subspace, at least 0; default 2. Each costs two products with the adjacency. */
  readonly powerIterations?: number;
  /** Random directions beside the dimensions wanted, at least 0; default 10. */
  readonly oversampling?: number;
  /** Power of an item's user count that scales its vector, in [0, 2]; the higher, the more popularity counts. Default 0.4. */
  readonly degreePower?: number;
}

/**
 * Scores by the dot product of spectral vectors; fast, and the default where embeddings are wanted. An item that nobody had
 * and a person without known items have vectors of 0. Throws `InvalidArgumentError` for options out of range.
 */
export function createSpectralEmbedding({
  dimensions = 64,
  powerIterations = 2,
  oversampling = 10,
  degreePower = 0.4,
}: SpectralEmbeddingOptions = {}): Recommender {
  assertPositiveIntegers({ dimensions });
  if (!Number.isSafeInteger(powerIterations) || powerIterations < 0) {
    throw new InvalidArgumentError('powerIterations', 'an integer of at least 0', powerIterations);
  }
  if (!Number.isSafeInteger(oversampling) || oversampling < 0) {
    throw new InvalidArgumentError('oversampling', 'an integer of at least 0', oversampling);
  }
  if (!(degreePower >= 0 && degreePower <= 2)) {
    throw new InvalidArgumentError('degreePower', 'in [0, 2]', degreePower);
  }
  const name = 'spectral-embedding';
  return {
    name,
    async fit(interactions, options) {
      options.signal?.throwIfAborted();
      const learned = createLearnedUsers(interactions);
      const matrix = createNormalisedAdjacency(learned);
      // The rank is no higher, and the small eigenproblem grows with the cube of the columns.
      const columns = Math.min(dimensions + oversampling, matrix.users, matrix.items);
      const random = createRandomStream(options.seed).split(name);
      let range: Float64Array = new Float64Array(0);
      return fitEpochs(options, {
        name,
        learned,
        epochs: 1 + powerIterations,
        run(epoch): undefined {
          range = epoch === 0 ? sampleRange(matrix, columns, random) : improveRange(matrix, range, columns);
        },
        createModel() {
          const { right } = computeTruncatedSvd(matrix, range, columns, dimensions);
          const users = Float32Array.from(matrix.multiply(right, dimensions));
          const items = Float32Array.from(right);
          scaleRows(items, dimensions, matrix.itemWeights, -2 * degreePower);
          return createSpectralModel({ dimensions, users, items }, matrix.itemWeights, degreePower);
        },
      });
    },
  };
}

/** A saved model. Throws `InvalidArgumentError`, which names the field, for a state that is not whole. */
export function loadSpectralEmbedding(state: LoadedState): RecommenderModel {
  const itemWeights = computeItemWeights(state.learned);
  return createSpectralModel(loadFactors(state), itemWeights, state.number('degreePower'));
}

function createSpectralModel(factors: Factors, itemWeights: Float64Array, degreePower: number): RecommenderModel {
  const { dimensions, items } = factors;
  return createFactorModel({
    ...factors,
    settings: { degreePower },
    // The row of A that the history makes, times V.
    foldIn(history) {
      const vector = new Float64Array(dimensions);
      for (const item of history) {
        // V is D_i^-b times the item vectors.
        const weight = itemWeights[item]! ** (1 + 2 * degreePower) / Math.sqrt(history.length);
        for (let d = 0; d < dimensions; d++) vector[d]! += weight * items[item * dimensions + d]!;
      }
      return vector;
    },
  });
}

function scaleRows(rows: Float32Array, dimensions: number, weights: Float64Array, power: number): void {
  for (let row = 0; row < weights.length; row++) {
    const start = row * dimensions;
    // Rows of items that nobody had are 0 of either sign, and their scale may be infinite.
    if (weights[row] === 0) rows.fill(0, start, start + dimensions);
    else {
      const scale = weights[row]! ** power;
      for (let d = 0; d < dimensions; d++) rows[start + d]! *= scale;
    }
  }
}
