import { addRow, factorizeCholesky, type LinearMoments, solveLower, solveLowerTransposed } from '@rppkit/regression';
import { InvalidArgumentError } from '@rppkit/spec';
import type { LearningSpace } from '../learner/learning-space.ts';
import {
  assertStandardization,
  copyStandardization,
  fitStandardization,
  type Standardization,
  standardizeRow,
} from './standardization.ts';

/** An observation and the central state at the same moment. */
export interface StateRow {
  /** `[observationSize]` */
  readonly observation: Float32Array;
  /** `[stateSize]` */
  readonly state: Float32Array;
}

export interface SavedStateModel {
  readonly observed: Standardization;
  readonly central: Standardization;
  readonly gram: Float64Array;
  readonly moments: readonly Float64Array[];
}

/** Rows that hold the weights of an observation at 0. */
const penalty = 10;
const constantPenalty = 1e-3;

/**
 * What the observation says of the central state: one linear regression for each value of the state. Both are standardised
 * by the rows of the first addition.
 */
export class StateModel {
  readonly observationSize: number;
  readonly stateSize: number;
  #observed: Standardization;
  #central: Standardization;
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
    this.#observed = fitStandardization([], observationSize);
    this.#central = fitStandardization([], stateSize);
    this.#gram = new Float64Array(size * size);
    this.#moments = Array.from({ length: stateSize }, () => new Float64Array(size));
    this.#projection = this.#moments;
  }

  add(rows: readonly StateRow[]): void {
    const isFirst = this.#gram[0] === 0;
    if (isFirst) {
      this.#observed = fitStandardization(
        rows.map(({ observation }) => observation),
        this.observationSize,
      );
      this.#central = fitStandardization(
        rows.map(({ state }) => state),
        this.stateSize,
      );
    }
    const indices = Int32Array.from({ length: 1 + this.observationSize }, (_, index) => index);
    const squares: LinearMoments = { gram: this.#gram, moment: new Float64Array(indices.length) };
    for (const { observation, state } of rows) {
      const values = Float64Array.of(1, ...standardizeRow(observation, this.#observed));
      addRow(squares, { indices, values }, 0);
      for (const [value, target] of this.standardize(state).entries()) {
        const moment = this.#moments[value]!;
        for (const index of indices) moment[index]! += values[index]! * target;
      }
    }
  }

  refit(): void {
    const factor = this.#gram.slice();
    const size = 1 + this.observationSize;
    for (let index = 0; index < size; index++) factor[index * size + index]! += index === 0 ? constantPenalty : penalty;
    factorizeCholesky(factor, size);
    this.#projection = this.#moments.map((moment) => {
      const weights = moment.slice();
      solveLower(factor, weights, size);
      solveLowerTransposed(factor, weights, size);
      return weights;
    });
  }

  /** `Float64Array [stateSize]` */
  standardize(state: Float32Array): Float64Array {
    return standardizeRow(state, this.#central);
  }

  /**
   * Weights of (1, observation) whose sum is the expected sum of such weights of (1, standardised state), given the
   * observation as it is: `Float64Array [1 + observationSize]`.
   */
  project(weights: Float64Array): Float64Array {
    const projected = new Float64Array(1 + this.observationSize);
    projected[0] = weights[0]!;
    for (const [value, own] of this.#projection.entries()) {
      for (let index = 0; index < projected.length; index++) projected[index]! += weights[1 + value]! * own[index]!;
    }
    const { center, scale } = this.#observed;
    for (let index = 0; index < this.observationSize; index++) {
      projected[1 + index]! /= scale[index]!;
      projected[0]! -= projected[1 + index]! * center[index]!;
    }
    return projected;
  }

  save(): SavedStateModel {
    return {
      observed: copyStandardization(this.#observed),
      central: copyStandardization(this.#central),
      gram: this.#gram.slice(),
      moments: this.#moments.map((moment) => moment.slice()),
    };
  }

  /** Checks, without a change; returns what sets it. Throws `InvalidArgumentError` for what `save` cannot have made. */
  prepareRestore(saved: SavedStateModel | undefined): () => void {
    const size = 1 + this.observationSize;
    assertStandardization('state.extra.stateModel.observed', saved?.observed, this.observationSize);
    assertStandardization('state.extra.stateModel.central', saved?.central, this.stateSize);
    const { gram, moments } = saved!;
    const isArray = (values: unknown, length: number): boolean =>
      values instanceof Float64Array && values.length === length && values.every(Number.isFinite);
    const isSaved =
      isArray(gram, size * size) &&
      Array.isArray(moments) &&
      moments.length === this.stateSize &&
      moments.every((moment) => isArray(moment, size));
    if (!isSaved) {
      throw new InvalidArgumentError('state.extra.stateModel', `statistics of ${this.stateSize} values`, saved);
    }
    return () => {
      this.#observed = copyStandardization(saved!.observed);
      this.#central = copyStandardization(saved!.central);
      this.#gram = gram.slice();
      this.#moments = moments.map((moment) => moment.slice());
      this.refit();
    };
  }
}
