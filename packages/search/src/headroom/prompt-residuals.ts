import type { JointAction, PatternSpace } from '@rppkit/patterns';
import { createRidgeRegression } from '@rppkit/regression';
import { numberCells, type PromptCells } from './prompt-cells.ts';
import type { StandardizedObservations } from './standardize-observations.ts';

/** Answers to prompts, one after the other. */
export interface PromptRow {
  /** Index into the tasks. */
  readonly task: number;
  /** Legal for the task. */
  readonly choice: JointAction;
  readonly reward: number;
}

/** What rewards leave when the main effects of prompts and users are taken away. */
export interface PromptResiduals {
  readonly cells: PromptCells;
  /** Main effect of each cell, mean 0 within a pattern, `Float64Array [cells]`. */
  readonly effects: Float64Array;
  /** Task of each row, `Int32Array [rows]`. */
  readonly tasks: Int32Array;
  /** `Int32Array [rows, patterns]`. */
  readonly chosen: Int32Array;
  /** `Float64Array [rows]`. */
  readonly residuals: Float64Array;
}

/** Slight: it only picks one of the equal solutions, since the indicators of a pattern sum to 1. */
const penalty = 1e-3;

/**
 * Fits an additive model, reward = constant + main effects of the expressions + linear function of the observation, and takes from
 * its residuals what the answers of a user have in common, shrunk by how reliably few answers show it (best linear prediction
 * of a random intercept).
 */
export function computePromptResiduals(
  rows: readonly PromptRow[],
  { space, observations }: { readonly space: PatternSpace; readonly observations: StandardizedObservations },
): PromptResiduals {
  const cells = numberCells(space);
  const patterns = space.patterns.length;
  const { size, values } = observations;
  const tasks = Int32Array.from(rows, ({ task }) => task);
  const chosen = new Int32Array(rows.length * patterns);
  for (const [row, { choice }] of rows.entries()) {
    for (const [position, action] of choice.entries())
      chosen[row * patterns + position] = cells.starts[position]! + action;
  }
  const mean = rows.reduce((sum, { reward }) => sum + reward, 0) / rows.length;
  const regression = createRidgeRegression(cells.count + size);
  const indices = new Int32Array(patterns + size);
  const features = new Float64Array(patterns + size).fill(1);
  const setFeatures = (row: number): void => {
    indices.set(chosen.subarray(row * patterns, (row + 1) * patterns));
    for (let place = 0; place < size; place++) {
      indices[patterns + place] = cells.count + place;
      features[patterns + place] = values[tasks[row]! * size + place]!;
    }
  };
  for (let row = 0; row < rows.length; row++) {
    setFeatures(row);
    regression.add({ indices, values: features }, rows[row]!.reward - mean);
  }
  const weights = regression.solve(penalty);
  const residuals = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    setFeatures(row);
    let residual = rows[row]!.reward - mean;
    for (let place = 0; place < indices.length; place++) residual -= weights[indices[place]!]! * features[place]!;
    residuals[row] = residual;
  }
  removeIntercepts(residuals, tasks);
  return { cells, effects: centreEffects(weights, cells), tasks, chosen, residuals };
}

/** Analysis of variance of one random factor, the task; see Searle, Casella, McCulloch: Variance Components, Wiley, 1992. */
function removeIntercepts(residuals: Float64Array, tasks: Int32Array): void {
  const sums = new Map<number, { sum: number; count: number }>();
  for (let row = 0; row < tasks.length; row++) {
    const entry = sums.get(tasks[row]!) ?? { sum: 0, count: 0 };
    entry.sum += residuals[row]!;
    entry.count++;
    sums.set(tasks[row]!, entry);
  }
  const repeats = tasks.length - sums.size;
  if (repeats === 0) return;
  let within = 0;
  for (let row = 0; row < tasks.length; row++) {
    const { sum, count } = sums.get(tasks[row]!)!;
    within += (residuals[row]! - sum / count) ** 2;
  }
  within /= repeats;
  let between = 0;
  for (const { sum, count } of sums.values()) between += (sum / count) ** 2 - within / count;
  between = Math.max(0, between / sums.size);
  if (between === 0) return;
  for (let row = 0; row < tasks.length; row++) {
    const { sum, count } = sums.get(tasks[row]!)!;
    residuals[row]! -= (between / (between + within / count)) * (sum / count);
  }
}

function centreEffects(weights: Float64Array, { count, starts }: PromptCells): Float64Array {
  const effects = weights.slice(0, count);
  for (let position = 0; position + 1 < starts.length; position++) {
    const part = effects.subarray(starts[position], starts[position + 1]);
    const mean = part.reduce((sum, effect) => sum + effect, 0) / part.length;
    for (let cell = 0; cell < part.length; cell++) part[cell]! -= mean;
  }
  return effects;
}
