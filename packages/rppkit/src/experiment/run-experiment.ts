import { isDeepStrictEqual } from 'node:util';
import { decodeJointAction, encodeJointAction } from '@rppkit/patterns';
import { fitControlScorers } from '@rppkit/recommenders';
import { findBestFixedPrompt } from '@rppkit/search';
import { type RunCheckpoint, readCheckpoint } from '../run-folder/checkpoints.ts';
import { countLoggedCalls } from '../run-folder/read-call-log.ts';
import {
  assertTrained,
  type BestFixedRecord,
  isTrained,
  readBestFixed,
  readConfig,
  readPolicy,
  readTrainingRecord,
  type TrainingRecord,
  writeBestFixed,
  writeTrainingRecord,
} from '../run-folder/read-run.ts';
import {
  assertSameData,
  assertUnfinished,
  readManifest,
  trackEvaluation,
  trackResumption,
  trackTraining,
} from '../run-folder/run-manifest.ts';
import { UsageError } from '../usage-error.ts';
import { getVersions } from '../versions.ts';
import { confirmCost } from './confirm-cost.ts';
import { describePrompt } from './describe-prompt.ts';
import { evaluateAndReport, isEvaluating } from './evaluate-and-report.ts';
import type { ExperimentConfig } from './experiment-config.ts';
import { type ExperimentContext, runPhase } from './experiment-context.ts';
import { countBestFixedCalls, countEpisodes, planCalls, planEvaluation } from './plan-calls.ts';
import { createPolicySpace, describeFrozen, listFrozen } from './policy-space.ts';
import { type PreparedExperiment, prepareExperiment } from './prepare-experiment.ts';
import type { CallCount, ExperimentResults } from './results.ts';
import type { RunOptions } from './run-options.ts';
import { trainPolicy } from './train-policy.ts';
import { withModel } from './with-model.ts';

/**
 * Trains RPP, evaluates it beside its bounds and controls, and writes the run folder. The folder is made when data, tasks
 * and model are ready, so that a wrong option leaves nothing behind.
 */
export async function runExperiment(options: RunOptions): Promise<ExperimentResults> {
  const { config } = options;
  const prepared = await prepareExperiment(config, options);
  const { data, ranker, backend, space, tasks } = prepared;
  await confirmCost(options, prepared, planCalls(config, space, tasks.report.length));
  const facts = {
    config: `${JSON.stringify(config, null, 2)}\n`,
    seed: config.seed,
    ...(config.preset && { preset: config.preset }),
    model: ranker.model.id,
    backend,
    data: { name: data.dataset.name, checksums: data.checksums },
  };
  return trackTraining(options, facts, () => trainAndEvaluate(options, prepared, { resumed: false }));
}

/**
 * Goes on with a run that was interrupted, killed or failed, as if it had not been: with the same data and answers its results are
 * the same, but for their `timing`. Answers that arrived whole are not asked for again. Throws `UsageError` for a run that has
 * ended or is worked on, for other data and for a changed configuration.
 */
export async function resumeExperiment(options: Omit<RunOptions, 'config'>): Promise<ExperimentResults> {
  const { folder, log } = options;
  assertUnfinished(folder);
  assertSameModel(options);
  const config = readConfig(folder);
  const { backend, command, versions } = readManifest(folder);
  for (const [name, version] of Object.entries(getVersions())) {
    if (versions[name] === version) continue;
    log(`Began with ${name} ${versions[name]}, goes on with ${version}: figures may differ from those of one version.`);
  }
  const prepared = await prepareExperiment(config, { ...options, backend });
  assertSameData(folder, prepared.data.checksums);
  return trackResumption(options, () => trainAndEvaluate({ ...options, config, command }, prepared, { resumed: true }));
}

/** Evaluates the policy of an earlier run again, on the same data; stored answers are not asked for again. */
export async function reevaluateExperiment(options: RunOptions): Promise<ExperimentResults> {
  const { config, folder } = options;
  assertTrained(folder);
  assertSameModel(options);
  const prepared = await prepareExperiment(config, options);
  assertSameData(folder, prepared.data.checksums);
  // All else was agreed to when the run began.
  if (config.oracleAnswers > readConfig(folder).oracleAnswers) {
    await confirmCost(options, prepared, planEvaluation(config, prepared.tasks.report.length));
  }
  return trackEvaluation(options, () => evaluateTrained(options, prepared, []));
}

