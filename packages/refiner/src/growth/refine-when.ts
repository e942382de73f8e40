import type { RefineWhen } from './growth-options.ts';

/**
 * Whether expressions are to be refined now.
 *
 * @param scores mean score of each update so far, the newest last
 * @param since updates since they were last refined, or since the start
 */
export function isRefiningDue(when: RefineWhen, scores: readonly number[], since: number): boolean {
  if ('every' in when) return since >= when.every;
  const { plateau, minimumDelta = 0.005 } = when;
  if (since < plateau || scores.length < 2 * plateau) return false;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return mean(scores.slice(-plateau)) - mean(scores.slice(-2 * plateau, -plateau)) <= minimumDelta;
}

/** How many of the scores decide. */
export function countScores(when: RefineWhen): number {
  return 'every' in when ? 0 : 2 * when.plateau;
}
