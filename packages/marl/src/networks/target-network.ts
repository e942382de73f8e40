import { InvalidArgumentError } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';

/**
 * How a target network follows the network that learns. `every`: an exact copy after each so many updates (a positive integer).
 * `rate`, in (0, 1]: after each update this part of the way.
 */
export type TargetUpdate =
  | { readonly every: number; readonly rate?: never }
  | { readonly rate: number; readonly every?: never };

/** Throws `InvalidArgumentError` unless there is either a positive integer `every` or a `rate` in (0, 1]. */
export function assertTargetUpdate({ every, rate }: TargetUpdate): void {
  if ((every === undefined) === (rate === undefined)) {
    throw new InvalidArgumentError('targetUpdate', '{ every } or { rate }', every === undefined ? 'neither' : 'both');
  }
  if (every !== undefined && !(Number.isSafeInteger(every) && every > 0)) {
    throw new InvalidArgumentError('targetUpdate.every', 'a positive integer', every);
  }
  if (rate !== undefined && !(rate > 0 && rate <= 1)) {
    throw new InvalidArgumentError('targetUpdate.rate', 'in (0, 1]', rate);
  }
}

/** Lets the target follow at the end of an update; `done`: updates before this one. Shapes must agree. */
export function followNetwork(
  online: readonly tf.Variable[],
  target: readonly tf.Variable[],
  { every, rate }: TargetUpdate,
  done: number,
): void {
  if (rate !== undefined) blendVariables(online, target, rate);
  else if ((done + 1) % every === 0) copyVariables(online, target);
}

/** Gives each variable of `to` the values of the one of `from` in its place. Shapes must agree. */
export function copyVariables(from: readonly tf.Variable[], to: readonly tf.Variable[]): void {
  // Values are never changed in place, so that both may hold the same ones until either is assigned others.
  for (const [index, variable] of to.entries()) variable.assign(from[index]!);
}

/** Moves each variable of `to` towards the one of `from` in its place: (1 - rate) to + rate from. Shapes must agree. */
export function blendVariables(from: readonly tf.Variable[], to: readonly tf.Variable[], rate: number): void {
  tf.tidy(() => {
    for (const [index, variable] of to.entries()) {
      variable.assign(variable.mul(1 - rate).add(from[index]!.mul(rate)));
    }
  });
}
