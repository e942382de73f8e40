import type { RandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { sampleAbsentItem } from '../sampling/absent-item.ts';
import type { PairwiseSamples } from '../sampling/pairwise-samples.ts';
import { computeBinaryLoss } from './compute-binary-loss.ts';
import { computeSoftmaxLoss } from './compute-softmax-loss.ts';
import { gatherRows } from './gather-rows.ts';
import type { CreateDropoutMask, SasrecNetwork } from './sasrec-network.ts';
import { padding, type TrainingWindows } from './training-windows.ts';

/** What one step learns from. */
export interface TrainingBatch {
  readonly network: SasrecNetwork;
  readonly optimizer: tf.Optimizer;
  readonly windows: TrainingWindows;
  /** The windows of this step. */
  readonly rows: Int32Array;
  /** Absent: no dropout. */
  readonly createDropoutMask: CreateDropoutMask | undefined;
  /** What negatives are drawn from, one that the user does not have for each target; absent: softmax over all items. */
  readonly negatives: { readonly samples: PairwiseSamples; readonly random: RandomStream } | undefined;
}

/** One step of the optimiser. Returns the mean loss and the number of targets that it is the mean of. */
export function trainBatch(batch: TrainingBatch): { readonly loss: number; readonly targets: number } {
  const { network, optimizer, windows, rows, createDropoutMask, negatives } = batch;
  const length = windows.inputs.length / windows.count;
  const inputs = new Int32Array(rows.length * length);
  const places: number[] = [];
  const targets: number[] = [];
  const users: number[] = [];
  for (let row = 0; row < rows.length; row++) {
    const window = rows[row]!;
    const first = window * length;
    inputs.set(windows.inputs.subarray(first, first + length), row * length);
    for (let place = 0; place < length; place++) {
      const target = windows.targets[first + place]!;
      if (target === padding) continue;
      places.push(row * length + place);
      targets.push(target);
      users.push(windows.users[window]!);
    }
  }
  const wanted = Int32Array.from(targets);
  const others =
    negatives && Int32Array.from(users, (user) => sampleAbsentItem(negatives.samples, user, negatives.random));
  const computeLoss = (): tf.Scalar => {
    const states = gatherRows(network.computeStates(inputs, createDropoutMask), Int32Array.from(places));
    return others === undefined
      ? computeSoftmaxLoss(states, network.items, wanted)
      : computeBinaryLoss(states, network.items, wanted, others);
  };
  const loss = tf.tidy(() => optimizer.minimize(computeLoss, true, [...network.variables])!.dataSync()[0]!);
  return { loss, targets: targets.length };
}
