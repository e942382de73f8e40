import { createRidgeRegression } from '@rppkit/regression';
import type { PromptResiduals } from './prompt-residuals.ts';
import type { StandardizedObservations } from './standardize-observations.ts';

/** How much the worth of each expression changes with each observation value, `Float64Array [cells, size]`. */
export type InteractionWeights = Float64Array;

/**
 * Ridge regression of residuals on the products of chosen expressions and observation values, once for each penalty. `isIn` says
 * which tasks are fitted on.
 */
export function fitInteraction(
  { cells, chosen, tasks, residuals }: PromptResiduals,
  { size, values }: StandardizedObservations,
  penalties: readonly number[],
  isIn: (task: number) => boolean = () => true,
): readonly InteractionWeights[] {
  const patterns = cells.starts.length - 1;
  const regression = createRidgeRegression(cells.count * size);
  const indices = new Int32Array(patterns * size);
  const features = new Float64Array(patterns * size);
  for (let row = 0; row < tasks.length; row++) {
    const task = tasks[row]!;
    if (!isIn(task)) continue;
    for (let position = 0; position < patterns; position++) {
      const from = chosen[row * patterns + position]! * size;
      for (let place = 0; place < size; place++) {
        indices[position * size + place] = from + place;
        features[position * size + place] = values[task * size + place]!;
      }
    }
    regression.add({ indices, values: features }, residuals[row]!);
  }
  return penalties.map((penalty) => regression.solve(penalty));
}

/** Writes what each expression is worth to a task beyond its main effect, `Float64Array [cells]`. */
export function writeInteraction(
  weights: InteractionWeights,
  { size, values }: StandardizedObservations,
  task: number,
  output: Float64Array,
): void {
  for (let cell = 0; cell < output.length; cell++) {
    let sum = 0;
    for (let place = 0; place < size; place++) sum += weights[cell * size + place]! * values[task * size + place]!;
    output[cell] = sum;
  }
}
