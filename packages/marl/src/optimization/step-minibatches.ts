import type { RandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import type { Loss, ParameterGroup } from './parameter-group.ts';
import { splitMinibatches } from './split-minibatches.ts';

/** Means over minibatches, weighted by their rows: the parts of all losses, and the norm of the gradients of each group. */
export interface MinibatchMeans {
  readonly parts: Readonly<Record<string, number>>;
  /** Before clipping, by name of the group. */
  readonly norms: Readonly<Record<string, number>>;
}

/**
 * Goes over the rows 0 … rowCount-1 of a batch `epochs` times, each time in new minibatches, drawn from the stream of the
 * epoch, and steps every group once a minibatch; no loss of a minibatch sees the step of another group on it. What a
 * minibatch allocates is freed after it. `all` is over every minibatch that was looked at, `last` over those of the last
 * epoch that was begun.
 */
export function stepMinibatches(
  batch: {
    readonly rowCount: number;
    readonly epochs: number;
    readonly minibatches: number;
    readonly random: RandomStream;
  },
  /** Losses of the rows of one minibatch; each part is a mean over them, and has a name of its own. */
  prepare: (rows: readonly number[]) => readonly (readonly [ParameterGroup, () => Loss])[],
  options: {
    /** Updates before this one. */
    readonly done: number;
    /** True ends all epochs before the step of the minibatch whose parts these are. */
    readonly shouldStop: (parts: Readonly<Record<string, number>>) => boolean;
  },
): { readonly all: MinibatchMeans; readonly last: MinibatchMeans } {
  const { rowCount, epochs, minibatches, random } = batch;
  const seen: Minibatch[] = [];
  let stopped = false;
  for (let epoch = 0; epoch < epochs && !stopped; epoch++) {
    for (const rows of splitMinibatches(rowCount, minibatches, random.split(epoch))) {
      tf.tidy(() => {
        const computed = prepare(rows).map(([group, computeLoss]) => ({
          group,
          ...group.computeGradients(computeLoss),
        }));
        const parts = Object.assign({}, ...computed.map((one) => one.parts)) as Record<string, number>;
        const norms = Object.fromEntries(computed.map(({ group, norm }) => [group.name, norm]));
        seen.push({ epoch, rows: rows.length, parts, norms });
        stopped = options.shouldStop(parts);
        if (!stopped) for (const { group, gradients } of computed) group.step(gradients, options.done);
      });
      if (stopped) break;
    }
  }
  const { epoch: last } = seen.at(-1)!;
  return { all: computeMeans(seen), last: computeMeans(seen.filter(({ epoch }) => epoch === last)) };
}

interface Minibatch extends MinibatchMeans {
  readonly epoch: number;
  readonly rows: number;
}

function computeMeans(minibatches: readonly Minibatch[]): MinibatchMeans {
  const total = minibatches.reduce((sum, { rows }) => sum + rows, 0);
  const computeMean = (read: (minibatch: Minibatch) => number): number =>
    minibatches.reduce((sum, minibatch) => sum + read(minibatch) * minibatch.rows, 0) / total;
  const { parts, norms } = minibatches[0]!;
  return {
    parts: Object.fromEntries(Object.keys(parts).map((name) => [name, computeMean((one) => one.parts[name]!)])),
    norms: Object.fromEntries(Object.keys(norms).map((name) => [name, computeMean((one) => one.norms[name]!)])),
  };
}
