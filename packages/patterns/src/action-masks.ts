import type { RankingTask } from '@rppkit/spec';
import { computeWindow, type WindowOptions } from './history-window.ts';
import { isWordedAlike } from './history-wording.ts';
import { getExpressions, type JointAction } from './joint-action.ts';
import { findUnretired } from './lineage.ts';
import type { PatternSpace } from './pattern-space.ts';

/**
 * Legal expressions for a task, one `Uint8Array [expressions]` a pattern, 1 = legal. Retired ones are illegal, and so is a
 * window longer than the history; the smallest of the others is always legal and shows what there is, even nothing.
 */
export function computeActionMasks(
  space: PatternSpace,
  task: RankingTask,
  options: WindowOptions = {},
): readonly Uint8Array[] {
  return space.patterns.map((pattern) => {
    const mask = Uint8Array.from(pattern.expressions, ({ retired }) => (retired === true ? 0 : 1));
    if (pattern.section !== 'history') return mask;
    const windows = pattern.expressions.map((expression) => computeWindow(pattern, expression, options));
    const smallest = Math.min(...windows.filter((_, index) => mask[index] === 1));
    windows.forEach((window, index) => {
      if (window > task.history.length && window > smallest) mask[index] = 0;
    });
    return mask;
  });
}

/**
 * The nearest joint action that is legal for a task: a retired expression becomes the nearest one that it was refined from,
 * or else the first legal one; an illegal window becomes the longest legal one in the same words, or else the longest in
 * any; every other choice stays. This is how a fixed prompt is asked for a user whose history is too short for it. Throws
 * `InvalidArgumentError` for a choice outside the space.
 */
export function legalizeJointAction(
  space: PatternSpace,
  choice: JointAction,
  task: RankingTask,
  options: WindowOptions = {},
): JointAction {
  getExpressions(space, choice);
  const masks = computeActionMasks(space, task, options);
  return choice.map((chosen, position) => {
    const mask = masks[position]!;
    const pattern = space.patterns[position]!;
    const action = findUnretired(pattern, chosen);
    if (mask[action] === 1) return action;
    if (pattern.section !== 'history') return mask.indexOf(1);
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
