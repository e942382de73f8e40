import { InterruptedError } from '../usage-error.ts';
import { describeEstimate, estimateRun } from './estimate-run.ts';
import type { CallPlan } from './plan-calls.ts';
import type { PreparedExperiment } from './prepare-experiment.ts';
import type { RunOptions } from './run-options.ts';

/** Says what a run with a model that costs something will take, and asks. Throws `InterruptedError` for a no. */
export async function confirmCost(
  { config, log, limits, confirm }: RunOptions,
  { ranker, tasks, space, random }: PreparedExperiment,
  plan: CallPlan,
): Promise<void> {
  if (ranker.free) return;
  const estimated = {
    plan,
    tasks: tasks.train.map(({ task }) => task),
    space,
    prices: limits?.prices,
    rounds: config.rounds,
    random: random.split('estimate'),
  };
  const estimate = estimateRun(estimated);
  log(describeEstimate(estimate));
  if (confirm !== undefined && !(await confirm(estimate))) {
    throw new InterruptedError('Nothing was asked of the model.');
  }
}
