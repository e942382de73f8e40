import type { Command } from 'commander';
import { nameData } from '../experiment/name-data.ts';
import type { CliStreams } from '../run-cli.ts';
import { createRunFolder, openRunFolder } from '../run-folder/run-folder.ts';
import { UsageError } from '../usage-error.ts';
import { confirm } from './confirm.ts';
import { addExperimentFlags, type ExperimentFlags } from './experiment-flags.ts';
import { addLimitFlags, type LimitFlags, limitFlags, readLimits } from './limit-flags.ts';
import { addJsonOption, addRunsOption, describeCommand } from './options.ts';

interface TrainFlags extends ExperimentFlags, LimitFlags {
  readonly runs: string;
  readonly name?: string;
  readonly resume?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Flags that may stand beside `--resume`: they say nothing about the experiment. */
const besideResume: readonly string[] = ['--resume', '--runs', '--json', '--yes', ...limitFlags];

/** `rppkit train`: find the best fixed prompt, train RPP, evaluate both on users never trained on; or go on with such a run. */
export function addTrainCommand(program: Command, streams: CliStreams): void {
  const command = program
    .command('train')
    .description('find the best fixed prompt, train RPP, and evaluate both on users never trained on')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 it cannot be done as given, 3 interrupted or a limit
is reached; what a run had is kept, and --resume goes on with it.

Examples:
  rppkit train                     # as rppkit.config.ts says
  rppkit train --data data/ml-100k.zip --seed 2
  rppkit train --data books.csv --order column --model openai:gpt-4o-mini --max-calls 9000
  rppkit train --data synthetic:weak-wording --plus
  rppkit train --resume ml-100k`,
    );
  addLimitFlags(addExperimentFlags(command))
    .option('--yes', 'ask a model that costs something without asking you first')
    .option('--name <name>', 'name of the run folder (default: from the data)')
    .option('--resume <name>', 'go on with a run that ended early, as it was configured');
  addJsonOption(addRunsOption(command)).action(async (flags: TrainFlags) => {
    const { runs, name, resume, yes = false, json = false } = flags;
    const limits = readLimits(flags);
    const limited = limits === undefined ? {} : { limits };
    const described = describeCommand(command);
    const { runInFolder } = await import('./run-in-folder.ts');
    if (resume !== undefined) {
      assertAlone(command);
      const folder = openRunFolder(runs, resume, '--resume');
      const { resumeExperiment } = await import('../experiment/run-experiment.ts');
      const run: typeof resumeExperiment = (options) => resumeExperiment({ ...options, ...limited });
      return runInFolder(run, { folder, command: described, streams, json });
    }
    const { resolveConfig } = await import('../configuration/resolve-config.ts');
    const { config, file } = await resolveConfig(flags);
    const folder = createRunFolder(runs, { name, base: nameData(config.data) });
    const { runExperiment } = await import('../experiment/run-experiment.ts');
    const { writeMessage } = await import('../terminal/write-message.ts');
    if (file !== undefined) writeMessage(streams.stderr, `Configuration: ${file}`);
    const agree = (): Promise<boolean> => confirm('Ask the model?', yes);
    await runInFolder((options) => runExperiment({ ...options, ...limited, config, confirm: agree }), {
      folder,
      command: described,
      streams,
      json,
    });
  });
}

/** Throws `UsageError` for flags beside `--resume` that would change the experiment. */
function assertAlone(command: Command): void {
  const other = command.options.find(
    (option) => !besideResume.includes(option.long!) && command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (other === undefined) return;
  throw new UsageError(
    `Expected only ${besideResume.slice(1).join(', ')} beside --resume, received ${other.long}: a run goes on as it began. Leave it out, or train a new run.`,
  );
}
