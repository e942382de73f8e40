/**
 * Item-based nearest neighbours.
 *
 * M. Deshpande, G. Karypis: "Item-based top-N recommendation algorithms", ACM Transactions on Information Systems 22(1), 2004.
 * R. M. Bell, Y. Koren: "Scalable collaborative filtering with jointly derived neighborhood interpolation weights",
 * ICDM 2007: similarities are shrunk according to how much supports them.
 *
 * Symbols: n_i users had item i, n_ij had both i and j, s shrinkage, k neighbours, H history.
 * sim(i, j) = n_ij / (sqrt(n_i n_j) + s); score(i) = sum of sim(i, j) over the j in H among the k nearest of candidate i.
 *
 * Differences from the papers:
 * - The neighbours are those of the candidate (each column of the similarity matrix keeps its k highest entries), where
 *   Deshpande and Karypis keep those of the items of the history and rank the union.
 * - Rows of the interaction matrix are not scaled by the length of a history, and neighbours' similarities are not
 *   normalised to sum 1.
 * - Shrinkage is added to the denominator of the cosine; Bell and Koren multiply by n_ij / (n_ij + s).
 */

import { InvalidArgumentError } from '@rppkit/spec';
import { fitEpochs } from '../fit-epochs.ts';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import type { LoadedState } from '../fitted/loaded-state.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';
import { assertNotNegative, assertPositiveIntegers } from '../options/number-checks.ts';
import type { Recommender } from '../recommender.ts';
import { CosineNeighbours, type ItemNeighbours } from './cosine-neighbours.ts';

export interface ItemKnnOptions {
  /** Most similar items that an item keeps, at least 1; default 20. */
  readonly neighbours?: number;
  /** Added to the denominator of the cosine, in users, at least 0: the more, the less items with few users count. Default 2. */
  readonly shrinkage?: number;
}

/** A fit reports its progress, yields to other work and looks at its signal this many times. */
const steps = 20;

/**
 * Scores an item by how similar it is to those of the history: cosine of their users, with shrinkage. An item without a
 * neighbour in the history scores 0. A fit that is stopped before its end leaves the later items without neighbours. Throws `InvalidArgumentError` for options out of range.
 */
export function createItemKnn({ neighbours = 20, shrinkage = 2 }: ItemKnnOptions = {}): Recommender {
  assertPositiveIntegers({ neighbours });
  assertNotNegative({ shrinkage });
  const name = 'item-knn';
  return {
    name,
    async fit(interactions, options) {
      options.signal?.throwIfAborted();
      const learned = createLearnedUsers(interactions);
      const search = new CosineNeighbours(learned, neighbours, shrinkage);
      const perStep = Math.ceil(learned.items.length / steps);
      return fitEpochs(options, {
        name,
        learned,
        epochs: steps,
        onePass: true,
        run(): undefined {
          search.advance(perStep);
        },
        createModel: () => createItemKnnModel(search.collect()),
      });
    },
  };
}

/** A saved model. Throws `InvalidArgumentError`, which names the field, for a state that is not whole. */
export function loadItemKnn({ learned, integers, floats }: LoadedState): RecommenderModel {
  const items = learned.items.length;
  const starts = integers('neighbourStarts', items + 1);
  const neighbours = integers('neighbours');
  const rises = starts.every((start, item) => start >= (item === 0 ? 0 : starts[item - 1]!));
  if (starts[0] !== 0 || starts.at(-1) !== neighbours.length || !rises) {
    throw new InvalidArgumentError('state.arrays.neighbourStarts', `rising from 0 to ${neighbours.length}`, starts);
  }
  if (!neighbours.every((item) => item >= 0 && item < items)) {
    throw new InvalidArgumentError('state.arrays.neighbours', `indices below ${items}`, neighbours);
  }
  return createItemKnnModel({ starts, neighbours, similarities: floats('similarities', neighbours.length) });
}

function createItemKnnModel({ starts, neighbours, similarities }: ItemNeighbours): RecommenderModel {
  const inHistory = new Uint8Array(starts.length - 1);
  return {
    settings: {},
    arrays: { neighbourStarts: starts, neighbours, similarities },
    score({ history }, items, output) {
      for (let index = 0; index < history.length; index++) inHistory[history[index]!] = 1;
      for (let index = 0; index < items.length; index++) {
        const end = starts[items[index]! + 1]!;
        let sum = 0;
        for (let entry = starts[items[index]!]!; entry < end; entry++) {
          if (inHistory[neighbours[entry]!] === 1) sum += similarities[entry]!;
        }
        output[index] = sum;
      }
      for (let index = 0; index < history.length; index++) inHistory[history[index]!] = 0;
    },
  };
}
