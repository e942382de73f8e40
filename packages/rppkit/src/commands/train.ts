import type { Command } from 'commander';
import { type CsvFlags, resolveData } from '../data/resolve-data.ts';
import { parseExperimentConfig } from '../experiment/experiment-config.ts';
import { pickDefined } from '../pick-defined.ts';
import type { CliStreams } from '../run-cli.ts';
import { createRunFolder } from '../run-folder/run-folder.ts';
import { addRunsOption, describeCommand, makeRelative, parseInteger, parseNumber } from './options.ts';
import { runInFolder } from './run-in-folder.ts';

interface TrainFlags extends CsvFlags {
  readonly data: string;
  readonly users: number;
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
  readonly runs: string;
  readonly name?: string;
}

/** `rppkit train`: find the best fixed prompt, train RPP, evaluate both on users never trained on. */
export function addTrainCommand(program: Command, streams: CliStreams): void {
  const positive = parseInteger(1);
  const command = program
    .command('train')
    .description('find the best fixed prompt, train RPP, and evaluate both on users never trained on')
    .requiredOption(
      '--data <source>',
      'MovieLens 100K folder, CSV file, synthetic:diverse or synthetic:null',
      makeRelative,
    )
    .option('--users <count>', 'users of a synthetic world', positive, 5000)
    .option('--user-column <name>', 'CSV: column with user ids (default: user)')
    .option('--item-column <name>', 'CSV: column with item ids (default: item)')
    .option('--time-column <name>', 'CSV: column with times in seconds')
    .option('--value-column <name>', 'CSV: column with ratings or counts')
    .option('--title-column <name>', 'CSV: column with item titles (default: the id is the title)')
    .option('--items <file>', 'CSV: a second file with one row an item', makeRelative)
    .option('--items-title-column <name>', 'CSV: column of --items with titles (default: title)')
    .option('--items-attributes <names>', 'CSV: columns of --items that are attributes, such as genres,year')
    .option('--delimiter <character>', 'CSV: character between fields, \\t for a tab (default: ,)')
    .option('--order <meaning>', 'CSV without times: "column" declares that rows stand in order')
    .option('--domain <name>', 'words of the prompts: movies or products (default: products for CSV, else movies)')
    .option(
      '--model <name>',
      'simulated, or provider:name such as openai:gpt-4o-mini; keys come from the environment',
      'simulated',
    )
    .option('--temperature <number>', 'sampling temperature (default: the model’s own)', parseNumber(0, 2))
    .option('--concurrency <count>', 'calls under way at a time (default: 32)', positive)
    .option('--seed <integer>', 'decides every random choice (default: 1)', parseInteger(0))
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
    .option('--name <name>', 'name of the run folder (default: from the data)');
  addRunsOption(command).action(async ({ data, users, runs, name, ...flags }: TrainFlags) => {
    const { userColumn, itemColumn, timeColumn, valueColumn, titleColumn, delimiter, order, ...rest } = flags;
    const { items, itemsTitleColumn, itemsAttributes, ...settings } = rest;
    const columns = { userColumn, itemColumn, timeColumn, valueColumn, titleColumn };
    const source = resolveData(
      data,
      users,
      pickDefined({ ...columns, delimiter, order, items, itemsTitleColumn, itemsAttributes }),
    );
    const config = parseExperimentConfig({
      data: source,
      domain: source.kind === 'csv' ? 'products' : 'movies',
      // The control costs a paid model one call a user; a free one gives the mean of 20.
      swaps: settings.model === 'simulated' ? 20 : 1,
      ...pickDefined(settings),
    });
    const base = source.kind === 'csv' ? 'csv' : source.kind === 'synthetic' ? `synthetic-${source.preset}` : 'ml-100k';
    const folder = createRunFolder(runs, { name, base });
    const { runExperiment } = await import('../experiment/run-experiment.ts');
    await runInFolder(runExperiment, { config, folder, command: describeCommand(command), streams });
  });
}
