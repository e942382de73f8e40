/**
 * Adam: Kingma, Ba: "Adam: a method for stochastic optimization", ICLR 2015, Algorithm 1.
 *
 * Symbols: g gradient, m first moment, v second moment, t number of steps, beta1 and beta2 their decay rates.
 *
 * Differences from the paper: none. TensorFlow.js has this optimiser, but hides its moments, which a learner that grows
 * and is saved must reach.
 */
import * as tf from '@tensorflow/tfjs';

export class Adam {
  readonly #beta1 = 0.9;
  readonly #beta2 = 0.999;
  readonly #epsilon: number;
  readonly #moments = new Map<tf.Variable, { readonly first: tf.Variable; readonly second: tf.Variable }>();
  #steps = 0;

  constructor(variables: readonly tf.Variable[], epsilon: number) {
    this.#epsilon = epsilon;
    for (const variable of variables) {
      this.#moments.set(
        variable,
        tf.tidy(() => ({
          first: tf.variable(tf.zeros(variable.shape)),
          second: tf.variable(tf.zeros(variable.shape)),
        })),
      );
    }
  }

  /** Steps made so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Moves each variable against its gradient; `gradients[i]` belongs to `variables[i]`. */
  step(variables: readonly tf.Variable[], gradients: readonly tf.Tensor[], learningRate: number): void {
    this.#steps += 1;
    const correction1 = 1 - this.#beta1 ** this.#steps;
    const correction2 = 1 - this.#beta2 ** this.#steps;
    tf.tidy(() => {
      for (const [index, variable] of variables.entries()) {
        const gradient = gradients[index]!;
        const { first, second } = this.#moments.get(variable)!;
        first.assign(first.mul(this.#beta1).add(gradient.mul(1 - this.#beta1)));
        second.assign(second.mul(this.#beta2).add(gradient.square().mul(1 - this.#beta2)));
        const denominator = second.div(correction2).sqrt().add(this.#epsilon);
        variable.assign(variable.sub(first.mul(learningRate / correction1).div(denominator)));
      }
    });
  }

  /** Hands the moments of a variable to the one that takes its place, changed as the variable was. */
  replace(previous: tf.Variable, next: tf.Variable, change: (moment: tf.Tensor) => tf.Tensor): void {
    const { first, second } = this.#moments.get(previous)!;
    this.#moments.delete(previous);
    this.#moments.set(
      next,
      tf.tidy(() => ({ first: tf.variable(change(first)), second: tf.variable(change(second)) })),
    );
    first.dispose();
    second.dispose();
  }

  /** First and second moment of each given variable, for checkpoints. */
  momentsOf(variables: readonly tf.Variable[]): readonly tf.Variable[] {
    return variables.flatMap((variable) => {
      const { first, second } = this.#moments.get(variable)!;
      return [first, second];
    });
  }

  /** Continues from a checkpoint whose moments were assigned to `momentsOf`. */
  restoreSteps(steps: number): void {
    this.#steps = steps;
  }

  dispose(): void {
    for (const { first, second } of this.#moments.values()) {
      first.dispose();
      second.dispose();
    }
    this.#moments.clear();
  }
}
