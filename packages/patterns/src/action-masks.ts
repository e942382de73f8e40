import type { RankingTask } from '@rppkit/spec';
import { computeWindow, type WindowOptions } from './history-window.ts';
import { isWordedAlike } from './history-wording.ts';
import { getExpressions, type JointAction } from './joint-action.ts';
import type { PatternSpace } from './pattern-space.ts';

/**
 * Legal expressions for a task, one `Uint8Array [expressions]` a pattern, 1 = legal. A window longer than the history is
 * illegal; the smallest is always legal and shows what there is, even nothing.
 */
export function computeActionMasks(
  space: PatternSpace,
  task: RankingTask,
  options: WindowOptions = {},
): readonly Uint8Array[] {
  return space.patterns.map((pattern) => {
    const mask = new Uint8Array(pattern.expressions.length).fill(1);
    if (pattern.section !== 'history') return mask;
    const windows = pattern.expressions.map((expression) => computeWindow(pattern, expression, options));
    const smallest = Math.min(...windows);
    windows.forEach((window, index) => {
      if (window > task.history.length && window > smallest) mask[index] = 0;
    });
    return mask;
  });
}

/**
 * The nearest joint action that is legal for a task: an illegal window becomes the longest legal one in the same words, or
 * else the longest in any; every other choice stays. This is how a fixed prompt is asked for a user whose history is too
 * short for it. Throws `InvalidArgumentError` for a choice outside the space.
 */
export function legalizeJointAction(
  space: PatternSpace,
  choice: JointAction,
  task: RankingTask,
  options: WindowOptions = {},
): JointAction {
  getExpressions(space, choice);
  const masks = computeActionMasks(space, task, options);
  return choice.map((action, position) => {
    const mask = masks[position]!;
    if (mask[action] === 1) return action;
    const pattern = space.patterns[position]!;
    const windows = pattern.expressions.map((expression) => computeWindow(pattern, expression, options));
    let longest = -1;
    let longestAlike = -1;
    for (let index = 0; index < mask.length; index++) {
      if (mask[index] === 0) continue;
      if (longest < 0 || windows[index]! > windows[longest]!) longest = index;
      if (!isWordedAlike(pattern.expressions[index]!, pattern.expressions[action]!)) continue;
      if (longestAlike < 0 || windows[index]! > windows[longestAlike]!) longestAlike = index;
    }
    return longestAlike < 0 ? longest : longestAlike;
  });
}
