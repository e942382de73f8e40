import { setMaxListeners } from 'node:events';
import { createBudget } from '@rppkit/env';
import { announceWait } from '../models/announce-wait.ts';
import { openTracing } from '../telemetry/tracing.ts';
import { InterruptedError } from '../usage-error.ts';
import { createAnswerCounter } from './count-answers.ts';
import type { ExperimentContext } from './experiment-context.ts';
import { type CallPlan, describePlan, listPhases } from './plan-calls.ts';
import type { PreparedExperiment } from './prepare-experiment.ts';
import type { CallCount } from './results.ts';
import { createRunModel } from './run-model.ts';
import type { RunOptions } from './run-options.ts';

/** Opens the model with its limits for `work`, and closes it in order. */
export async function withModel<Result>(
  { config, folder, log, progress, signal: interrupt, limits }: RunOptions,
  { tasks, space, encoders, ranker, random }: PreparedExperiment,
  { plan, before }: { readonly plan: CallPlan; readonly before: readonly CallCount[] },
  work: (context: ExperimentContext) => Promise<Result>,
): Promise<Result> {
  log(describePlan(plan));
  const spent = new AbortController();
  const tracing = await openTracing();
  const { calls, readFacts, close } = createRunModel(ranker, {
    folder,
    announced: plan,
    before,
    concurrency: config.concurrency,
    random: random.split('retries'),
    budget: limits === undefined ? undefined : createBudget(limits),
    prices: limits?.prices,
    onBudgetSpent: (reason) => spent.abort(new InterruptedError(`The limit is reached. ${reason}`)),
    tracing,
  });
  const signal = AbortSignal.any([interrupt, spent.signal]);
  // Every call under way listens; Node would take more than ten for a leak.
  setMaxListeners(0, signal);
  const answers = createAnswerCounter();
  const onAbort = (): void =>
    announceWait({ log, progress, underWay: readFacts().underWay, interrupted: interrupt.aborted });
  signal.addEventListener('abort', onAbort, { once: true });
  progress.update?.({ phases: listPhases(plan) });
  try {
    return await tracing.inSpan(
      'rppkit run',
      { 'rppkit.run': folder.name, 'gen_ai.request.model': ranker.model.id },
      () =>
        work({
          config,
          folder,
          tasks,
          space,
          encoders,
          calls,
          readCallFacts: () => ({ ...readFacts(), invalid: answers.counts().invalid }),
          onAnswer: answers.add,
          random,
          progress,
          tracing,
          signal,
        }),
    );
  } catch (error) {
    throw spent.signal.aborted ? spent.signal.reason : error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    progress.close?.();
    await close();
  }
}
