/**
 * Running mean and variance of returns, by which a critic learns and answers in units of about 1.
 *
 * Yu, Velu, Vinitsky, Gao, Wang, Bayen, Wu: "The surprising effectiveness of PPO in cooperative multi-agent games",
 * NeurIPS 2022 (ValueNorm of their code); after van Hasselt, Guez, Hessel, Mnih, Silver: "Learning values across many
 * orders of magnitude", NeurIPS 2016 (PopArt).
 *
 * Symbols: R returns of a batch, m and q running means of R and R^2, w the weight that they have gathered, beta decay,
 * mu and sigma mean and standard deviation. m, q and w begin at 0.
 *
 *   Eq. 1  m <- beta m + (1 - beta) mean(R), q <- beta q + (1 - beta) mean(R^2), w <- beta w + (1 - beta)
 *   Eq. 2  mu = m / w, sigma^2 = max(q / w - mu^2, 0.01)
 *
 * Differences from PopArt: the critic's last layer is not rescaled where mu and sigma move. Before the first batch mu is 0
 * and sigma 0.1, the floor, as in the code of Yu et al. Every batch weighs the same, however many rows it has.
 */
import { InvalidArgumentError } from '@rppkit/spec';

const smallestVariance = 0.01;

/** The numbers of a `ValueNormalizer`; plain data. */
export interface ValueNormalizerState {
  /** m */
  readonly mean: number;
  /** q */
  readonly meanSquare: number;
  /** w, in [0, 1]; 0 before the first batch. */
  readonly weight: number;
}

/** Moves values between their own scale and that of the critic. */
export class ValueNormalizer {
  readonly #decay: number;
  #state: ValueNormalizerState = { mean: 0, meanSquare: 0, weight: 0 };

  /** `decay`: beta, in [0, 1). Near 1 all batches so far weigh alike. */
  constructor(decay = 0.99999) {
    this.#decay = decay;
  }

  /** mu */
  get mean(): number {
    const { mean, weight } = this.#state;
    return weight === 0 ? 0 : mean / weight; // Eq. 2
  }

  /** sigma, at least 0.1 */
  get standardDeviation(): number {
    const { meanSquare, weight } = this.#state;
    const variance = weight === 0 ? 0 : meanSquare / weight - this.mean ** 2;
    return Math.sqrt(Math.max(variance, smallestVariance)); // Eq. 2
  }

  /** Takes in the returns of a batch, at least one. */
  update(returns: Float32Array): void {
    const { mean, meanSquare, weight } = this.#state;
    let sum = 0;
    let squares = 0;
    for (const value of returns) {
      sum += value;
      squares += value ** 2;
    }
    const mix = (running: number, now: number): number => this.#decay * running + (1 - this.#decay) * now;
    // Eq. 1
    this.#state = {
      mean: mix(mean, sum / returns.length),
      meanSquare: mix(meanSquare, squares / returns.length),
      weight: mix(weight, 1),
    };
  }

  /** (value - mu) / sigma of each. */
  normalize(values: Float32Array): Float32Array {
    const { mean, standardDeviation } = this;
    return values.map((value) => (value - mean) / standardDeviation);
  }

  /** mu + sigma value of each: undoes `normalize`. */
  denormalize(values: Float32Array): Float32Array {
    const { mean, standardDeviation } = this;
    return values.map((value) => mean + standardDeviation * value);
  }

  save(): ValueNormalizerState {
    return { ...this.#state };
  }

  /** Continues from `save`. Throws `InvalidArgumentError` for what `save` cannot have returned, and then changes nothing. */
  restore(state: ValueNormalizerState): void {
    assertValueNormalizerState('state', state);
    const { mean, meanSquare, weight } = state;
    this.#state = { mean, meanSquare, weight };
  }
}

/** Throws `InvalidArgumentError` unless `save` of a `ValueNormalizer` can have returned this. */
export function assertValueNormalizerState(argument: string, state: unknown): asserts state is ValueNormalizerState {
  if (typeof state !== 'object' || state === null) {
    throw new InvalidArgumentError(argument, 'the numbers of a value normaliser', state);
  }
  const { mean, meanSquare, weight } = state as Partial<Record<keyof ValueNormalizerState, unknown>>;
  if (!isWithin(weight, 0, 1)) throw new InvalidArgumentError(`${argument}.weight`, 'in [0, 1]', weight);
  // Without a batch there are no returns.
  const largest = weight === 0 ? 0 : Number.MAX_VALUE;
  if (!isWithin(mean, -largest, largest)) {
    throw new InvalidArgumentError(`${argument}.mean`, 'finite, and 0 where the weight is 0', mean);
  }
  if (!isWithin(meanSquare, 0, largest)) {
    throw new InvalidArgumentError(
      `${argument}.meanSquare`,
      'finite, at least 0, and 0 where the weight is 0',
      meanSquare,
    );
  }
}

function isWithin(value: unknown, least: number, largest: number): boolean {
  return typeof value === 'number' && value >= least && value <= largest;
}
