import { computeActionMasks } from '@rppkit/patterns';
import { InvalidArgumentError, type RandomStream, type Scorer, samplePermutation } from '@rppkit/spec';
import type { RewardCube } from './reward-cube.ts';

/**
 * Expected reward of a random order, `Float64Array [tasks]`: the mean over the rotations of one, in which each candidate stands in
 * each place once; exact for metrics that add up over places, such as NDCG.
 */
export function scoreChance({ source, tasks }: RewardCube): Float64Array {
  return Float64Array.from(tasks, ({ task: { candidates } }, task) => {
    let sum = 0;
    for (let shift = 0; shift < candidates.length; shift++) {
      sum += source.judge(task, [Int32Array.from(candidates, (_, place) => (place + shift) % candidates.length)]);
    }
    return sum / candidates.length;
  });
}

/** Rewards of a scorer's rankings, `Float64Array [tasks]`; candidates with equal scores stand in random order. */
export function scoreScorer({ source, tasks }: RewardCube, scorer: Scorer, random: RandomStream): Float64Array {
  return Float64Array.from(tasks, ({ task: plain }, task) => {
    const scores = scorer.score(plain);
    if (scores.length !== plain.candidates.length || scores.some(Number.isNaN)) {
      const expected = `${plain.candidates.length} numbers for task ${JSON.stringify(plain.id)}`;
      throw new InvalidArgumentError(`what scorer ${scorer.name} gives`, expected, scores);
    }
    const order = samplePermutation(random.split(plain.id), scores.length);
    return source.judge(task, [order.sort((left, right) => scores[right]! - scores[left]!)]);
  });
}

/** Mean over the prompts of the cube that are legal for a task, over all where none is, `Float64Array [tasks]`. */
export function scoreRandomPrompts({ tasks, space, choices }: RewardCube, means: Float64Array): Float64Array {
  return Float64Array.from(tasks, ({ task: plain }, task) => {
    const masks = computeActionMasks(space, plain);
    const legal = choices.map((choice) => choice.every((action, position) => masks[position]![action] === 1));
    const any = legal.includes(true);
    let sum = 0;
    let count = 0;
    for (let action = 0; action < choices.length; action++) {
      const value = means[task * choices.length + action]!;
      if ((any && !legal[action]) || Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    return sum / count;
  });
}
