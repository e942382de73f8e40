import { openPromptPolicy } from '@rppkit/env';
import { decodeJointAction, encodeJointAction } from '@rppkit/patterns';
import type { PolicyFile } from '@rppkit/policy';
import { fitControlScorers } from '@rppkit/recommenders';
import { type BestFixedPrompt, type ContextOracle, findBestFixedPrompt, fitContextOracle } from '@rppkit/search';
import { renderReport } from '../report/render-report.ts';
import { readPolicy, readTrainingRecord, type TrainingRecord } from '../run-folder/read-run.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { assertSameData, trackEvaluation, trackTraining } from '../run-folder/run-manifest.ts';
import type { Progress } from '../terminal/progress.ts';
import { getVersions } from '../versions.ts';
import { collectExamples } from './collect-examples.ts';
import { describeRefined } from './describe-refined.ts';
import { describeVerdict } from './describe-verdict.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import type { ExperimentConfig } from './experiment-config.ts';
import { type ExperimentContext, runPhase } from './experiment-context.ts';
import { type CallPlan, countBestFixedCalls, countEvaluatedPrompts, describePlan, planCalls } from './plan-calls.ts';
import { type PreparedExperiment, prepareExperiment } from './prepare-experiment.ts';
import type { CallPhase, ExperimentResults } from './results.ts';
import { createRunModel } from './run-model.ts';
import { trainPolicy } from './train-policy.ts';

