import { type HeadroomLook, lookForHeadroom } from '@rppkit/search';
import { assertOneRound } from '../experiment/assert-one-round.ts';
import { describeEstimate, estimateRun } from '../experiment/estimate-run.ts';
import { runPhase } from '../experiment/experiment-context.ts';
import { nameData } from '../experiment/name-data.ts';
import { type PreparedExperiment, prepareExperiment } from '../experiment/prepare-experiment.ts';
import type { CallCount, CallPhase } from '../experiment/results.ts';
import type { RunOptions } from '../experiment/run-options.ts';
import { withModel } from '../experiment/with-model.ts';
import { countLoggedCalls } from '../run-folder/read-call-log.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { trackLook } from '../run-folder/run-manifest.ts';
import { InterruptedError, UsageError } from '../usage-error.ts';
import { getVersions } from '../versions.ts';
import { findLookFolder } from './find-look-folder.ts';
import type { HeadroomResults } from './headroom-results.ts';

/** What a look needs from its surroundings. */
export interface HeadroomLookOptions extends Omit<RunOptions, 'folder'> {
  /** Folder that holds the run folders. */
  readonly runs: string;
  /** Of the run folder; default: from the data. */
  readonly name: string | undefined;
  /** At least 100. */
  readonly calls: number;
  /** Commands that are advised to those who read the results; they get the verdict. */
  readonly advise: (look: HeadroomLook) => HeadroomResults['next'];
}

/** A look and where it is kept. */
export interface HeadroomRun {
  readonly folder: RunFolder;
  readonly results: HeadroomResults;
}

/**
 * Looks for headroom with random prompts and writes the run folder. Goes on with the same look where there is one: of a model whose
 * answers cost something none that is stored is asked for again. Throws `UsageError` for fewer than 20 users to train on.
 */
export async function runHeadroomLook(options: HeadroomLookOptions): Promise<HeadroomRun> {
  const { config, calls, runs, name, log } = options;
  assertOneRound(config, 'rppkit headroom');
  const prepared = await prepareExperiment(config, options);
  const { data, ranker, tasks, backend } = prepared;
  if (tasks.train.length < 20) {
    throw new UsageError(
      `Expected at least 20 users to train on, received ${tasks.train.length}. Raise --train-users, or bring data of more users.`,
    );
  }
  const base = `headroom-${nameData(config.data)}`;
  const folder = findLookFolder(runs, { name, base }, { config, calls, checksums: data.checksums });
  log(`Run: ${folder.path}`);
  const before = countLoggedCalls(folder.resolve('calls.jsonl')) ?? [];
  await confirmCost(options, prepared, before);
  const facts = {
    config: `${JSON.stringify(config, null, 2)}\n`,
    calls,
    seed: config.seed,
    model: ranker.model.id,
    backend,
    data: { name: data.dataset.name, checksums: data.checksums },
  };
  const results = await trackLook({ ...options, folder }, facts, () => look({ ...options, folder }, prepared));
  return { folder, results };
}

async function look(
  options: HeadroomLookOptions & { readonly folder: RunFolder },
  prepared: PreparedExperiment,
): Promise<HeadroomResults> {
  const { calls, folder, command, config, advise } = options;
  const plan = new Map<CallPhase, number>([['headroom', calls]]);
  return withModel(options, prepared, { plan, before: [] }, async (context) => {
    const { tasks, space, encoders, random, signal } = context;
    const found = await runPhase(context, 'headroom', { total: calls }, () =>
      lookForHeadroom({
        tasks: tasks.train,
        space,
        encoders,
        calls,
        random: random.split('headroom'),
        model: context.calls.model,
        concurrency: config.concurrency,
        signal,
      }),
    );
    const { dataset } = prepared.data;
    const results: HeadroomResults = {
      schemaVersion: 1,
      run: folder.name,
      command,
      seed: config.seed,
      data: { name: dataset.name, users: dataset.log.users.length, trainUsers: tasks.train.length },
      model: prepared.ranker.model.id,
      ...found,
      detectable: Number.isFinite(found.detectable) ? found.detectable : null,
      next: advise(found),
      versions: getVersions(),
      timing: { calls: context.calls.counts() },
    };
    folder.write('headroom.json', `${JSON.stringify(results, null, 2)}\n`);
    return results;
  });
}

/** Says what is still to be asked of a model that costs something, and asks. Throws `InterruptedError` for a no. */
async function confirmCost(
  { calls, log, limits, confirm }: HeadroomLookOptions,
  { ranker, tasks, space, random }: PreparedExperiment,
  before: readonly CallCount[],
): Promise<void> {
  if (ranker.free) return;
  const stored = before.reduce((sum, { fromModel }) => sum + fromModel, 0);
  if (stored > 0) log(`Goes on: ${stored.toLocaleString('en-US')} answers are stored and are not asked for again.`);
  const remaining = calls - stored;
  if (remaining <= 0) return;
  const estimate = estimateRun({
    plan: new Map([['headroom', remaining]]),
    tasks: tasks.train.map(({ task }) => task),
    space,
    prices: limits?.prices,
    random: random.split('estimate'),
  });
  log(describeEstimate(estimate));
  if (confirm !== undefined && !(await confirm(estimate))) {
    throw new InterruptedError('Nothing was asked of the model.');
  }
}
