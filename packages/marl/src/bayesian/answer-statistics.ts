import type { CriticFeatures } from './critic-features.ts';

/** Sufficient statistics of a linear regression: they grow with the features, not with the rows. */
export interface AnswerStatistics {
  readonly rows: number;
  /** X'X, lower triangle, `Float64Array [size, size]`. */
  readonly gram: Float64Array;
  /** X'y, `Float64Array [size]`. */
  readonly moment: Float64Array;
  /** y'y. */
  readonly squares: number;
}

export function createAnswerStatistics(size: number): AnswerStatistics {
  return { rows: 0, gram: new Float64Array(size * size), moment: new Float64Array(size), squares: 0 };
}

/** A joint action in a state. */
export interface Choice {
  /** `[stateSize]` */
  readonly state: Float32Array;
  /** `[observationSize]` */
  readonly observation: Float32Array;
  /** In the order of the agents. */
  readonly actions: readonly number[];
}

/** What a joint action brought in a state. */
export interface Answer extends Choice {
  /** The return of the step. */
  readonly value: number;
}

/** The statistics with more answers; the arrays of the old ones are written to. */
export function addAnswers(
  features: CriticFeatures,
  statistics: AnswerStatistics,
  answers: readonly Answer[],
): AnswerStatistics {
  const { gram, moment } = statistics;
  let { squares } = statistics;
  for (const answer of answers) {
    const { indices, values } = readChoice(features, answer);
    for (let left = 0; left < indices.length; left++) {
      const offset = indices[left]! * features.size;
      const value = values[left]!;
      moment[indices[left]!]! += value * answer.value;
      for (let right = 0; right < indices.length; right++) {
        if (indices[right]! <= indices[left]!) gram[offset + indices[right]!]! += value * values[right]!;
      }
    }
    squares += answer.value ** 2;
  }
  return { rows: statistics.rows + answers.length, gram, moment, squares };
}

/** The statistics with features of a new block at the end, which no answer has. */
export function widenStatistics(statistics: AnswerStatistics, size: number): AnswerStatistics {
  const old = statistics.moment.length;
  const gram = new Float64Array(size * size);
  for (let row = 0; row < old; row++) gram.set(statistics.gram.subarray(row * old, row * old + old), row * size);
  const moment = new Float64Array(size);
  moment.set(statistics.moment);
  return { ...statistics, gram, moment };
}

/** What weights say of a joint action in a state. */
export function predictValue(features: CriticFeatures, weights: Float64Array, choice: Choice): number {
  const { indices, values } = readChoice(features, choice);
  return indices.reduce((sum, feature, at) => sum + weights[feature]! * values[at]!, 0);
}

/** The features that are not 0. */
function readChoice(
  features: CriticFeatures,
  { state, observation, actions }: Choice,
): { readonly indices: readonly number[]; readonly values: readonly number[] } {
  const indices = [0];
  const values = [1];
  for (let index = 0; index < state.length; index++) {
    indices.push(1 + index);
    values.push(state[index]!);
  }
  for (const [agent, action] of actions.entries()) {
    for (const start of features.listBlocks(agent, action)) {
      indices.push(start);
      values.push(1);
      for (let index = 0; index < observation.length; index++) {
        indices.push(start + 1 + index);
        values.push(observation[index]!);
      }
    }
  }
  return { indices, values };
}
