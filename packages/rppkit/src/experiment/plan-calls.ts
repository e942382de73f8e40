import type { PatternSpace } from '@rppkit/patterns';
import { planBestFixedPrompt } from '@rppkit/search';
import type { ExperimentConfig } from './experiment-config.ts';
import type { CallPhase } from './results.ts';

/** Prompts that the evaluation asks each report user: random, best fixed, RPP, the swaps, and the oracle where it is asked. */
export function countEvaluatedPrompts({
  swaps,
  oracleAnswers,
}: Pick<ExperimentConfig, 'swaps' | 'oracleAnswers'>): number {
  return 3 + swaps + (oracleAnswers > 0 ? 1 : 0);
}

/** Updates of the training: whole batches. */
export function countUpdates({ episodes, batchSize }: Pick<ExperimentConfig, 'episodes' | 'batchSize'>): number {
  return Math.ceil(episodes / batchSize);
}

/** Answers that one refinement may take. */
export const refineAttempts = 2;

/** The calls of the training, and how many of them may refine: what that leaves is not spent otherwise. */
export function planTraining(config: Pick<ExperimentConfig, 'episodes' | 'batchSize' | 'plus'>): {
  readonly train: number;
  readonly refine: number;
} {
  const updates = countUpdates(config);
  const calls = updates * config.batchSize;
  const { plus } = config;
  if (plus === undefined) return { train: calls, refine: 0 };
  const { every, share, patterns } = plus;
  const refine = Math.min(Math.floor(share * calls), Math.floor(updates / every) * patterns.length * refineAttempts);
  return { train: calls - refine, refine };
}

/** Calls to find the best fixed prompt: where not given, as many as training makes, so that neither has the better chance. */
export function countBestFixedCalls(
  config: Pick<ExperimentConfig, 'bestFixedCalls' | 'episodes' | 'batchSize'>,
): number {
  return config.bestFixedCalls ?? Math.max(128, countUpdates(config) * config.batchSize);
}

/** The calls that a run will make if none fails, by phase; fewer reach the model where a store holds answers. */
export function planCalls(
  config: ExperimentConfig,
  space: PatternSpace,
  reportUsers: number,
): ReadonlyMap<CallPhase, number> {
  const plan = new Map<CallPhase, number>();
  plan.set('best fixed prompt', planBestFixedPrompt(countBestFixedCalls(config), space).calls);
  if (config.oracleAnswers > 0) plan.set('context oracle', config.oracleAnswers);
  const { train, refine } = planTraining(config);
  plan.set('train', train);
  if (config.plus !== undefined) plan.set('refine', refine);
  plan.set('evaluate', reportUsers * countEvaluatedPrompts(config));
  return plan;
}

/** The plan as one line for people. */
export function describePlan(plan: ReadonlyMap<CallPhase, number>): string {
  const format = (calls: number): string => calls.toLocaleString('en-US');
  const total = [...plan.values()].reduce((sum, calls) => sum + calls, 0);
  return `LLM calls: ${format(total)} (${Array.from(plan, ([phase, calls]) => `${phase} ${format(calls)}`).join(', ')})`;
}