/** What an experiment needs from its surroundings. */
export interface RunOptions {
  readonly config: ExperimentConfig;
  readonly folder: RunFolder;
  /** As typed, with absolute paths made relative; goes into the manifest. */
  readonly command: string;
  /** Receives one line of text at a time. */
  readonly log: (line: string) => void;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Trains RPP, evaluates it beside its bounds and controls, and writes the run folder. The folder is made when data, tasks
 * and model are ready, so that a wrong option leaves nothing behind.
 */
export async function runExperiment(options: RunOptions): Promise<ExperimentResults> {
  const { config, folder, log } = options;
  const prepared = await prepareExperiment(config, log);
  const { data, ranker, backend, tasks, space } = prepared;
  const facts = {
    seed: config.seed,
    model: ranker.model.id,
    backend,
    data: { name: data.dataset.name, checksums: data.checksums },
  };
  const plan = planCalls(config, space, tasks.report.length);
  return trackTraining(options, facts, async () => {
    folder.write('config.json', `${JSON.stringify(config, null, 2)}\n`);
    // Of users who are reported nothing is learned. Before the first call, so that nothing is paid for where it fails.
    const stateScorers = await fitControlScorers(data.dataset, {
      tasks: tasks.train.map(({ task }) => task),
      users: tasks.rest,
      signal: options.signal,
    });
    return withModel(options, prepared, plan, async (context) => {
      const bestFixed = await findBestFixed(context, plan.get('best fixed prompt')!);
      const { file, learningCurve, calls, growth } = await trainPolicy(context, stateScorers, {
        data: data.dataset.name,
        model: ranker.model.id,
        seed: config.seed,
      });
      const record: TrainingRecord = {
        bestFixed: encodeJointAction(space, bestFixed.choice),
        bestFixedCalls: bestFixed.calls,
        policyCalls: calls,
        learningCurve,
        ...(growth && { growth }),
        calls: context.calls.counts().filter(({ phase }) => !isEvaluating(phase)),
      };
      folder.write('training.json', `${JSON.stringify(record, null, 2)}\n`);
      return evaluateAndReport(options, prepared, context, file, record);
    });
  });
}

/** Evaluates the policy of an earlier run again, on the same data; stored answers are not asked for again. */
export async function reevaluateExperiment(options: RunOptions): Promise<ExperimentResults> {
  const { config, folder, log } = options;
  const file = readPolicy(folder);
  const record = readTrainingRecord(folder);
  const prepared = await prepareExperiment(config, log);
  assertSameData(folder, prepared.data.checksums);
  const plan = new Map<CallPhase, number>();
  if (config.oracleAnswers > 0) plan.set('context oracle', config.oracleAnswers);
  plan.set('evaluate', prepared.tasks.report.length * countEvaluatedPrompts(config));
  return trackEvaluation(options, () =>
    withModel(options, prepared, plan, (context) => evaluateAndReport(options, prepared, context, file, record)),
  );
}

async function withModel<Result>(
  { config, folder, log, progress, signal }: RunOptions,
  { tasks, space, encoders, ranker, random }: PreparedExperiment,
  announced: CallPlan,
  work: (context: ExperimentContext) => Promise<Result>,
): Promise<Result> {
  log(describePlan(announced));
  const { calls, close } = createRunModel(ranker, {
    folder,
    announced,
    concurrency: config.concurrency,
    random: random.split('retries'),
  });
  try {
    return await work({ config, folder, tasks, space, encoders, calls, random, progress, signal });
  } finally {
    await close();
  }
}

function findBestFixed(context: ExperimentContext, planned: number): Promise<BestFixedPrompt> {
  const { config, tasks, space, calls, random, signal } = context;
  return runPhase(context, 'best fixed prompt', planned, () =>
    findBestFixedPrompt({
      tasks: tasks.train,
      calls: countBestFixedCalls(config),
      random: random.split('best-fixed'),
      space,
      model: calls.model,
      concurrency: config.concurrency,
      signal,
    }),
  );
}

function findOracle(context: ExperimentContext): Promise<ContextOracle> {
  const { config, tasks, space, encoders, calls, random, signal } = context;
  return runPhase(context, 'context oracle', config.oracleAnswers, () =>
    fitContextOracle({
      tasks: tasks.train,
      calls: config.oracleAnswers,
      encoders,
      random: random.split('context-oracle'),
      space,
      model: calls.model,
      concurrency: config.concurrency,
      signal,
    }),
  );
}

async function evaluateAndReport(
  { config, folder, command }: RunOptions,
  { data: { dataset }, ranker, backend, space }: PreparedExperiment,
  trained: ExperimentContext,
  policy: PolicyFile,
  record: TrainingRecord,
): Promise<ExperimentResults> {
  const oracle = config.oracleAnswers > 0 ? await findOracle(trained) : undefined;
  const choice = decodeJointAction(space, record.bestFixed);
  // Prompts found before are the same in it: a space grows at its end.
  const context = { ...trained, space: openPromptPolicy(policy).space };
  const evaluation = await evaluatePolicy(context, {
    dataset,
    space,
    policy,
    policyCalls: record.policyCalls,
    bestFixed: { choice, calls: record.bestFixedCalls },
    oracle,
  });
  // Counted before the examples are read once more.
  const asked = context.calls.counts().filter(({ phase }) => isEvaluating(phase));
  const { rows, headroom, gains, patternUse, lostUsers, choices, kept } = evaluation;
  const results: ExperimentResults = {
    schemaVersion: 1,
    run: folder.name,
    command,
    seed: config.seed,
    data: {
      name: dataset.name,
      users: dataset.log.users.length,
      items: dataset.log.items.length,
      interactions: dataset.log.user.length,
      trainUsers: context.tasks.train.length,
      reportUsers: context.tasks.report.length,
      lostUsers,
      candidates: config.candidates,
    },
    model: ranker.model.id,
    backend,
    rows,
    headroom,
    gains,
    verdict: describeVerdict({ headroom, gains, rows }),
    learningCurve: record.learningCurve,
    patternUse,
    refined: record.growth === undefined ? null : describeRefined(record.growth, context.space, choices),
    examples: await collectExamples(context, choices, choice, kept),
    calls: [...record.calls, ...asked],
    versions: getVersions(),
  };
  folder.write('results.json', `${JSON.stringify(results, null, 2)}\n`);
  folder.write('report.html', await renderReport(results));
  return results;
}

/** Whether calls of a phase belong to an evaluation, which can be made again. */
function isEvaluating(phase: CallPhase): boolean {
  return phase === 'context oracle' || phase === 'evaluate';
}
