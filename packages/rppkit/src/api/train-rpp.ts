import type { PolicyFile } from '@rppkit/policy';
import { type ExperimentConfigInput, parseExperimentConfig } from '../experiment/experiment-config.ts';
import { nameData } from '../experiment/name-data.ts';
import type { ModelOptions } from '../experiment/prepare-experiment.ts';
import type { ExperimentResults } from '../experiment/results.ts';
import { reevaluateExperiment, resumeExperiment, runExperiment } from '../experiment/run-experiment.ts';
import type { RunLimits, RunOptions } from '../experiment/run-options.ts';
import { readConfig, readPolicy } from '../run-folder/read-run.ts';
import { createRunFolder, openRunFolder, type RunFolder } from '../run-folder/run-folder.ts';
import { createEventProgress, type RunListener } from './run-events.ts';

/** What work on a run may be given. */
export interface RunRppOptions extends ModelOptions {
  /** Folder that holds the run folders; default `runs`. */
  readonly runs?: string;
  /** What may be spent; stored answers cost nothing of it. Default: no limit. */
  readonly limits?: RunLimits;
  /** Ends the work: answers under way, which are paid for, are stored first. */
  readonly signal?: AbortSignal;
  /** Told what happens. Default: nobody is. Where it throws, the work ends as after an abort, and rejects with that error. */
  readonly onEvent?: RunListener;
}

export interface TrainRppOptions extends RunRppOptions {
  /** Name of the run folder, which must be new; default: the first free name made of the data's. */
  readonly name?: string;
}

/** A run that came to its end. */
export interface FinishedRun {
  readonly folder: RunFolder;
  /** As in `results.json`. */
  readonly results: ExperimentResults;
  /** For `personalize`; also in `policy.rpp`. */
  readonly policy: PolicyFile;
}

/**
 * Finds the best fixed prompt, trains RPP (RPP+ where the configuration has `plus`) and evaluates both on users never trained on, as
 * `rppkit train` does, without a question. Throws `UsageError` for what cannot be carried out as given, `InterruptedError` when
 * `signal` is aborted or a limit is reached (go on with `resumeRpp`), `RppError` for what failed.
 */
export async function trainRpp(input: ExperimentConfigInput, options: TrainRppOptions = {}): Promise<FinishedRun> {
  const { model } = options;
  const config = parseExperimentConfig(model === undefined ? input : { ...input, model: model.id });
  const folder = createRunFolder(options.runs ?? 'runs', { name: options.name, base: nameData(config.data) });
  return finish(folder, await work(folder, options, (surroundings) => runExperiment({ ...surroundings, config })));
}

/** Goes on with a run that ended early, as `rppkit train --resume` does. A model that was passed must be passed again. Throws as `trainRpp`. */
export async function resumeRpp(name: string, options: RunRppOptions = {}): Promise<FinishedRun> {
  const folder = openRunFolder(options.runs ?? 'runs', name, 'the name');
  return finish(folder, await work(folder, options, resumeExperiment));
}

/** Evaluates the policy of a trained run again, as `rppkit evaluate` does. Throws as `trainRpp`. */
export async function evaluatePolicy(name: string, options: RunRppOptions = {}): Promise<ExperimentResults> {
  const folder = openRunFolder(options.runs ?? 'runs', name, 'the name');
  const config = readConfig(folder);
  return work(folder, options, (surroundings) => reevaluateExperiment({ ...surroundings, config }));
}

async function work(
  folder: RunFolder,
  { model, callbacks, limits, signal, onEvent }: RunRppOptions,
  run: (surroundings: Omit<RunOptions, 'config'>) => Promise<ExperimentResults>,
): Promise<ExperimentResults> {
  const broken = new AbortController();
  const tell: RunListener = (event) => {
    if (broken.signal.aborted) return;
    try {
      onEvent?.(event);
    } catch (error) {
      broken.abort(error);
    }
  };
  try {
    return await run({
      folder,
      model,
      callbacks,
      signal: AbortSignal.any([broken.signal, ...(signal === undefined ? [] : [signal])]),
      ...(limits === undefined ? {} : { limits }),
      command: 'rppkit train --config config.json',
      log: (text) => tell({ type: 'message', text }),
      progress: createEventProgress(tell),
    });
  } finally {
    // In place of the interruption that it caused.
    broken.signal.throwIfAborted();
  }
}

function finish(folder: RunFolder, results: ExperimentResults): FinishedRun {
  return { folder, results, policy: readPolicy(folder) };
}
