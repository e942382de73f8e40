import { join } from 'node:path';
import { Command, Option } from 'commander';
import { addDataFlags } from '../data/data-flags.ts';
import { datasetFormats } from '../data/dataset-formats.ts';
import { worldFlags } from '../data/world-names.ts';
import { configFields, describeField } from '../experiment/config-fields.ts';
import { domainNames } from '../experiment/domain-names.ts';
import { nameData } from '../experiment/name-data.ts';
import type { CliStreams } from '../run-cli.ts';
import { type RankingRowName, rankingRowNames } from '../suite/ranking-rows.ts';
import type { Progress } from '../terminal/progress.ts';
import { UsageError } from '../usage-error.ts';
import { confirm } from './confirm.ts';
import type { ExperimentFlags } from './experiment-flags.ts';
import { listenForInterrupt } from './interrupt.ts';
import { addLimitFlags, type LimitFlags, readLimits } from './limit-flags.ts';
import { makeRelative, parseInteger, parseNames, parseNumber } from './options.ts';

/** Suites that `rppkit compare --suite` can run. */
const suiteNames = ['ranking'] as const;

/** A suite, as flags give it. */
export interface SuiteFlags extends Omit<ExperimentFlags, 'format' | 'episodes'>, LimitFlags {
  readonly suite?: (typeof suiteNames)[number];
  readonly dataFormat?: ExperimentFlags['format'];
  readonly transferFrom?: string;
  readonly calls: number;
  readonly seeds: number;
  readonly rows?: readonly string[];
  readonly skip?: readonly string[];
  readonly out?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly format?: 'text' | 'md';
}

/**
 * Adds the flags of `--suite`. `--json` and `--format` (`text` or `md`) belong to the command itself; that of the data is
 * `--data-format` here.
 */
export function addSuiteOptions(command: Command): Command {
  const positive = parseInteger(1);
  command
    .optionsGroup('A suite, every row on the same users:')
    .addOption(
      new Option('--suite <name>', 'run a suite: the paper’s experiment on one data set and model').choices(suiteNames),
    )
    .option('--config <file>', 'configuration file (default: rppkit.config.ts, .js, .mjs or .json here)', makeRelative)
    .option('--data <source>', `${describeField('data.path')}, or ${worldFlags}`, makeRelative)
    .option('--users <count>', describeField('data.users'), positive)
    .option('--model <name>', describeField('model'))
    .option(
      '--transfer-from <model>',
      'model whose trained policy is asked of --model, too (default: simulated:weak for simulated:strong)',
    )
    .option('--calls <count>', 'calls of each search and training, in whole batches of 50', parseInteger(128), 3000)
    .option('--seeds <count>', 'seeds of prompts and learners; 5 for claims', positive, 1)
    .option('--rows <names>', `rows of the table (default: all): ${rankingRowNames.join(', ')}`, parseNames)
    .option('--skip <names>', 'rows to leave out', parseNames)
    .option('--out <folder>', 'folder of the suite, which goes on there (default: suites/ranking-DATA)', makeRelative)
    .option('--seed <integer>', 'decides users, candidates and recommenders (default: 1)', parseInteger(0))
    .option('--candidates <count>', describeField('candidates'), parseInteger(2))
    .option('--train-users <count>', describeField('trainUsers'), positive)
    .option('--report-users <count>', 'users to report on (default: 40 %, at most 1,000)', parseInteger(2))
    .option('--domain <name>', `${configFields.domain.meaning}: ${domainNames.join(', ')}`)
    .option('--temperature <number>', describeField('temperature'), parseNumber(0, 2))
    .option('--concurrency <count>', describeField('concurrency'), positive)
    .option('--allowed-loss <share>', describeField('allowedLoss'), parseNumber(0, 1))
    .option('--yes', 'ask a model that costs something without asking you first');
  addLimitFlags(command);
  for (const option of addDataFlags(new Command()).options) {
    command.addOption(
      option.long === '--format'
        ? new Option('--data-format <name>', option.description).choices(datasetFormats).helpGroup('Reading the data:')
        : option,
    );
  }
  return command.optionsGroup('Options:');
}

