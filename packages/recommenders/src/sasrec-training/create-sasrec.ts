/**
 * SASRec: Kang, McAuley: "Self-Attentive Sequential Recommendation", ICDM 2018.
 *
 * Symbols: n `maximumLength`, d `dimensions`, b `blocks`; those of the forward pass are in ../sasrec/compute-states.ts.
 *
 * Differences from the paper:
 * - the loss is the cross-entropy of a softmax over all items unless `loss` is `binary`, the paper's: on MovieLens-100K it
 *   reached in 8 epochs the validation NDCG@10 (.089) for which the binary loss took 20;
 * - a sequence longer than n is cut into windows that all are learned from, elsewhere in each epoch, where the paper keeps
 *   the last n items; there, cutting anew gave .093 and fixed cuts .090 (one seed);
 * - Adam's second decay rate is 0.98, as in the authors' program;
 * - a layer normalisation follows the last block, as in the authors' program;
 * - padded places are masked out of the attention, where the paper gives them a zero vector;
 * - heads split d, without a projection after them; the paper's one head is the default.
 */
import { createRandomStream, InvalidArgumentError, samplePermutation } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { fitEpochs } from '../fit-epochs.ts';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import { assertPositive, assertPositiveIntegers } from '../options/number-checks.ts';
import type { Recommender } from '../recommender.ts';
import { createPairwiseSamples } from '../sampling/pairwise-samples.ts';
import { assertSasrecSizes, createSasrecModel } from '../sasrec/sasrec-model.ts';
import { computeUserStates } from './compute-user-states.ts';
import { createDropout } from './dropout.ts';
import { SasrecNetwork } from './sasrec-network.ts';
import { trainBatch } from './train-batch.ts';
import { cutTrainingWindows } from './training-windows.ts';

/** Hyper-parameters of `createSasrec`. */
export interface SasrecOptions {
  /** How many of the newest items of a history count, from 1; default 50. */
  readonly maximumLength?: number;
  /** Length of the vectors, from 1; default 64. */
  readonly dimensions?: number;
  /** Attention blocks, from 1; default 2. */
  readonly blocks?: number;
  /** Attention heads, a divisor of `dimensions`; default 1. */
  readonly heads?: number;
  /** Share of the values that dropout sets to 0 in training, in [0, 1); default 0.2. */
  readonly dropout?: number;
  /** Step size of Adam, above 0; default 0.002. */
  readonly learningRate?: number;
  /** Passes over the sequences, from 1; default 6. */
  readonly epochs?: number;
  /** Windows of `maximumLength` items a step, from 1; default 64. */
  readonly batchSize?: number;
  /**
   * `softmax` (default): the next item against all items. `binary`: against one item drawn evenly from those the user
   * never had, as in the paper; for catalogues too large for the softmax.
   */
  readonly loss?: 'softmax' | 'binary';
}

/**
 * SASRec, trained on the current backend of TensorFlow.js; what it learned is served without TensorFlow.js. The same seed
 * gives the same bytes on one backend. `fit` rejects with `InvalidArgumentError` for interactions without an order; the
 * `snapshot` of its progress works until the fit ends, which frees the network. Throws `InvalidArgumentError` for options
 * outside their ranges.
 */
export function createSasrec({
  maximumLength = 50,
  dimensions = 64,
  blocks = 2,
  heads = 1,
  dropout = 0.2,
  learningRate = 0.002,
  epochs = 6,
  batchSize = 64,
  loss = 'softmax',
}: SasrecOptions = {}): Recommender {
  assertSasrecSizes({ dimensions, maximumLength, blocks, heads });
  assertPositiveIntegers({ epochs, batchSize });
  if (!(dropout >= 0 && dropout < 1)) throw new InvalidArgumentError('dropout', 'in [0, 1)', dropout);
  assertPositive({ learningRate });
  if (loss !== 'softmax' && loss !== 'binary') throw new InvalidArgumentError('loss', '"softmax" or "binary"', loss);
  const name = 'sasrec';
  return {
    name,
    async fit(interactions, options) {
      options.signal?.throwIfAborted();
      if (interactions.order === 'none') {
        const advice = 'SASRec learns what follows what: read the data with times or with an order of the rows.';
        throw new InvalidArgumentError('interactions.order', 'one that says what came first', 'none', advice);
      }
      const learned = createLearnedUsers(interactions);
      const sizes = { items: learned.items.length, maximumLength, dimensions, blocks, heads };
      const random = createRandomStream(options.seed).split(name);
      const samples = loss === 'binary' ? createPairwiseSamples(learned) : undefined;
      const network = new SasrecNetwork(sizes, random.split('parameters'));
      const optimizer = tf.train.adam(learningRate, 0.9, 0.98, 1e-8);
      try {
        return await fitEpochs(options, {
          name,
          learned,
          epochs,
          divergenceAdvice: 'Training diverged: lower the learning rate.',
          run(epoch) {
            const stream = random.split('epochs').split(epoch);
            const windows = cutTrainingWindows(learned, maximumLength, stream.split('windows'));
            const order = samplePermutation(stream.split('order'), windows.count);
            const createDropoutMask = dropout === 0 ? undefined : createDropout(dropout, stream.split('dropout'));
            const negatives = samples && { samples, random: stream.split('negatives') };
            let total = 0;
            let targets = 0;
            for (let start = 0; start < windows.count; start += batchSize) {
              const rows = order.subarray(start, start + batchSize);
              const batch = trainBatch({
                network,
                optimizer,
                windows,
                rows,
                createDropoutMask,
                negatives,
              });
              total += batch.loss * batch.targets;
              targets += batch.targets;
            }
            return targets === 0 ? undefined : total / targets;
          },
          createModel() {
            const userStates = computeUserStates(network, learned, sizes, batchSize);
            const { starts, item } = learned;
            return createSasrecModel({ sizes, arrays: network.exportArrays(), userStates, starts, item });
          },
        });
      } finally {
        optimizer.dispose();
        network.dispose();
      }
    },
  };
}
