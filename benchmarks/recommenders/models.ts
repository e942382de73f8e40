import {
  createAls,
  createBm25,
  createBpr,
  createItemKnn,
  createLightGcn,
  createPopularity,
  createRandomRecommender,
  createSpectralEmbedding,
  type HyperparameterRange,
  type Hyperparameters,
  type Recommender,
} from '@rppkit/recommenders';
import { createSasrec } from '@rppkit/recommenders/sasrec';

/** A recommender of the bench and how it is tuned. */
export interface BenchedModel {
  readonly create: (parameters: Hyperparameters) => Recommender;
  /** What its trials draw from; absent: there is nothing to tune. */
  readonly ranges?: Readonly<Record<string, HyperparameterRange>>;
  /** Of an algorithm with epochs: the most of them, and the epochs between two evaluations. */
  readonly epochs?: { readonly most: number; readonly every: number };
  /**
   * What users are served from, as RecBole does it: algorithms that learn about users know of them what they learned,
   * sequential ones everything before the target.
   */
  readonly history: 'train' | 'complete';
  /** Whether it learns from what other users chose. */
  readonly collaborative: boolean;
}

/** By name, in the order of the table. */
export const models: Readonly<Record<string, BenchedModel>> = {
  random: { create: createRandomRecommender, history: 'train', collaborative: false },
  bm25: {
    create: createBm25,
    ranges: { k1: { from: 0.2, to: 3 }, b: { from: 0, to: 1 } },
    history: 'train',
    collaborative: false,
  },
  popularity: { create: createPopularity, history: 'train', collaborative: false },
  'recent-popularity': {
    create: (parameters) => createPopularity({ halfLifeDays: 60, ...parameters }),
    ranges: { halfLifeDays: { from: 3, to: 300, scale: 'log' } },
    history: 'train',
    collaborative: false,
  },
  'item-knn': {
    create: createItemKnn,
    ranges: {
      neighbours: { from: 20, to: 400, scale: 'log', integer: true },
      shrinkage: { from: 1, to: 100, scale: 'log' },
    },
    history: 'train',
    collaborative: true,
  },
  'spectral-embedding': {
    create: createSpectralEmbedding,
    ranges: {
      dimensions: { from: 16, to: 128, scale: 'log', integer: true },
      degreePower: { from: 0, to: 0.5 },
    },
    history: 'train',
    collaborative: true,
  },
  bpr: {
    create: createBpr,
    ranges: {
      learningRate: { from: 0.01, to: 0.1, scale: 'log' },
      regularization: { from: 1e-3, to: 0.1, scale: 'log' },
      // Its learning rate falls over all of its epochs, so that none can be cut off.
      epochs: { values: [40, 70, 100] },
    },
    history: 'train',
    collaborative: true,
  },
  als: {
    create: ({ epochs: iterations, ...parameters }) =>
      createAls({ ...(iterations !== undefined && { iterations: Number(iterations) }), ...parameters }),
    ranges: {
      dimensions: { from: 16, to: 128, scale: 'log', integer: true },
      regularization: { from: 0.01, to: 300, scale: 'log' },
      confidence: { from: 0.3, to: 40, scale: 'log' },
    },
    epochs: { most: 20, every: 1 },
    history: 'train',
    collaborative: true,
  },
  'light-gcn': {
    create: createLightGcn,
    ranges: {
      layers: { values: [1, 2, 3] },
      learningRate: { from: 0.001, to: 0.01, scale: 'log' },
      regularization: { from: 1e-6, to: 1e-3, scale: 'log' },
    },
    epochs: { most: 240, every: 10 },
    history: 'train',
    collaborative: true,
  },
  sasrec: {
    create: createSasrec,
    ranges: {
      learningRate: { from: 0.0005, to: 0.004, scale: 'log' },
      dropout: { from: 0.1, to: 0.6 },
      blocks: { values: [1, 2] },
    },
    epochs: { most: 20, every: 1 },
    history: 'complete',
    collaborative: true,
  },
};
