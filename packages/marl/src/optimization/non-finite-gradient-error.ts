import { RppError } from '@rppkit/spec';

/** Gradients that hold NaN or overflowed: rewards, states or weights have grown too large for float32. */
export class NonFiniteGradientError extends RppError {
  /** The networks that could not be moved, such as `actor`: all actors together. */
  readonly network: string;

  constructor(network: string, norm: number) {
    super(
      'NON_FINITE_GRADIENT',
      `Expected a finite norm of the ${network} gradients, received ${norm}. The learner is as before the update: scale down rewards and states, or lower the learning rate and load an earlier state.`,
    );
    this.network = network;
  }
}