async function trainAndEvaluate(
  options: RunOptions,
  prepared: PreparedExperiment,
  { resumed }: { readonly resumed: boolean },
): Promise<ExperimentResults> {
  const { config, folder, command, log, signal } = options;
  const logged = resumed ? countLoggedCalls(folder.resolve('calls.jsonl')) : undefined;
  if (resumed && isTrained(folder)) return evaluateTrained(options, prepared, logged ?? []);
  const { data, ranker, tasks, space } = prepared;
  const from = resumed ? readCheckpoint(folder, log) : undefined;
  const found = resumed ? readBestFixed(folder) : undefined;
  if (resumed) log(describeResumption(config, { found, from }));
  // Of users who are reported nothing is learned. Before the first call, so that nothing is paid for where it fails.
  const stateScorers =
    config.learner === 'rpp'
      ? await fitControlScorers(data.dataset, { tasks: tasks.train.map(({ task }) => task), users: tasks.rest, signal })
      : [];
  const plan = planCalls(config, space, tasks.report.length);
  const before = logged ?? from?.calls ?? found?.counts ?? [];
  return withModel(options, prepared, { plan, before }, async (context) => {
    const bestFixed = found ?? (await findBestFixed(context, plan.get('best fixed prompt')!));
    if (found !== undefined) tellBestFixed(context, found.choice);
    const provenance = { data: data.dataset.name, model: ranker.model.id, seed: config.seed };
    if (config.freeze !== undefined) log(describeFrozen(listFrozen(space, config, bestFixed.choice)));
    const learned = { ...context, space: createPolicySpace(space, config, bestFixed.choice) };
    const { file, learningCurve, calls, growth } = await trainPolicy(learned, { stateScorers, provenance, from });
    const record: TrainingRecord = {
      bestFixed: bestFixed.choice,
      bestFixedCalls: bestFixed.calls,
      policyCalls: calls,
      learningCurve,
      ...(growth && { growth }),
      calls: context.calls.counts().filter(({ phase }) => !isEvaluating(phase)),
    };
    writeTrainingRecord(folder, record);
    return evaluateAndReport(context, prepared, { policy: file, record, command });
  });
}

/** Evaluates the policy that the run folder holds. */
export function evaluateTrained(
  options: RunOptions,
  prepared: PreparedExperiment,
  before: readonly CallCount[],
): Promise<ExperimentResults> {
  const { config, folder } = options;
  const policy = readPolicy(folder);
  const { source, command: begun } = readManifest(folder);
  // What gives the same figures: the command of the run, and this one where it changes something.
  const command = isDeepStrictEqual(config, readConfig(folder)) ? begun : `${begun}\n${options.command}`;
  const plan = planEvaluation(config, prepared.tasks.report.length);
  return withModel(options, prepared, { plan, before }, (context) => {
    const record = readTrainingRecord(folder);
    tellBestFixed(context, record.bestFixed);
    return evaluateAndReport(context, prepared, { policy, source, record, command });
  });
}

/** Refuses a model other than that of the run. Throws `UsageError`. */
function assertSameModel({ folder, model }: Pick<RunOptions, 'folder' | 'model'>): void {
  const { model: before } = readManifest(folder);
  if (model === undefined || model.id === before) return;
  throw new UsageError(
    `Expected the model of run ${folder.name}, ${before}, received ${model.id}. Pass that one, or train a new run.`,
  );
}

function describeResumption(
  config: ExperimentConfig,
  { found, from }: { readonly found: BestFixedRecord | undefined; readonly from: RunCheckpoint | undefined },
): string {
  if (from !== undefined) {
    const { updates } = from.training.training;
    return `Goes on after update ${updates} (${countEpisodes(config, updates).toLocaleString('en-US')} episodes).`;
  }
  return found === undefined
    ? 'Begins again; answers that are stored are not asked for again.'
    : 'The best fixed prompt is known; training begins.';
}

async function findBestFixed(context: ExperimentContext, total: number): Promise<BestFixedRecord> {
  const { config, folder, tasks, space, calls, random, signal, progress, onAnswer } = context;
  const { choice, calls: made } = await runPhase(context, 'best fixed prompt', { total }, () =>
    findBestFixedPrompt({
      tasks: tasks.train,
      calls: countBestFixedCalls(config),
      random: random.split('best-fixed'),
      space,
      model: calls.model,
      concurrency: config.concurrency,
      signal,
      onAnswer,
      onLeader({ choice: leader, mean, answers }) {
        progress.update?.({ bestFixed: { description: describePrompt(space, leader), ndcg: { mean, answers } } });
      },
    }),
  );
  const record = { choice: encodeJointAction(space, choice), calls: made, counts: calls.counts() };
  writeBestFixed(folder, record);
  return record;
}

/** Shows a best fixed prompt that an earlier process found. */
function tellBestFixed({ space, progress }: ExperimentContext, choice: number): void {
  const description = describePrompt(space, decodeJointAction(space, choice));
  progress.update?.({ bestFixed: { description, ndcg: null } });
}
