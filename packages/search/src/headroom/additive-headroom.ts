import { computeActionMasks, legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import type { RankingTask } from '@rppkit/spec';
import { type InteractionWeights, writeInteraction } from './interaction-fit.ts';
import type { PromptCells } from './prompt-cells.ts';
import type { StandardizedObservations } from './standardize-observations.ts';

export interface AdditiveHeadroomOptions {
  readonly space: PatternSpace;
  readonly tasks: readonly RankingTask[];
  readonly cells: PromptCells;
  /** Main effects, `Float64Array [cells]`. */
  readonly effects: Float64Array;
  readonly observations: StandardizedObservations;
}

/**
 * The headroom of a model in which what the patterns are worth adds up: for each pattern the mean over tasks of the best legal
 * expression's worth less the best mean of one expression for all (served as the longest legal window where it is illegal).
 */
export class AdditiveHeadroom {
  readonly #options: AdditiveHeadroomOptions;
  /** For each task the cell that is served where a cell is wanted, `Int32Array [tasks, cells]`. */
  readonly #served: Int32Array;

  constructor(options: AdditiveHeadroomOptions) {
    this.#options = options;
    const { space, tasks, cells } = options;
    this.#served = new Int32Array(tasks.length * cells.count);
    for (const [index, task] of tasks.entries()) {
      const masks = computeActionMasks(space, task);
      const first = masks.map((mask) => mask.indexOf(1));
      for (const [position, mask] of masks.entries()) {
        for (let action = 0; action < mask.length; action++) {
          const wanted = first.map((legal, place) => (place === position ? action : legal));
          const served = mask[action] === 1 ? action : legalizeJointAction(space, wanted, task)[position]!;
          this.#served[index * cells.count + cells.starts[position]! + action] = cells.starts[position]! + served;
        }
      }
    }
  }

  /** `Float64Array [patterns]`, in units of the reward; the interaction counts `scale` times. */
  compute(weights: InteractionWeights, scale = 1): Float64Array {
    const { tasks, cells, effects, observations } = this.#options;
    const { count, starts } = cells;
    const worth = new Float64Array(count);
    const sums = new Float64Array(count);
    const headroom = new Float64Array(starts.length - 1);
    for (let task = 0; task < tasks.length; task++) {
      writeInteraction(weights, observations, task, worth);
      for (let cell = 0; cell < count; cell++) worth[cell] = effects[cell]! + scale * worth[cell]!;
      for (let position = 0; position < headroom.length; position++) {
        let best = -Infinity;
        for (let cell = starts[position]!; cell < starts[position + 1]!; cell++) {
          const value = worth[this.#served[task * count + cell]!]!;
          sums[cell]! += value;
          if (value > best) best = value;
        }
        headroom[position]! += best / tasks.length;
      }
    }
    for (let position = 0; position < headroom.length; position++) {
      const fixed = Math.max(...sums.subarray(starts[position], starts[position + 1])) / tasks.length;
      // Never negative but for rounding.
      headroom[position] = Math.max(0, headroom[position]! - fixed);
    }
    return headroom;
  }
}