/** Throws `UsageError` where a flag of the suite was given without `--suite`: it would change nothing. */
export function assertNoSuiteFlags(command: Command): void {
  const given = addSuiteOptions(new Command()).options.find(
    (option) => command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (given === undefined) return;
  throw new UsageError(
    `Expected ${given.long} only beside --suite, received it without. Pass --suite ranking, or leave it out.`,
  );
}

/** Runs the suite that the flags describe, writes `results.json` and `results.md` into its folder and prints the table. */
export async function runSuite(flags: SuiteFlags, { stdout, stderr }: CliStreams): Promise<void> {
  const rows = selectRows(flags);
  const limits = readLimits(flags);
  const { calls, seeds, transferFrom, yes = false, json = false, format = 'text', dataFormat, ...own } = flags;
  const { resolveConfig } = await import('../configuration/resolve-config.ts');
  const { config } = await resolveConfig({ ...own, episodes: calls, ...(dataFormat && { format: dataFormat }) });
  const path = flags.out ?? join('suites', `ranking-${nameData(config.data)}`);
  const { runRankingSuite } = await import('../suite/run-ranking-suite.ts');
  const { summarizeSuite } = await import('../suite/summarize-suite.ts');
  const { renderSuite } = await import('../suite/render-suite.ts');
  const { createProgress } = await import('../terminal/progress.ts');
  const { writeMessage } = await import('../terminal/write-message.ts');
  const { replaceFile } = await import('../run-folder/durable-files.ts');
  const log = (line: string): void => writeMessage(stderr, line);
  const { signal, stop } = listenForInterrupt();
  try {
    log(`Suite: ${path}`);
    const outcome = await runRankingSuite({
      config,
      rows,
      seeds: Array.from({ length: seeds }, (_, index) => index + 1),
      path,
      log,
      progress: stderr.isTTY && !json ? createProgress(stderr) : createQuietProgress(log),
      signal,
      confirm: () => confirm('Ask the model?', yes),
      ...(transferFrom !== undefined && { transferFrom }),
      ...(limits && { limits }),
    });
    const results = summarizeSuite(outcome);
    const written = `${JSON.stringify(results, null, 2)}\n`;
    replaceFile(join(path, 'results.json'), written);
    replaceFile(join(path, 'results.md'), `${renderSuite(results, 'markdown')}\n`);
    if (json) stdout.write(written);
    else stdout.write(`${renderSuite(results, format === 'md' ? 'markdown' : 'text')}\n`);
  } finally {
    stop();
  }
}

/** For logs: a line a phase, of which a suite has many. */
function createQuietProgress(log: (line: string) => void): Progress {
  return {
    begin: (label, total) => log(`${label} (${total.toLocaleString('en-US')})`),
    advance() {},
    end() {},
  };
}

/** The rows of `--rows` less those of `--skip`. Throws `UsageError` for names of no row, and where none is left. */
function selectRows({ rows, skip = [] }: SuiteFlags): readonly RankingRowName[] {
  for (const [flag, names] of Object.entries({ '--rows': rows ?? [], '--skip': skip })) {
    const unknown = names.find((name) => !(rankingRowNames as readonly string[]).includes(name));
    if (unknown === undefined) continue;
    throw new UsageError(
      `Expected ${flag} to name rows of ${rankingRowNames.join(', ')}, received ${JSON.stringify(unknown)}. Correct it.`,
    );
  }
  const left = rankingRowNames.filter((name) => (rows?.includes(name) ?? true) && !skip.includes(name));
  if (left.length > 0) return left;
  throw new UsageError('Expected --skip to leave a row, received all of them. Leave some out of it.');
}
