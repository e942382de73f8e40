import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readSimulatedProfile } from '../models/simulated-profile.ts';
import { assertTrained, readConfig, readTrainingRecord, writeTrainingRecord } from '../run-folder/read-run.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { assertSameData, type PolicySource, readManifest, trackTraining } from '../run-folder/run-manifest.ts';
import { UsageError } from '../usage-error.ts';
import { confirmCost } from './confirm-cost.ts';
import { type ExperimentConfig, parseExperimentConfig } from './experiment-config.ts';
import { planEvaluation } from './plan-calls.ts';
import { prepareExperiment } from './prepare-experiment.ts';
import type { ExperimentResults } from './results.ts';
import { evaluateTrained, reevaluateExperiment } from './run-experiment.ts';
import type { RunOptions } from './run-options.ts';

/** What a transfer needs: `config` is one of `createTransferConfig`, `folder` new or that of the same transfer. */
export interface TransferOptions extends RunOptions {
  /** The run whose policy is evaluated. It is only read. */
  readonly source: RunFolder;
}

/**
 * The configuration of `source` with another model. Where that costs something and the first one did not, swaps and oracle
 * answers are no longer those of the run but the defaults.
 */
export function createTransferConfig(source: RunFolder, model: string): ExperimentConfig {
  const { swaps, oracleAnswers, ...config } = readConfig(source);
  const becomesPaid = isFree(config.model) && !isFree(model);
  return parseExperimentConfig({ ...config, model, ...(becomesPaid ? {} : { swaps, oracleAnswers }) });
}

/**
 * Evaluates the policy of one run with another model, on the same users and beside the best fixed prompt of that run, in a run
 * folder of its own; or goes on with such an evaluation, whose stored answers are not asked for again. Throws `UsageError` for
 * a run without a policy, other data, the model of the run itself, and a folder that holds something else.
 */
export async function transferExperiment({ source, ...options }: TransferOptions): Promise<ExperimentResults> {
  const { config, folder } = options;
  assertTrained(source);
  const policy = readFileSync(source.resolve('policy.rpp'));
  const origin = readSource(source, policy);
  if (folder.has('manifest.json')) {
    assertSameTransfer(folder, config.model, origin);
    return reevaluateExperiment(options);
  }
  const prepared = await prepareExperiment(config, options);
  const { data, ranker, backend } = prepared;
  assertSameData(source, data.checksums);
  if (ranker.model.id === readManifest(source).model) {
    throw new UsageError(
      `Expected --model to be another than that of run ${source.name}, received the same. Leave it out to evaluate the run again.`,
    );
  }
  await confirmCost(options, prepared, planEvaluation(config, prepared.tasks.report.length));
  // Before the manifest, so that a folder with one has all of them. No calls of the training were made in this run.
  folder.write('policy.rpp', policy);
  writeTrainingRecord(folder, { ...readTrainingRecord(source), calls: [] });
  const facts = {
    config: `${JSON.stringify(config, null, 2)}\n`,
    seed: config.seed,
    model: ranker.model.id,
    backend,
    data: { name: data.dataset.name, checksums: data.checksums },
    source: origin,
  };
  return trackTraining(options, facts, () => evaluateTrained(options, prepared, []));
}

/** What a run folder of a transfer is called where no name is given. */
export function nameTransfer(run: string, model: string): string {
  return `${run}-on-${model.replaceAll(/[^\w.]+/g, '-')}`;
}

function isFree(model: string): boolean {
  return readSimulatedProfile(model) !== undefined;
}

/** Of a run that is itself a transfer: where its policy came from. */
function readSource(source: RunFolder, policy: Uint8Array): PolicySource {
  return (
    readManifest(source).source ?? {
      run: source.name,
      model: readConfig(source).model,
      policyChecksum: createHash('sha256').update(policy).digest('hex'),
    }
  );
}

function assertSameTransfer(folder: RunFolder, model: string, { run, policyChecksum }: PolicySource): void {
  const { source } = readManifest(folder);
  const differs =
    source === undefined
      ? 'a run of its own'
      : source.policyChecksum !== policyChecksum
        ? `an evaluation of another policy, of run ${source.run}`
        : readConfig(folder).model === model
          ? undefined
          : `an evaluation with ${readConfig(folder).model}`;
  if (differs === undefined) return;
  throw new UsageError(
    `Expected ${folder.path} to be new or the evaluation of the policy of run ${run} with ${model}, received ${differs}. Pass --name with another one.`,
  );
}
