/**
 * Kingma, Ba: "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1.
 *
 * Symbols: m, v moving averages of the gradient and of its square, t number of steps, beta1 and beta2 their decay.
 *
 * Differences from the paper: none; the bias corrections are taken out of the loop.
 */

/** Hyper-parameters of `createAdam`. */
export interface AdamOptions {
  /** How many parameters there are. */
  readonly size: number;
  /** Step size, above 0. */
  readonly learningRate: number;
  /** Decay of the mean of gradients, in [0, 1); default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1); default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the mean square, above 0; default 1e-8. */
  readonly epsilon?: number;
}

/** Moves parameters against their gradients. */
export interface Adam {
  /** Changes `parameters` in place; both are `Float32Array [size]`. */
  step(parameters: Float32Array, gradient: Float32Array): void;
}

/** Holds the two moving averages, at 0 before the first step. */
export function createAdam({ size, learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions): Adam {
  const m = new Float32Array(size);
  const v = new Float32Array(size);
  let t = 0;
  return {
    step(parameters, gradient) {
      t++;
      const rate = learningRate / (1 - beta1 ** t);
      const correction = 1 / (1 - beta2 ** t);
      for (let index = 0; index < size; index++) {
        const slope = gradient[index]!;
        const mean = beta1 * m[index]! + (1 - beta1) * slope;
        const square = beta2 * v[index]! + (1 - beta2) * slope * slope;
        m[index] = mean;
        v[index] = square;
        parameters[index]! -= (rate * mean) / (Math.sqrt(correction * square) + epsilon);
      }
    },
  };
}
