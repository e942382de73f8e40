import type { Command } from 'commander';
import type { CliStreams } from '../run-cli.ts';
import { openRunFolder } from '../run-folder/run-folder.ts';
import { addLimitFlags, type LimitFlags, readLimits } from './limit-flags.ts';
import { addJsonOption, addRunsOption, describeCommand, parseInteger, parseNumber } from './options.ts';

interface EvaluateFlags extends LimitFlags {
  readonly run: string;
  readonly runs: string;
  readonly oracleAnswers?: number;
  readonly allowedLoss?: number;
  readonly json?: boolean;
}

/** `rppkit evaluate`: the evaluation of an earlier run once more; answers that are stored are not asked again. */
export function addEvaluateCommand(program: Command, streams: CliStreams): void {
  const command = program
    .command('evaluate')
    .description('evaluate the policy of an earlier run again; stored answers are not asked for again')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 no such run, or its data or configuration have changed,
3 interrupted or a limit is reached; the same command goes on.

Examples:
  rppkit evaluate --run ml-100k
  rppkit evaluate --run ml-100k --oracle-answers 20000 --json`,
    )
    .requiredOption('--run <name>', 'name of the run')
    .option('--oracle-answers <count>', 'answers for the context oracle (default: as in the run)', parseInteger(0))
    .option(
      '--allowed-loss <share>',
      'share of report users that failed calls may cost (default: as in the run)',
      parseNumber(0, 1),
    );
  addJsonOption(addRunsOption(addLimitFlags(command))).action(async (flags: EvaluateFlags) => {
    const { run, runs, oracleAnswers, allowedLoss, json = false } = flags;
    const folder = openRunFolder(runs, run);
    const { parseExperimentConfig } = await import('../experiment/experiment-config.ts');
    const { readConfig } = await import('../run-folder/read-run.ts');
    const config = parseExperimentConfig({
      ...readConfig(folder),
      ...(oracleAnswers === undefined ? {} : { oracleAnswers }),
      ...(allowedLoss === undefined ? {} : { allowedLoss }),
    });
    const { reevaluateExperiment } = await import('../experiment/run-experiment.ts');
    const { runInFolder } = await import('./run-in-folder.ts');
    const limits = readLimits(flags);
    const limited = limits === undefined ? {} : { limits };
    await runInFolder((options) => reevaluateExperiment({ ...options, ...limited, config }), {
      folder,
      command: describeCommand(command),
      streams,
      json,
    });
  });
}
