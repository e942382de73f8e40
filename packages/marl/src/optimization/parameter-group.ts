import * as tf from '@tensorflow/tfjs';
import { type Network, type OnReplace, prefixNames } from '../networks/network.ts';
import { Adam } from './adam.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { NonFiniteGradientError } from './non-finite-gradient-error.ts';
import { computeScheduled, type Schedule } from './schedule.ts';

/** A loss and the parts of it that are reported; all scalars. */
export interface Loss {
  readonly total: tf.Tensor;
  readonly parts: Readonly<Record<string, tf.Tensor>>;
}

/** What a step reports. */
export interface StepReport {
  readonly parts: Readonly<Record<string, number>>;
  /** Joint norm of the gradients before clipping. */
  readonly norm: number;
  readonly learningRate: number;
}

export interface ParameterGroupOptions {
  readonly learningRate: Schedule;
  /** Largest joint norm of the gradients. */
  readonly maxGradientNorm: number;
  readonly adamEpsilon: number;
}

/** Networks that one optimiser moves together. Owns them. */
export class ParameterGroup implements Network {
  /** Such as `actor`: all actors. */
  readonly name: string;
  readonly #networks: readonly Network[];
  readonly #options: ParameterGroupOptions;
  readonly #optimizer: Adam;

  constructor(name: string, networks: readonly Network[], options: ParameterGroupOptions) {
    this.name = name;
    this.#networks = networks;
    this.#options = options;
    this.#optimizer = new Adam(this.variables, options.adamEpsilon);
  }

  get variables(): readonly tf.Variable[] {
    return this.#networks.flatMap(({ variables }) => variables);
  }

  /** Such as `actor/role/hidden/0/kernel`. */
  get names(): readonly string[] {
    return this.#networks.flatMap((network) => prefixNames(this.name, network));
  }

  /** First and second moment of each variable. */
  get moments(): readonly tf.Variable[] {
    return this.#optimizer.momentsOf(this.variables);
  }

  get momentNames(): readonly string[] {
    return this.names.flatMap((name) => [`${name}/first-moment`, `${name}/second-moment`]);
  }

  get steps(): number {
    return this.#optimizer.steps;
  }

  restoreSteps(steps: number): void {
    this.#optimizer.restoreSteps(steps);
  }

  /** Hands the moments of a variable to the one that takes its place. A child moves as its parent did until then. */
  readonly onReplace: OnReplace = (previous, next, change) => this.#optimizer.replace(previous, next, change);

  /** Clipped gradients of a loss; the caller's `tf.tidy` frees them. Throws `NonFiniteGradientError`. */
  computeGradients(
    computeLoss: () => Loss,
  ): { readonly gradients: readonly tf.Tensor[] } & Omit<StepReport, 'learningRate'> {
    const { variables } = this;
    const parts: Record<string, number> = {};
    const { grads } = tf.variableGrads(() => {
      const loss = computeLoss();
      for (const [name, part] of Object.entries(loss.parts)) parts[name] = part.dataSync()[0]!;
      return loss.total.asScalar();
    }, [...variables]);
    const { clipped, norm } = clipByGlobalNorm(
      variables.map((variable) => grads[variable.name]!),
      this.#options.maxGradientNorm,
    );
    if (!Number.isFinite(norm)) throw new NonFiniteGradientError(this.name, norm);
    return { gradients: clipped, parts, norm };
  }

  /** Moves the variables against their gradients; `done`: updates before this one. Returns the learning rate. */
  step(gradients: readonly tf.Tensor[], done: number): number {
    const learningRate = computeScheduled(this.#options.learningRate, done);
    this.#optimizer.step(this.variables, gradients, learningRate);
    return learningRate;
  }

  /** Frees the networks and the optimiser. */
  dispose(): void {
    this.#optimizer.dispose();
    for (const network of this.#networks) network.dispose();
  }
}

/** One step of every group, in which no loss sees a step of another. `done`: updates before this one. */
export function stepTogether(
  losses: readonly (readonly [ParameterGroup, () => Loss])[],
  done: number,
): readonly StepReport[] {
  return tf.tidy(() => {
    const computed = losses.map(([group, computeLoss]) => ({ group, ...group.computeGradients(computeLoss) }));
    return computed.map(({ group, gradients, parts, norm }) => ({
      parts,
      norm,
      learningRate: group.step(gradients, done),
    }));
  });
}
