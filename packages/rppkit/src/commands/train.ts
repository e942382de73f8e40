import type { Command } from 'commander';
import { addDataFlags, type DataFlags } from '../data/data-flags.ts';
import { defaultWorldUsers, resolveData } from '../data/resolve-data.ts';
import { worldFlags } from '../data/world-names.ts';
import { domainNames } from '../experiment/domain-names.ts';
import type { DataConfig } from '../experiment/experiment-config.ts';
import { patternNames } from '../experiment/pattern-names.ts';
import { readSimulatedProfile } from '../models/simulated-profile.ts';
import { pickDefined } from '../pick-defined.ts';
import type { CliStreams } from '../run-cli.ts';
import { createRunFolder } from '../run-folder/run-folder.ts';
import { UsageError } from '../usage-error.ts';
import { addRunsOption, describeCommand, makeRelative, parseInteger, parseNumber } from './options.ts';
import { resumeTraining } from './resume-training.ts';

interface TrainFlags extends DataFlags {
  readonly data?: string;
  readonly resume?: string;
  readonly users?: number;
  readonly domain?: string;
  readonly model: string;
  readonly temperature?: number;
  readonly concurrency?: number;
  readonly seed?: number;
  readonly candidates?: number;
  readonly trainUsers?: number;
  readonly reportUsers?: number;
  readonly episodes?: number;
  readonly batchSize?: number;
  readonly bestFixedCalls?: number;
  readonly oracleAnswers?: number;
  readonly allowedLoss?: number;
  readonly plus?: boolean;
  readonly refineEvery?: number;
  readonly refineShare?: number;
  readonly refinePatterns?: readonly string[];
  readonly runs: string;
  readonly name?: string;
}

/** `rppkit train`: find the best fixed prompt, train RPP, evaluate both on users never trained on. */
export function addTrainCommand(program: Command, streams: CliStreams): void {
  const positive = parseInteger(1);
  const command = program
    .command('train')
    .description('find the best fixed prompt, train RPP, and evaluate both on users never trained on')
    .option('--data <source>', `folder, zip archive or file of a data set, or ${worldFlags}`, makeRelative)
    .option('--users <count>', `users of a synthetic world (default: ${defaultWorldUsers})`, positive)
    .option('--seed <integer>', 'decides every random choice (default: 1)', parseInteger(0))
    .option('--name <name>', 'name of the run folder (default: from the data)')
    .option('--resume <name>', 'go on with a run that was interrupted; no other flag than --runs');
  addRunsOption(command)
    .optionsGroup('Model and prompts:')
    .option(
      '--domain <name>',
      `words of the prompts: ${domainNames.join(', ')} (default: movies for MovieLens and synthetic data, else products)`,
    )
    .option(
      '--model <name>',
      'simulated, simulated:strong, or provider:name such as openai:gpt-4o-mini; keys come from the environment',
      'simulated',
    )
    .option('--temperature <number>', 'sampling temperature (default: the model’s own)', parseNumber(0, 2))
    .option('--concurrency <count>', 'calls under way at a time (default: 32)', positive)
    .optionsGroup('Tasks, training and evaluation:')
    .option('--candidates <count>', 'items to rank in each task (default: 10)', parseInteger(2))
    .option('--train-users <count>', 'users to train on (default: 40 %, at most 10,000)', positive)
    .option('--report-users <count>', 'users to report on (default: 40 %, at most 2,000)', parseInteger(2))
    .option('--episodes <count>', 'training episodes, one call each, in whole batches (default: 3000)', positive)
    .option('--batch-size <count>', 'episodes between updates (default: 64)', positive)
    .option(
      '--best-fixed-calls <count>',
      'calls to find the best fixed prompt (default: as many as episodes)',
      parseInteger(128),
    )
    .option(
      '--oracle-answers <count>',
      'answers for the context oracle, 1000 or more; 0 leaves it out (default: 0)',
      parseInteger(0),
    )
    .option(
      '--allowed-loss <share>',
      'share of report users that failed calls may cost (default: 0.02)',
      parseNumber(0, 1),
    )
    .optionsGroup('RPP+, with calls out of those of the training:')
    .option('--plus', 'let the model refine sentences, and train on those that pass the guards, too')
    .option('--refine-every <count>', 'updates from one refinement to the next (default: 1)', positive)
    .option(
      '--refine-share <share>',
      'most of the calls that refining and testing may take (default: 0.2)',
      parseNumber(0, 1),
    )
    .option(
      '--refine-patterns <names>',
      `patterns to refine, of ${patternNames.join(',')} (default: role,reasoning,format)`,
      (text) => text.split(','),
    );
  addDataFlags(command).action(async (flags: TrainFlags) => {
    const { data, users, runs, name, resume } = flags;
    if (resume !== undefined) return resumeTraining(command, { name: resume, runs, streams });
    if (data === undefined) {
      throw new UsageError('Expected --data or --resume, received neither. Name a data set, or a run to go on with.');
    }
    const source = await resolveData(data, users, flags);
    assertOrdered(source);
    const format = source.kind === 'files' ? source.format : undefined;
    const { domain, model, temperature, concurrency, seed, candidates, trainUsers, reportUsers } = flags;
    const { episodes, batchSize, bestFixedCalls, oracleAnswers, allowedLoss } = flags;
    const { plus = false, refineEvery, refineShare, refinePatterns } = flags;
    const refining = pickDefined({ every: refineEvery, share: refineShare, patterns: refinePatterns });
    if (!plus && Object.keys(refining).length > 0) {
      throw new UsageError('Expected --plus beside the flags that begin with --refine, received none. Add --plus.');
    }
    const { parseExperimentConfig } = await import('../experiment/experiment-config.ts');
    const config = parseExperimentConfig({
      data: source,
      domain: domain ?? (format === undefined || format.startsWith('ml-') ? 'movies' : 'products'),
      model,
      // The control costs a paid model one call a user; a free one gives the mean of 20.
      swaps: readSimulatedProfile(model) === undefined ? 1 : 20,
      ...pickDefined({ temperature, concurrency, seed, candidates, trainUsers, reportUsers }),
      ...pickDefined({ episodes, batchSize, bestFixedCalls, oracleAnswers, allowedLoss }),
      ...(plus ? { plus: refining } : {}),
    });
    const base = source.kind === 'synthetic' ? `synthetic-${source.preset}` : format!;
    const folder = createRunFolder(runs, { name, base });
    const { runExperiment } = await import('../experiment/run-experiment.ts');
    const { runInFolder } = await import('./run-in-folder.ts');
    await runInFolder((options) => runExperiment({ ...options, config }), {
      folder,
      command: describeCommand(command),
      streams,
    });
  });
}

/** Refuses a table before it is read where nothing could order the rows of a user. */
function assertOrdered(source: DataConfig): void {
  if (source.kind !== 'files' || source.columns === undefined || source.order !== undefined) return;
  if (source.columns.time !== undefined || source.columns.position !== undefined) return;
  throw new UsageError(
    'Expected to know what orders the rows of a user, received neither --time-column nor --position-column nor --order column. Name the column with times, or declare that the rows stand in order.',
  );
}
