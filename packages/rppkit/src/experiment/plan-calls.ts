import type { PatternSpace } from '@rppkit/patterns';
import { planBestFixedPrompt } from '@rppkit/search';
import type { ExperimentConfig } from './experiment-config.ts';
import type { CallPhase } from './results.ts';

/** What decides how long a training is. */
type TrainingLength = Pick<ExperimentConfig, 'episodes' | 'batchSize' | 'rounds' | 'learner'>;

/**
 * Prompts that the evaluation asks each report user: random, best fixed, RPP and the swaps in all rounds, and the oracle where it is
 * asked. With several rounds the best fixed prompt is also asked as often as RPP asks, its first answer being there.
 */
export function countEvaluatedPrompts({
  swaps,
  oracleAnswers,
  rounds,
}: Pick<ExperimentConfig, 'swaps' | 'oracleAnswers' | 'rounds'>): number {
  return 2 + rounds * (1 + swaps) + (rounds - 1) + (oracleAnswers > 0 ? 1 : 0);
}

/** Updates of the training: one a batch of episodes; of the learner `reference` one a round of them. */
export function countUpdates({ episodes, batchSize, rounds, learner }: TrainingLength): number {
  return Math.ceil(episodes / batchSize) * (learner === 'reference' ? rounds : 1);
}

/** Episodes that have begun when an update is made, numbered from 1. */
export function countEpisodes({ batchSize, rounds, learner }: TrainingLength, update: number): number {
  return Math.ceil(update / (learner === 'reference' ? rounds : 1)) * batchSize;
}

/** Calls that training takes, refinements included. */
export function countTrainingCalls({ episodes, batchSize, rounds }: Omit<TrainingLength, 'learner'>): number {
  return Math.ceil(episodes / batchSize) * batchSize * rounds;
}

/** Calls to find the best fixed prompt: where not given, as many as training makes, so that neither has the better chance. */
export function countBestFixedCalls(
  config: Pick<ExperimentConfig, 'bestFixedCalls' | 'episodes' | 'batchSize' | 'rounds'>,
): number {
  return config.bestFixedCalls ?? Math.max(128, countTrainingCalls(config));
}

/** The calls that a run will make if none fails, by phase. */
export type CallPlan = ReadonlyMap<CallPhase, number | null>;

/**
 * Plans a run; fewer calls reach the model where a store holds answers. Refinements are null: they come out of the calls of
 * the training, which RPP+ need not use up.
 */
export function planCalls(config: ExperimentConfig, space: PatternSpace, reportUsers: number): CallPlan {
  const plan = new Map<CallPhase, number | null>();
  plan.set('best fixed prompt', planBestFixedPrompt(countBestFixedCalls(config), space).calls);
  if (config.oracleAnswers > 0) plan.set('context oracle', config.oracleAnswers);
  plan.set('train', countTrainingCalls(config));
  if (config.plus !== undefined) plan.set('refine', null);
  plan.set('evaluate', reportUsers * countEvaluatedPrompts(config));
  return plan;
}

const phaseOrder: readonly CallPhase[] = ['best fixed prompt', 'train', 'context oracle', 'evaluate'];

/** The phases of a plan in the order in which they run; refinements are part of the training. */
export function listPhases(plan: CallPlan): readonly { readonly label: CallPhase; readonly total: number }[] {
  return phaseOrder.flatMap((label) => {
    const total = plan.get(label);
    return total === undefined || total === null ? [] : [{ label, total }];
  });
}

/** Plans an evaluation of a policy that is there. */
export function planEvaluation(
  config: Pick<ExperimentConfig, 'swaps' | 'oracleAnswers' | 'rounds'>,
  reportUsers: number,
): CallPlan {
  const plan = new Map<CallPhase, number>();
  if (config.oracleAnswers > 0) plan.set('context oracle', config.oracleAnswers);
  return plan.set('evaluate', reportUsers * countEvaluatedPrompts(config));
}

/** Calls of all phases. */
export function countPlannedCalls(plan: CallPlan): number {
  return [...plan.values()].reduce((sum: number, calls) => sum + (calls ?? 0), 0);
}

/** The plan as one line for people. */
export function describePlan(plan: CallPlan): string {
  const format = (calls: number): string => calls.toLocaleString('en-US');
  const counted = [...plan].flatMap(([phase, calls]) => (calls === null ? [] : [{ phase, calls }]));
  const parts = counted.map(({ phase, calls }) => {
    const refines = phase === 'train' && plan.has('refine');
    return `${refines ? 'train and refine' : phase} ${format(calls)}`;
  });
  return `LLM calls: ${format(countPlannedCalls(plan))} (${parts.join(', ')})`;
}
