import { InvalidArgumentError } from '@rppkit/spec';
import { loadAls } from './als/als.ts';
import { loadBm25 } from './bm25/bm25.ts';
import { loadBpr } from './bpr/bpr.ts';
import { createFittedRecommender } from './fitted/create-fitted-recommender.ts';
import { type LoadedState, readState } from './fitted/loaded-state.ts';
import type { RecommenderModel } from './fitted/recommender-model.ts';
import type { RecommenderState } from './fitted/recommender-state.ts';
import { loadItemKnn } from './item-knn/item-knn.ts';
import { loadLightGcn } from './light-gcn/light-gcn.ts';
import { loadPopularity } from './popularity/popularity.ts';
import { loadRandomRecommender } from './random-recommender.ts';
import type { FittedRecommender } from './recommender.ts';
import { loadSasrec } from './sasrec/sasrec-model.ts';
import { loadSpectralEmbedding } from './spectral/spectral-embedding.ts';

const loaders: Readonly<Record<string, (state: LoadedState) => RecommenderModel>> = {
  random: loadRandomRecommender,
  popularity: loadPopularity,
  'recent-popularity': loadPopularity,
  bm25: loadBm25,
  'item-knn': loadItemKnn,
  als: loadAls,
  bpr: loadBpr,
  'spectral-embedding': loadSpectralEmbedding,
  'light-gcn': loadLightGcn,
  sasrec: loadSasrec,
};

/**
 * A fitted recommender from what `save()` returned, also after `JSON.parse`. Throws `InvalidArgumentError`, which names the
 * field, for a state that is not whole or that this version does not know.
 */
export function loadRecommender(state: RecommenderState): FittedRecommender {
  const loaded = readState(state);
  const load = Object.hasOwn(loaders, state.kind) ? loaders[state.kind] : undefined;
  if (load === undefined) {
    throw new InvalidArgumentError('state.kind', Object.keys(loaders).join(', '), state.kind);
  }
  return createFittedRecommender(state.kind, loaded.learned, load(loaded));
}
