import type { EmbeddingTable, Item, RankingTask, Scorer } from '@rppkit/spec';
import type { RecommenderState } from './fitted/recommender-state.ts';
import type { TrainingInteractions } from './interactions/training-interactions.ts';

/** An algorithm with its hyper-parameters. */
export interface Recommender {
  /** Such as `item-knn`. */
  readonly name: string;
  /**
   * Learns from the interactions. The same interactions and seed give the same bytes. Rejects with the signal's reason as
   * soon as it is aborted, between two epochs at the latest; with `InvalidArgumentError` for interactions that are not as
   * `TrainingInteractions` says, and where training diverges, so that numbers are not finite. It copies the interactions
   * before it returns its promise: later changes of their arrays do not reach it.
   */
  fit(interactions: TrainingInteractions, options: FitOptions): Promise<FittedRecommender>;
}

/** How a fit runs. */
export interface FitOptions {
  /** Any safe integer or text. Algorithms without randomness ignore it. */
  readonly seed: number | string;
  readonly signal?: AbortSignal;
  /**
   * Called after each epoch or step, and awaited. `'stop'` ends the fit there and keeps what was learned; what it throws
   * rejects the fit.
   */
  readonly onProgress?: (progress: FitProgress) => unknown;
}

/** How far a fit has come. */
export interface FitProgress {
  /** Epochs or steps that are done, from 1. */
  readonly done: number;
  readonly total: number;
  /** True where the steps make up one pass, as over the items of item-kNN: what was learned is whole after the last one only. */
  readonly onePass?: boolean;
  /** Mean training loss of the epoch, where there is one. */
  readonly loss?: number;
  /** What was learned until now, which later epochs leave as it is; it costs a copy of the parameters. */
  snapshot(): FittedRecommender;
}

/** Someone to recommend to. */
export interface RecommendationRequest {
  /** A user who was learned from, and whose history holds the same items in the same order still, is served by what was learned about them. */
  readonly user?: string;
  /** Oldest first. New users, and those with another history than learned from, are folded in from it. */
  readonly history: readonly { readonly item: Item }[];
  /** At least 1; default 10. */
  readonly count?: number;
  /** Ids of items to leave out beside those of the history. */
  readonly exclude?: Iterable<string>;
  /** Whether items of the history may be recommended again; default false. */
  readonly repeats?: boolean;
}

/** A recommended item. */
export interface Recommendation {
  /** Item id. */
  readonly id: string;
  readonly score: number;
}

/** What a recommender has learned. Scores are comparable within one task or request only. */
export interface FittedRecommender extends Scorer {
  /** Ids of the items it knows. */
  readonly items: readonly string[];
  /** Ids of the users it learned from. */
  readonly users: readonly string[];
  /**
   * `Float32Array [candidates]`, finite. A candidate it does not know gets the lowest score among those it knows, or 0 where
   * it knows none, unless the algorithm has a score for it (BM25 by its title, popularity 0, random any). Throws `InvalidArgumentError` for a task whose candidate was learned from as an item of the task's user
   * and is not in the history: its target may be among what was learned.
   */
  score(task: RankingTask): Float32Array;
  /** `Float32Array [items]`, in the order of `items`. */
  scoreItems(request: Pick<RecommendationRequest, 'user' | 'history'>): Float32Array;
  /**
   * The best items, best first; ties in the order of `items`. Fewer than `count` where fewer are left. Throws
   * `InvalidArgumentError` where `count` is not a positive integer.
   */
  recommend(request: RecommendationRequest): readonly Recommendation[];
  /** Everything that `loadRecommender` needs, as plain JSON. */
  save(): RecommenderState;
  /** Vectors of the users it learned from, where the algorithm has any. */
  readonly userEmbeddings?: EmbeddingTable;
  /** Vectors of items in the same space. */
  readonly itemEmbeddings?: EmbeddingTable;
}
