import { type RandomStream, samplePermutation } from '@rppkit/spec';
import type { LearnedUsers } from '../fitted/learned-users.ts';
import { sampleAbsentItem } from '../sampling/absent-item.ts';
import { createPairwiseSamples } from '../sampling/pairwise-samples.ts';
import { createAdam } from './adam.ts';
import { createInteractionGraph } from './interaction-graph.ts';
import { createLightGcnLoss, type LightGcnLossOptions } from './light-gcn-loss.ts';
import { createPropagation } from './propagation.ts';

/** The loss and how it is minimised. */
export interface LightGcnTrainingOptions extends LightGcnLossOptions {
  /** Adam's step size, above 0. */
  readonly learningRate: number;
  /** Interactions a step, at least 1. */
  readonly batchSize: number;
}

/** Layer-0 embeddings x while they are learned. */
export interface LightGcnTraining {
  /** Passes once over all interactions in random order; returns the mean loss, undefined where nothing can be compared. */
  runEpoch(): number | undefined;
  /** (x + A x + ... + A^K x) / (K + 1), a new `Float32Array [nodes, dimensions]`, users first. */
  computeEmbeddings(): Float32Array;
  /** D^-1/2 (x + A x + ... + A^(K-1) x) / (K + 1) of the items, a new `Float32Array [items, dimensions]`. */
  computeMessages(): Float32Array;
}

/** Starts from random layer-0 embeddings; batches and negatives come from `random` as well. */
export function createLightGcnTraining(
  learned: LearnedUsers,
  { layers, dimensions, learningRate, regularization, batchSize }: LightGcnTrainingOptions,
  random: RandomStream,
): LightGcnTraining {
  const graph = createInteractionGraph(learned);
  const { userCount, itemCount, inverseRoots } = graph;
  const size = inverseRoots.length * dimensions;
  const initial = sampleInitial(userCount, itemCount, dimensions, random.split('initial'));
  const gradient = new Float32Array(size);
  const { computeGradient, combineLayers } = createLightGcnLoss(graph, { layers, dimensions, regularization });
  const adam = createAdam({ size, learningRate });
  const samples = createPairwiseSamples(learned);
  const draws = random.split('batches');

  return {
    runEpoch() {
      const count = samples.item.length;
      if (count === 0) return undefined;
      const order = samplePermutation(draws, count);
      let sum = 0;
      for (let start = 0; start < count; start += batchSize) {
        const rows = order.subarray(start, start + batchSize);
        const users = rows.map((row) => samples.user[row]!);
        const positives = rows.map((row) => userCount + samples.item[row]!);
        const negatives = users.map((user) => userCount + sampleAbsentItem(samples, user, draws));
        sum += rows.length * computeGradient(initial, { users, positives, negatives }, gradient);
        adam.step(initial, gradient);
      }
      return sum / count;
    },
    computeEmbeddings() {
      const embeddings = new Float32Array(size);
      combineLayers(initial, embeddings);
      return embeddings;
    },
    computeMessages() {
      const sums = new Float32Array(size);
      createPropagation(graph, dimensions).sumLayers(initial, layers - 1, sums);
      return sums.subarray(userCount * dimensions).map((sum, index) => {
        const item = Math.floor(index / dimensions);
        return (sum * inverseRoots[userCount + item]!) / (layers + 1);
      });
    },
  };
}

/** Uniform in +-sqrt(6 / (rows + dimensions)) for the users' and for the items' table (Glorot and Bengio 2010). */
function sampleInitial(users: number, items: number, dimensions: number, random: RandomStream): Float32Array {
  const table = new Float32Array((users + items) * dimensions);
  for (const [rows, start] of [
    [users, 0],
    [items, users * dimensions],
  ] as const) {
    const bound = Math.sqrt(6 / (rows + dimensions));
    for (let index = start; index < start + rows * dimensions; index++) {
      table[index] = bound * (2 * random.uniform() - 1);
    }
  }
  return table;
}
