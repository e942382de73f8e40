import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { ExperimentConfig } from '../experiment/experiment-config.ts';
import { pickDefined } from '../pick-defined.ts';
import type { CliStreams } from '../run-cli.ts';
import { createRunFolder, openRunFolder, type RunFolder } from '../run-folder/run-folder.ts';
import { UsageError } from '../usage-error.ts';
import { confirm } from './confirm.ts';
import { addLimitFlags, type LimitFlags, readLimits } from './limit-flags.ts';
import { addJsonOption, addRunsOption, describeCommand, parseInteger, parseNumber } from './options.ts';

interface EvaluateFlags extends LimitFlags {
  readonly run: string;
  readonly runs: string;
  readonly model?: string;
  readonly name?: string;
  readonly yes?: boolean;
  readonly oracleAnswers?: number;
  readonly allowedLoss?: number;
  readonly json?: boolean;
}

/**
 * `rppkit evaluate`: the evaluation of an earlier run once more, or its policy with another model, in a run of its own; answers
 * that are stored are not asked again.
 */
export function addEvaluateCommand(program: Command, streams: CliStreams): void {
  const command = program
    .command('evaluate')
    .description(
      'evaluate the policy of an earlier run again, or with another model; stored answers are not asked for again',
    )
    .requiredOption('--run <name>', 'name of the run')
    .option('--model <name>', 'evaluate with this model instead, in a run of its own (default: that of the run)')
    .option('--name <name>', 'with --model: name of that run (default: RUN-on-MODEL)')
    .option('--yes', 'ask a model that costs something without asking you first')
    .option('--oracle-answers <count>', 'answers for the context oracle (default: as in the run)', parseInteger(0))
    .option(
      '--allowed-loss <share>',
      'share of report users that failed calls may cost (default: as in the run)',
      parseNumber(0, 1),
    );
  addJsonOption(addRunsOption(addLimitFlags(command)))
    .addHelpText(
      'after',
      `
With --model the policy and the best fixed prompt are those of the run, the
users are the same, and the run itself is left as it is. A model that costs
something is asked for one swap and no oracle answers, unless the run had such
a model, too.

Exit codes: 0 done, 1 failed, 2 no such run, or its data or configuration have
changed, 3 interrupted or a limit is reached; the same command goes on.

Examples:
  rppkit evaluate --run ml-100k
  rppkit evaluate --run ml-100k --oracle-answers 20000 --json
  rppkit evaluate --run ml-100k --model openai:gpt-4o-mini --max-calls 5000`,
    )
    .action(async (flags: EvaluateFlags) => {
      const { run, runs, model, name, json = false } = flags;
      const source = openRunFolder(runs, run);
      if (model === undefined && name !== undefined) {
        throw new UsageError('Expected --model beside --name, received none. Add it, or leave --name out.');
      }
      const limits = readLimits(flags);
      const limited = limits === undefined ? {} : { limits };
      const surroundings = { command: describeCommand(command), streams, json };
      const agree = (): Promise<boolean> => confirm('Ask the model?', flags.yes === true);
      const { runInFolder } = await import('./run-in-folder.ts');
      if (model === undefined) {
        const { readConfig } = await import('../run-folder/read-run.ts');
        const config = await override(readConfig(source), flags);
        const { reevaluateExperiment } = await import('../experiment/run-experiment.ts');
        return runInFolder((options) => reevaluateExperiment({ ...options, ...limited, config, confirm: agree }), {
          ...surroundings,
          folder: source,
        });
      }
      const { createTransferConfig, nameTransfer, transferExperiment } = await import(
        '../experiment/transfer-experiment.ts'
      );
      const config = await override(createTransferConfig(source, model), flags);
      const folder = openTransferFolder(runs, name ?? nameTransfer(run, model));
      await runInFolder((options) => transferExperiment({ ...options, ...limited, config, source, confirm: agree }), {
        ...surroundings,
        folder,
      });
    });
}

/** A configuration with what flags change of it. */
async function override(
  config: ExperimentConfig,
  { oracleAnswers, allowedLoss }: EvaluateFlags,
): Promise<ExperimentConfig> {
  const { parseExperimentConfig } = await import('../experiment/experiment-config.ts');
  return parseExperimentConfig({ ...config, ...pickDefined({ oracleAnswers, allowedLoss }) });
}

/** A new folder, or that of the same command before. */
function openTransferFolder(root: string, name: string): RunFolder {
  return existsSync(join(root, name, 'manifest.json'))
    ? openRunFolder(root, name, '--name')
    : createRunFolder(root, { name, base: name });
}
