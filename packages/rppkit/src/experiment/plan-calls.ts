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
  plan.set('train', countUpdates(config) * config.batchSize);
  plan.set('evaluate', reportUsers * countEvaluatedPrompts(config));
  return plan;
}

/** The plan as one line for people. */
export function describePlan(plan: ReadonlyMap<CallPhase, number>): string {
  const format = (calls: number): string => calls.toLocaleString('en-US');
  const total = [...plan.values()].reduce((sum, calls) => sum + calls, 0);
  return `LLM calls: ${format(total)} (${Array.from(plan, ([phase, calls]) => `${phase} ${format(calls)}`).join(', ')})`;
}
