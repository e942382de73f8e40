import { addRow, factorizeCholesky, solveLower, solveLowerTransposed } from '@rppkit/regression';
import { InvalidArgumentError } from '@rppkit/spec';
import type { LearningSpace } from '../learner/learning-space.ts';
import { computeStandardization, standardizeGram, standardizeMoment, unstandardizeWeights } from './standardization.ts';

/** An observation and the central state at the same moment. */
export interface StateRow {
  /** `[observationSize]` */
  readonly observation: Float32Array;
  /** `[stateSize]` */
  readonly state: Float32Array;
}

export interface SavedStateModel {
  readonly gram: Float64Array;
  readonly moments: readonly Float64Array[];
}

/** Rows that hold the weight of a standardised observation at 0. */
const penalty = 10;
const constantPenalty = 1e-3;
/** The blocks (1, observation) of a row: one. */
const starts = [0];

/** What the observation says of the central state: one linear regression for each value of the state. */
export class StateModel {
  readonly observationSize: number;
  readonly stateSize: number;
  /** X'X of rows (1, observation), lower triangle. */
  #gram: Float64Array;
  /** X'y by value of the state. */
  #moments: readonly Float64Array[];
  /** Weights of (1, observation), by value of the state. */
  #projection: readonly Float64Array[];

  constructor({ observationSize, stateSize }: LearningSpace) {
    this.observationSize = observationSize;
    this.stateSize = stateSize;
    const size = 1 + observationSize;
    this.#gram = new Float64Array(size * size);
    this.#moments = Array.from({ length: stateSize }, () => new Float64Array(size));
    this.#projection = this.#moments.map((moment) => moment.slice());
  }

  add(rows: readonly StateRow[]): void {
    const indices = Int32Array.from({ length: 1 + this.observationSize }, (_, index) => index);
    for (const { observation, state } of rows) {
      const values = Float64Array.of(1, ...observation);
      addRow({ gram: this.#gram, moment: new Float64Array(values.length) }, { indices, values }, 0);
      for (const [value, moment] of this.#moments.entries()) {
        for (const index of indices) moment[index]! += values[index]! * state[value]!;
      }
    }
  }

  /** Throws `InvalidArgumentError` where numbers are too large for finite weights. */
  refit(): void {
    this.#projection = solveProjection(this.#gram, this.#moments);
  }

  /**
   * Weights of (1, observation) whose sum is the expected sum of such weights of (1, state), given the observation:
   * `Float64Array [1 + observationSize]`.
   */
  project(weights: Float64Array): Float64Array {
    const projected = new Float64Array(1 + this.observationSize);
    projected[0] = weights[0]!;
    for (const [value, own] of this.#projection.entries()) {
      for (let index = 0; index < projected.length; index++) projected[index]! += weights[1 + value]! * own[index]!;
    }
    return projected;
  }

  save(): SavedStateModel {
    return { gram: this.#gram.slice(), moments: this.#moments.map((moment) => moment.slice()) };
  }

  /** Checks, without a change; returns what sets it. Throws `InvalidArgumentError` for what `save` cannot have made. */
  prepareRestore(saved: SavedStateModel | undefined): () => void {
    const size = 1 + this.observationSize;
    const isArray = (values: unknown, length: number): values is Float64Array =>
      values instanceof Float64Array && values.length === length && values.every(Number.isFinite);
    const { gram, moments } = saved ?? ({} as Partial<SavedStateModel>);
    const isSaved =
      isArray(gram, size * size) &&
      Array.isArray(moments) &&
      moments.length === this.stateSize &&
      moments.every((moment) => isArray(moment, size));
    if (!isSaved) {
      throw new InvalidArgumentError('state.extra.stateModel', `statistics of ${this.stateSize} values`, saved);
    }
    const projection = solveProjection(gram, moments);
    return () => {
      this.#gram = gram.slice();
      this.#moments = moments.map((moment: Float64Array) => moment.slice());
      this.#projection = projection;
    };
  }
}

function solveProjection(gram: Float64Array, moments: readonly Float64Array[]): readonly Float64Array[] {
  const size = Math.sqrt(gram.length);
  const standardization = computeStandardization(gram, size, size - 1);
  const factor = standardizeGram(gram, starts, standardization);
  for (let index = 0; index < size; index++) factor[index * size + index]! += index === 0 ? constantPenalty : penalty;
  factorizeCholesky(factor, size);
  const projection = moments.map((moment) => {
    const weights = moment.slice();
    standardizeMoment(weights, starts, standardization);
    solveLower(factor, weights, size);
    solveLowerTransposed(factor, weights, size);
    unstandardizeWeights(weights, starts, standardization);
    return weights;
  });
  if (projection.every((weights) => weights.every(Number.isFinite))) return projection;
  throw new InvalidArgumentError(
    'rollout',
    'states and observations of ordinary size',
    'some so large that their regression has no finite weights',
    'Standardise them.',
  );
}
