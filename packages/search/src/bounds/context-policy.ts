import { legalizeJointAction } from '@rppkit/patterns';
import type { Encoder } from '@rppkit/spec';
import { groupByMasks } from '../group-by-masks.ts';
import { fitInteraction, writeInteraction } from '../headroom/interaction-fit.ts';
import { numberCells } from '../headroom/prompt-cells.ts';
import { standardizeObservations } from '../headroom/standardize-observations.ts';
import { computeActionMean } from './cube-means.ts';
import type { RewardCube } from './reward-cube.ts';
import { numberUsers } from './user-numbers.ts';

/** Fits a policy of the observation on some tasks of a cube and chooses for others. */
export interface ContextPolicyFitter {
  /** An index into the actions of the cube for each task of `others`. */
  choose(fitted: readonly number[], others: readonly number[]): Int32Array;
}

/** Per fitted row. An infinite penalty leaves the best fixed prompt. */
const penalties = [Infinity, 2, 0.2, 0.02];
const innerFolds = 3;

/**
 * The policy: what an action is worth is its mean over the fitted tasks plus, for each of its expressions, a linear function of the
 * observation (ridge regression). The penalty is chosen on the fitted tasks alone, by the rewards of the prompts that policies of
 * two thirds of their users choose for the last third; where no context helps there, the policy is the best fixed prompt. Encoders must be
 * prepared; observations are standardised over all tasks, without labels.
 */
export function createContextPolicyFitter(
  { tasks, space, choices }: RewardCube,
  means: Float64Array,
  encoders: readonly Encoder[],
): ContextPolicyFitter {
  const plain = tasks.map(({ task }) => task);
  const observations = standardizeObservations(plain, groupByMasks(plain, space), encoders);
  const cells = numberCells(space);
  const actions = choices.length;
  const patterns = space.patterns.length;
  const rowTasks = new Int32Array(means.length);
  const chosen = new Int32Array(means.length * patterns);
  for (const [task, judged] of plain.entries()) {
    for (const [action, choice] of choices.entries()) {
      const row = task * actions + action;
      rowTasks[row] = task;
      for (const [position, expression] of legalizeJointAction(space, choice, judged).entries()) {
        chosen[row * patterns + position] = cells.starts[position]! + expression;
      }
    }
  }
  const { userOf } = numberUsers(tasks);
  const levels = plain.map((_, task) => computeRowMean(means.subarray(task * actions, (task + 1) * actions)));

  /** The choices of one policy for each penalty. */
  const chooseAll = (fitted: readonly number[], others: readonly number[], wanted: readonly number[]): Int32Array[] => {
    const effects = Float64Array.from(choices, (_, action) => computeActionMean(means, actions, action, fitted));
    const rows = fitted.flatMap((task) =>
      Array.from({ length: actions }, (_, action) => task * actions + action).filter(
        (row) => !Number.isNaN(means[row]),
      ),
    );
    const level = rows.reduce((sum, row) => sum + levels[rowTasks[row]!]!, 0) / rows.length;
    const finite = wanted.filter((penalty) => penalty < Infinity);
    const weights =
      finite.length === 0 || observations.size === 0
        ? []
        : fitInteraction(
            {
              cells,
              effects,
              tasks: Int32Array.from(rows, (row) => rowTasks[row]!),
              chosen: gather(chosen, rows, patterns),
              residuals: Float64Array.from(rows, (row) => {
                return means[row]! - levels[rowTasks[row]!]! - (effects[row % actions]! - level);
              }),
            },
            observations,
            finite.map((penalty) => penalty * rows.length),
          );
    return wanted.map((penalty) => {
      const worth = new Float64Array(cells.count);
      const own = weights[finite.indexOf(penalty)];
      return Int32Array.from(others, (task) => {
        if (own !== undefined) writeInteraction(own, observations, task, worth);
        let best = -1;
        let bestScore = -Infinity;
        for (let action = 0; action < actions; action++) {
          let score = effects[action]!;
          const from = (task * actions + action) * patterns;
          for (let position = 0; position < patterns; position++) score += worth[chosen[from + position]!]!;
          if (score > bestScore) {
            best = action;
            bestScore = score;
          }
        }
        return best;
      });
    });
  };

  return {
    choose(fitted, others) {
      const values = new Float64Array(penalties.length);
      const places = new Map([...new Set(fitted.map((task) => userOf[task]!))].map((user, place) => [user, place]));
      const isHeld = (task: number, fold: number): boolean => places.get(userOf[task]!)! % innerFolds === fold;
      for (let fold = 0; fold < innerFolds; fold++) {
        const held = fitted.filter((task) => isHeld(task, fold));
        const rest = fitted.filter((task) => !isHeld(task, fold));
        for (const [index, picked] of chooseAll(rest, held, penalties).entries()) {
          for (const [place, task] of held.entries()) {
            // Without an answer to fit on nothing is picked.
            const value = picked[place]! < 0 ? Number.NaN : means[task * actions + picked[place]!]!;
            values[index]! += Number.isNaN(value) ? levels[task]! || 0 : value;
          }
        }
      }
      const penalty = penalties[values.indexOf(Math.max(...values))]!;
      return chooseAll(fitted, others, [penalty])[0]!;
    },
  };
}

function computeRowMean(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

function gather(values: Int32Array, rows: readonly number[], width: number): Int32Array {
  const gathered = new Int32Array(rows.length * width);
  for (const [place, row] of rows.entries()) {
    for (let column = 0; column < width; column++) gathered[place * width + column] = values[row * width + column]!;
  }
  return gathered;
}
