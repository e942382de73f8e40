import type { PatternSpace } from '@rppkit/patterns';
import { planBestFixedPrompt } from '@rppkit/search';
import type { CallPlan } from '../experiment/plan-calls.ts';
import { ensembleOrders } from './measure-row.ts';
import { type RankingRowName, rankingRows } from './ranking-rows.ts';

export interface SuitePlanOptions {
  /** Rows that are still to be measured, by seed. */
  readonly rows: readonly (readonly RankingRowName[])[];
  /** Policies of another model that are to be trained for it. */
  readonly otherTrainings: number;
  readonly space: PatternSpace;
  readonly budget: number;
  readonly reportUsers: number;
  readonly swaps: number;
}

/**
 * The calls that the rows take at most: answers that two rows share are asked for once. A policy or best fixed prompt that a row
 * needs of another one is counted with it.
 */
export function planSuite({ rows, otherTrainings, space, budget, reportUsers, swaps }: SuitePlanOptions): CallPlan {
  let [searches, trainings, rankings] = [0, otherTrainings, 0];
  for (const own of rows) {
    if (own.some((row) => row === 'best-fixed' || row === 'ensemble' || row.endsWith('-frozen'))) searches++;
    if (own.includes('rpp') || own.includes('rpp-swapped')) trainings++;
    for (const row of own) {
      if (rankingRows[row].kind === 'recommender') continue;
      rankings += row === 'rpp-swapped' ? swaps : row === 'ensemble' ? ensembleOrders : 1;
      if (row === 'bandit' || row.startsWith('rpp-plus') || row.endsWith('-frozen')) trainings++;
    }
  }
  return new Map([
    ['best fixed prompt', searches * planBestFixedPrompt(budget, space).calls],
    ['train', trainings * budget],
    // Out of the calls of the training.
    ['refine', null],
    ['evaluate', rankings * reportUsers],
  ]);
}
