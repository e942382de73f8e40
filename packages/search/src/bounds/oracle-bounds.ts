import type { RandomStream } from '@rppkit/spec';
import type { CrossFitChoices } from './cross-fit-choices.ts';
import { computeCubeMeans, findBestAction } from './cube-means.ts';
import type { RewardCube } from './reward-cube.ts';
import { swapPrompts } from './swap-prompts.ts';
import { splitByFold } from './user-folds.ts';

/** Best prompt of each type on users of other folds, `Float64Array [tasks]`; the best fixed prompt where they have none of it. */
export function scoreTypeOracle(
  { tasks, choices: prompts }: RewardCube,
  { means, fixed, foldOf, folds }: CrossFitChoices,
  typeOf: (task: number) => string | number,
): Float64Array {
  const actions = prompts.length;
  const types = tasks.map((_, task) => typeOf(task));
  const values = new Float64Array(tasks.length);
  for (let fold = 0; fold < folds; fold++) {
    const { inside, outside } = splitByFold(foldOf, fold);
    const best = new Map<string | number, number>();
    for (const type of new Set(types)) {
      const own = outside.filter((task) => types[task] === type);
      best.set(type, findBestAction(means, actions, own));
    }
    for (const task of inside) {
      const action = best.get(types[task]!)!;
      values[task] = means[task * actions + (action < 0 ? fixed[task]! : action)]!;
    }
  }
  return values;
}

/** Best prompt of each task on one half of the draws, scored on the other, both ways, `Float64Array [tasks]`. */
export function scoreLabelOracle(cube: RewardCube): Float64Array {
  const actions = cube.choices.length;
  const halves = [0, 1].map((half) => computeCubeMeans(cube, (draw) => draw % 2 === half));
  return Float64Array.from(cube.tasks, (_, task) => {
    let sum = 0;
    for (const half of [0, 1]) {
      const best = findBestAction(halves[half]!, actions, [task]);
      sum += best < 0 ? Number.NaN : halves[1 - half]![task * actions + best]!;
    }
    return sum / 2;
  });
}

const swaps = 20;

/** The context oracle's prompts handed to other users of the same fold with the same masks, mean of 20 swaps, `Float64Array [tasks]`. */
export function scoreSwapped(
  { tasks, space, choices: prompts }: RewardCube,
  { means, oracle, foldOf, folds }: CrossFitChoices,
  random: RandomStream,
): Float64Array {
  const actions = prompts.length;
  const numberOf = new Map(prompts.map((choice, action) => [choice, action]));
  const values = new Float64Array(tasks.length);
  for (let fold = 0; fold < folds; fold++) {
    const { inside } = splitByFold(foldOf, fold);
    const options = {
      tasks: inside.map((task) => tasks[task]!.task),
      choices: inside.map((task) => prompts[oracle[task]!]!),
    };
    for (let swap = 0; swap < swaps; swap++) {
      const swapped = swapPrompts({ ...options, space, random: random.split(fold).split(swap) });
      for (const [place, choice] of swapped.entries()) {
        const task = inside[place]!;
        values[task]! += means[task * actions + numberOf.get(choice)!]! / swaps;
      }
    }
  }
  return values;
}
