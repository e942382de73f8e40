import { addRow, type LinearMoments, type SparseRow, widenMoments } from '@rppkit/regression';
import type { CriticFeatures } from './critic-features.ts';

/** Sufficient statistics of a linear regression: they grow with the features, not with the rows. */
export interface AnswerStatistics extends LinearMoments {
  readonly rows: number;
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
  for (const answer of answers) addRow(statistics, readChoice(features, answer), answer.value);
  const squares = answers.reduce((sum, { value }) => sum + value ** 2, statistics.squares);
  return { ...statistics, rows: statistics.rows + answers.length, squares };
}

/** The statistics with features of a new block at the end, which no answer has. */
export function widenStatistics(statistics: AnswerStatistics, size: number): AnswerStatistics {
  return { ...statistics, ...widenMoments(statistics, size) };
}

/** What weights say of a joint action in a state. */
export function predictValue(features: CriticFeatures, weights: Float64Array, choice: Choice): number {
  const { indices, values } = readChoice(features, choice);
  return values.reduce((sum, value, at) => sum + weights[indices[at]!]! * value, 0);
}

/** The features that are not 0. */
function readChoice(features: CriticFeatures, { state, actions }: Choice): SparseRow {
  const indices = [0];
  const values = [1];
  const addState = (start: number): void => {
    for (let index = 0; index < state.length; index++) {
      indices.push(start + index);
      values.push(state[index]!);
    }
  };
  addState(1);
  for (const [agent, action] of actions.entries()) {
    for (const start of features.listBlocks(agent, action)) {
      indices.push(start);
      values.push(1);
      addState(start + 1);
    }
  }
  return { indices: Int32Array.from(indices), values: Float64Array.from(values) };
}
